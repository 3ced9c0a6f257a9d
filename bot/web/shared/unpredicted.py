"""What admins and trainers are told of categories that the language model in service cannot predict."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.screen import Line, line
from bot.training.corpus.faults import FEWEST_OF_CATEGORY


def unpredicted_line(slugs: Sequence[str]) -> Line | None:
    """Which they are and what to do; None where there are none."""
    if not slugs:
        return None
    return line("unpredicted-categories", slugs=", ".join(slugs), examples=FEWEST_OF_CATEGORY)
