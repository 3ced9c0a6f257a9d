"""What understanding has counted: a role, so that nothing in here knows who adds it up."""

from __future__ import annotations

from typing import Protocol


class Meter(Protocol):
    """Takes note of who read how much. Hears of no text."""

    def read(self, by: str, texts: int, seconds: float) -> None:
        """So many texts were read `by` "rasa", "compiled" or "keywords"; all of them together took so long."""
        ...

    def not_read(self, why: str, texts: int) -> None:
        """The model gave no reading of so many texts: "late", "no_answer" or "broken"; keywords read them instead."""
        ...


class Unmetered:
    """Takes note of nothing."""

    def read(self, by: str, texts: int, seconds: float) -> None:
        """Nothing."""

    def not_read(self, why: str, texts: int) -> None:
        """Nothing."""


UNMETERED: Meter = Unmetered()
