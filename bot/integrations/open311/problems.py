"""What can be wrong with what another system asks: a status, a code of its own, and words for who reads it. Pure.

Statuses are the specification's: 404 for what does not exist, 403 for a key, 400 for the rest; 429 and 503 come with
`Retry-After`, since what is asked is right and only comes too soon.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.screen import Line, line


@dataclass(frozen=True, slots=True)
class Problem:
    """Why it is not done. `wait_seconds`: after so long the same may succeed; 0 where waiting does not help."""

    status: int
    words: Line
    wait_seconds: int = 0


class TurnedAway(Exception):
    """It is not done. A new one each time: one that is raised again keeps what stood in the frames of the first."""

    def __init__(self, problem: Problem) -> None:
        """`problem`: why."""
        self.problem = problem


NO_SUCH_PAGE = Problem(404, line("open311-no-page"))
NO_SUCH_JURISDICTION = Problem(404, line("open311-no-jurisdiction"))
NO_SUCH_SERVICE = Problem(404, line("open311-no-service"))
NO_SUCH_REQUEST = Problem(404, line("open311-no-request"))
NO_SUCH_TOKEN = Problem(404, line("open311-no-token"))
NO_KEY = Problem(403, line("open311-no-key"))
WRONG_KEY = Problem(403, line("open311-wrong-key"))
MAY_NOT_SEND = Problem(403, line("open311-may-not-send"))
UNREADABLE = Problem(400, line("open311-unreadable"))
NAMELESS_SERVICE = Problem(400, line("open311-service-missing"))
NO_PLACE = Problem(400, line("open311-place-missing"))
AWAY = Problem(503, line("open311-away"), wait_seconds=30)


def wrong(field: str) -> Problem:
    """A field holds something that it cannot."""
    return Problem(400, line("open311-wrong", field=field))


def too_soon(wait_seconds: int) -> Problem:
    """More was asked, or sent, than one may."""
    return Problem(429, line("open311-too-soon", seconds=wait_seconds), wait_seconds)
