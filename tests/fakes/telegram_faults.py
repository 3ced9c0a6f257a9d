"""Faults on demand: the next calls of a method go wrong in the way that a test asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tests.fakes.telegram_rules import Refused

ANY = "*"
REASONS = {
    400: "Bad Request: made to fail",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Temper(StrEnum):
    """How a call goes wrong.

    REFUSES: it is answered with an error, and nothing is done. SILENT: it is never answered, and nothing is
    done. HALF: it is done, and half of the answer comes. LOST: it is done, and the connection closes.
    """

    REFUSES = "refuses"
    SILENT = "silent"
    HALF = "half"
    LOST = "lost"


@dataclass
class Fault:
    """The next `times` calls of `method` (in `chat`, where that is given) go wrong."""

    method: str
    temper: Temper
    times: float = 1
    chat: int | None = None
    refused: Refused | None = None

    def fits(self, method: str, chat: str) -> bool:
        """Whether this call is meant."""
        return self.times > 0 and self.method in {ANY, method} and self.chat in {None, _number(chat)}


class Faults:
    """Those that are still to come, first come first served."""

    def __init__(self) -> None:
        self._coming: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let one come."""
        self._coming.append(fault)

    def clear(self) -> None:
        """All is well again, but for calls that already wait in silence."""
        self._coming.clear()

    def next_for(self, method: str, chat: str) -> Fault | None:
        """The fault of this call, used up by it."""
        fault = next((fault for fault in self._coming if fault.fits(method, chat)), None)
        if fault is not None:
            fault.times -= 1
        return fault


def refusal(status: int, description: str | None, retry_after: int | None) -> Refused:
    """An error as the Bot API gives it, in its usual words unless others are given."""
    if status == 429:
        retry_after = 1 if retry_after is None else retry_after
        return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after)
    return Refused(status, description or REASONS.get(status, "Internal Server Error"), retry_after)


def _number(chat: str) -> int | None:
    return int(chat) if chat.lstrip("-").isdigit() else None
