"""What somebody wants to do to a case: a step of the table in docs/cases.md, with what it needs. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from actions.cases.case import HandlingClass


class CaseAction(StrEnum):
    """Everything that can be done to a case. The number is the row in docs/cases.md; the last ones move nothing."""

    FILE = "file"  # 1
    FORWARD = "forward"  # 2
    ASK = "ask"  # 3
    REPLY = "reply"  # 4
    CLOSE_UNREPLIED = "close_unreplied"  # 5
    REJECT = "reject"  # 6
    REFER = "refer"  # 7
    MERGE = "merge"  # 8
    ACCEPT = "accept"  # 9
    PASS_ON = "pass_on"  # noqa: S105 - an action, no password; 10
    RETURN = "return"  # 11
    DISPUTE_AUTHORITY = "dispute_authority"  # 12
    RULE = "rule"  # 13
    NOTE = "note"  # 14
    ANSWER = "answer"  # 15
    CONFIRM = "confirm"  # 16
    RATE = "rate"  # 16
    DISPUTE = "dispute"  # 17
    CLOSE_UNCONFIRMED = "close_unconfirmed"  # 18
    REOPEN = "reopen"  # 19
    APPEAL = "appeal"  # 20
    WITHDRAW = "withdraw"  # 21
    HIDE = "hide"  # 22
    REDACT = "redact"  # 22
    ADD = "add"
    ASSIGN = "assign"
    REMIND = "remind"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCommand:
    """A action and what it needs; what an action does not need stays empty.

    Attributes:
        why: a reason in the service's own words or a code; it is written into the event, so nothing that an officer or
            a citizen typed may stand in it.
        words: what she typed; only its digest reaches the event.
        words_digest: `chain.digest` of the words.
        photos: how many pictures come with it.
        agency: code of the agency that shall hold the case; on a return the right one, None for unknown.
        handling_class, category: where the verifier sets another; a category by its slug.
        code: of the reason for a rejection; on forwarding `guards.NOT_SENSITIVE`, where it only sounded so.
        mend: how the reporter can mend what was rejected.
        parent: ticket of the case that this one is merged into.
        body, contact: who is responsible outside, and where to reach it.
        rating: 1 to 5.
        clock, mark: which mark of which clock has come (`actions.cases.clocks`).
        accused: on filing, codes of the agencies that the report names.
        assignee: the officer, by id, who shall work on it from now on.
    """

    action: CaseAction
    why: str = ""
    words: str = ""
    words_digest: str = ""
    photos: int = 0
    agency: str | None = None
    handling_class: HandlingClass | None = None
    category: str | None = None
    code: str = ""
    mend: str = ""
    parent: str = ""
    body: str = ""
    contact: str = ""
    rating: int = 0
    clock: str = ""
    mark: str = ""
    accused: tuple[str, ...] = ()
    assignee: str = ""
