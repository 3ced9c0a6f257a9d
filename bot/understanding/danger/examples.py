"""The authored examples that rules resemble, all learned at once."""

from __future__ import annotations

from bot.understanding.danger import emergency, sensitivity


def learn_examples() -> None:
    """Learn them now; else the first message waits a few tenths of a second for it, and everybody with it."""
    emergency.likeness()
    sensitivity.likenesses()
