"""Says in one sentence what went wrong while the language model was prepared, and how to mend it. Pure."""

from __future__ import annotations

import re

_MENDS = (
    (
        r"MemoryError|Cannot allocate memory|bad_alloc",
        "It wants more memory than data/gate.toml allows: allow it more there, or give it less to learn",
    ),
    (
        r"No space left on device|os error 28|Disk quota exceeded",
        "The disk is full: the language model needs about 4 GB, make room for it",
    ),
    (
        r"No interpreter found|cpython-3\.10|Python downloads are",
        "The language model needs Python 3.10, and there is none: bring it with `uv python install 3.10`",
    ),
    (
        (
            r"dns error|tcp connect error|Failed to fetch|error sending request|Network is unreachable"
            r"|Network connectivity is disabled|timed? ?out|Connection re(?:fused|set)"
        ),
        "The packages of the language model cannot be fetched: connect this machine to the internet",
    ),
    (
        r"Permission denied|os error 13|Read-only file system",
        "A folder of the language model cannot be written: give its owner the right to",
    ),
)
_KILLED = frozenset({137, 143})


def say_what_failed(what: str, exit_code: int, output: str, log: str) -> str:
    """One sentence for a step that failed.

    Args:
        what: the step, as the beginning of a sentence: "Installing the language model".
        exit_code: of its process.
        output: what the process said.
        log: where all of it stands, for the reader.
    """
    for pattern, mend in _MENDS:
        if re.search(pattern, output, re.IGNORECASE):
            return f"{mend} (see {log})."
    if exit_code in _KILLED:
        return f"{what} was ended from outside, perhaps for want of memory: it needs 2 GB (see {log})."
    return f"{what} failed: {_telling_line(output) or f'exit code {exit_code}'} (see {log})."


def _telling_line(output: str) -> str:
    """The line that says most: uv's first `error:`, else the last one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("error:").strip() for line in lines if line.startswith("error:")]
    return (errors[:1] or lines[-1:] or [""])[0].rstrip(".")
