"""What delivery has counted: a role, so that nothing in here knows who adds it up, or that anybody does."""

from __future__ import annotations

from typing import Protocol


class Meter(Protocol):
    """Takes note of what has happened, after it was committed. Hears of channels and kinds, never of a citizen."""

    def turn_worked(self, channel: str, *, rows: int, cases: int, seconds: float) -> None:
        """A turn is committed: it worked so many messages and presses, filed so many cases, and took so long."""
        ...

    def turn_failed(self, channel: str, *, is_given_up: bool) -> None:
        """A turn could not be worked: it waits for another try, or `is_given_up` and set aside."""
        ...

    def message_out(self, channel: str, result: str) -> None:
        """A message was tried: "sent", "later" (it is tried again), "failed" for good, or "unreachable" its chat."""
        ...

    def file_in(self, channel: str, result: str) -> None:
        """A file was fetched: "kept", "refused", or "later" (it is tried again)."""
        ...


class Unmetered:
    """Takes note of nothing."""

    def turn_worked(self, channel: str, *, rows: int, cases: int, seconds: float) -> None:
        """Nothing."""

    def turn_failed(self, channel: str, *, is_given_up: bool) -> None:
        """Nothing."""

    def message_out(self, channel: str, result: str) -> None:
        """Nothing."""

    def file_in(self, channel: str, result: str) -> None:
        """Nothing."""


UNMETERED: Meter = Unmetered()
