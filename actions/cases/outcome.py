"""What was done to a case, as whoever is to be told of it needs to know. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from actions.cases.actions import CaseAction
from actions.cases.case import Case, CaseEvent
from actions.cases.case_state import CaseState
from actions.cases.event_words import NOTHING_SAID, Saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done to a case, for whoever is to be told. Filing is told, too, and the system's forwarding after it.

    Attributes:
        before: the case as it stood.
        case: as it stands now; `case_state` says more of it.
        event: what is written down. Holds nothing that anybody typed.
        day: when it was done, by the region's calendar.
        saying: what was typed and sent with it, for those who may read it.
        passed_over: codes of agencies that should have it but have no liaison; worth an alert to who has it now.
    """

    before: Case
    case: Case
    event: CaseEvent
    day: date
    case_state: CaseState
    saying: Saying = NOTHING_SAID
    passed_over: tuple[str, ...] = ()

    @property
    def action(self) -> CaseAction:
        """What was done."""
        return CaseAction(self.event.action)
