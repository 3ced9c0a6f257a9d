"""The role of whoever counts what the service does. Hears of channels and kinds, never of a citizen or a text."""

from __future__ import annotations

from typing import Protocol


class Meter(Protocol):
    """Counts turns, messages, files and readings, each after it has happened."""

    def turn_worked(self, channel: str, *, rows: int, cases: int, seconds: float) -> None:
        """A turn is committed: it worked so many messages and presses, filed so many cases, and took so long."""
        ...

    def turn_failed(self, channel: str, *, is_given_up: bool) -> None:
        """A turn could not be worked: it waits for another try, or `is_given_up` and set aside."""
        ...

    def message_out(self, channel: str, result: str) -> None:
        """A message was tried: "sent", "later" (it is tried again), "failed" for good, or "unreachable" its chat.

        "held" it waits for its reader's next word, or for the next month.
        """
        ...

    def file_in(self, channel: str, result: str) -> None:
        """A file was fetched: "kept", "refused", or "later" (it is tried again)."""
        ...

    def transcribed(self, result: str) -> None:
        """A recording was put into words: "read", "silent", "given_up", or "later" (it is tried again)."""
        ...

    def read(self, by: str, texts: int, seconds: float) -> None:
        """So many texts were read `by` "rasa", "compiled" or "keywords"; all of them together took so long."""
        ...

    def not_read(self, why: str, texts: int) -> None:
        """The model gave no reading of so many texts: "late", "no_answer" or "broken"; keywords read them instead."""
        ...


class Unmetered:
    """A meter that counts nothing, for a process of which nobody asks numbers."""

    def turn_worked(self, channel: str, *, rows: int, cases: int, seconds: float) -> None:
        """Counts nothing."""

    def turn_failed(self, channel: str, *, is_given_up: bool) -> None:
        """Counts nothing."""

    def message_out(self, channel: str, result: str) -> None:
        """Counts nothing."""

    def file_in(self, channel: str, result: str) -> None:
        """Counts nothing."""

    def transcribed(self, result: str) -> None:
        """Counts nothing."""

    def read(self, by: str, texts: int, seconds: float) -> None:
        """Counts nothing."""

    def not_read(self, why: str, texts: int) -> None:
        """Counts nothing."""


UNMETERED: Meter = Unmetered()
