"""Says of an error what it was and where, and nothing of what was worked on: its words may hold a citizen's."""

from __future__ import annotations

import traceback
from pathlib import Path

BOT = Path(__file__).parent.parent
OURS = (BOT, BOT.with_name("actions"))


def place_of(error: BaseException) -> str:
    """File and line in which an error came up: in our code, if it came by there."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if any(Path(frame.filename).is_relative_to(folder) for folder in OURS)]
    last = (ours or frames)[-1:]
    return f"{Path(last[0].filename).name}:{last[0].lineno}" if last else "nowhere"


def trace_without_words(error: BaseException) -> str:
    """Where an error came from, call by call, each error of the chain by its kind alone."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{trace_without_words(cause)}then\n" if cause else ""
    return before + "".join(traceback.format_tb(error.__traceback__)) + f"{type(error).__name__}\n"
