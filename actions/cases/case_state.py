"""Where a case stands: all that its events say of it, and nothing else (`replay.py` reads it from them). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.cases.case import Status
from actions.cases.clocks import Clock, ClockName


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """Where a case stands.

    Attributes:
        version: number of its last event.
        interrupted: the status to which a reply leads back.
        questions, returns, contests, reopenings, appeals: how often; a contest is a dispute or a reopening.
        claimed_by, answered_by: persons; `answered_as`: the role of the latter.
        judged_by: the verifier who rejected or merged it, who may not judge the appeal.
        bound: the agency on which an arbiter ruled, which cannot return it.
        suggested: the agency that the last return named, "unknown" for none, "" before any.
        parent: ticket of the case that it was merged into, "" for none.
        ended_at: since when it is at its end.
        is_confirmed: she herself has said that it is mended.
        rating: what she gave, 1 to 5; 0 for none.
        is_left: its reporter withdrew, and it goes on for its supporters.
        is_hidden: a moderator took it from the public.
        accused: codes of the agencies that its words name, as they were when it was filed.
    """

    status: Status
    agency: str
    version: int
    returns: int = 0
    interrupted: Status | None = None
    questions: int = 0
    contests: int = 0
    reopenings: int = 0
    appeals: int = 0
    claimed_by: str = ""
    answered_by: str = ""
    answered_as: str = ""
    judged_by: str = ""
    bound: str = ""
    suggested: str = ""
    parent: str = ""
    ended_at: datetime | None = None
    is_confirmed: bool = False
    rating: int = 0
    is_left: bool = False
    is_hidden: bool = False
    accused: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()

    def clock(self, name: ClockName) -> Clock | None:
        """A clock that runs or is paused."""
        return next((clock for clock in self.clocks if clock.name is name), None)
