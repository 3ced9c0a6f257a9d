"""What was done to a case, for whoever tells people of it, and how a reporter is reached. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from actions.cases.actions import CaseAction
from actions.cases.case import Case, CaseEvent, is_public
from actions.cases.case_state import CaseState
from actions.cases.event_words import NOTHING_SAID, Saying

OTHER_SYSTEMS: Final = "api-"
"""What the channels of cases begin with that another system sent; the rest is the name of its key."""
AT_THE_DESK: Final = ("counter", "phone", "letter")
"""Channels of cases that an officer typed in, for somebody who came, called or wrote."""
SP4N: Final = "sp4n"
"""The channel of cases that SP4N-LAPOR! sent here to be answered."""


def ends_link(done: Done) -> bool:
    """Whether the link to its reporter's own page ends with this: the case left the open, and others may have the link.

    Not where she could not be sent the next one: who came to the counter would stand before a closed door.
    """
    return is_reachable(done.case.channel) and is_public(done.before) and not is_public(done.case)


def is_reachable(channel: str) -> bool:
    """Whether a message would ever be sent.

    Another system asks itself what has become of a case, SP4N-LAPOR! is told in its own way, and who came to the
    counter has a slip of paper.

    Args:
        channel: its name, or a citizen's, which begins with it.
    """
    return not channel.startswith(OTHER_SYSTEMS) and channel.partition(":")[0] not in {*AT_THE_DESK, SP4N}


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
        """The action that was done."""
        return CaseAction(self.event.action)
