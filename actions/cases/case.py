"""What a case is. Pure values; how it changes is `lifecycle.py`, who may see what is decided by its readers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from actions.people.roles import Role
from actions.privacy.redaction import NOTHING_REDACTED, Redaction


class ReportType(StrEnum):
    """What the citizen asks of the government."""

    COMPLAINT = "complaint"
    ASPIRATION = "aspiration"
    INFORMATION = "information"


class HandlingClass(StrEnum):
    """How long an answer may take; the days are in data/deadlines.toml."""

    INFORMATION = "information"
    ORDINARY = "ordinary"
    SUPERVISORY = "supervisory"


class Status(StrEnum):
    """Where a case is. A draft is not a case."""

    RECEIVED = "received"
    NEEDS_INFO = "needs_info"
    FORWARDED = "forwarded"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    DISPUTED_AUTHORITY = "disputed_authority"
    CLOSED = "closed"
    REJECTED = "rejected"
    MERGED = "merged"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"


TERMINAL = frozenset({Status.CLOSED, Status.REJECTED, Status.MERGED, Status.REFERRED, Status.WITHDRAWN})
OPEN = frozenset(Status) - TERMINAL
AWAITED = OPEN - {Status.NEEDS_INFO, Status.ANSWERED}
"""Where an office's answer is awaited, so that a day is promised for it."""


class Identity(StrEnum):
    """Anonymous: hidden from the public and from the reported party."""

    NAMED = "named"
    ANONYMOUS = "anonymous"


class Visibility(StrEnum):
    """Secret: content hidden from the public. Independent of `Identity`."""

    PUBLIC = "public"
    SECRET = "secret"  # noqa: S105 - a visibility


class Severity(StrEnum):
    """Urgent when the words speak of danger now."""

    NORMAL = "normal"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something sent along. `file_id` is the channel's own name for it, fetched after the turn.

    `refused`: it was found out then that it cannot be kept.
    """

    kind: str
    file_id: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What the citizen wrote, kept apart from the case's events so that erasing it keeps the chain whole.

    `redaction`: what a moderator lets others read of it, where it was looked up.
    """

    story: str
    name: str | None = None
    redaction: Redaction = NOTHING_REDACTED


@dataclass(frozen=True, slots=True)
class Location:
    """Where it is. Codes are Kemendagri's; `outside` names the place when it lies outside the regency.

    `spoken` is the place in the citizen's words, at most a line.
    """

    region: str | None = None
    district: str | None = None
    village: str | None = None
    spoken: str | None = None
    outside: str | None = None
    outside_province: bool = False
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A filed complaint.

    Attributes:
        ticket: the number the citizen keeps, "LP-XXXX-XXXX".
        draft_key: idempotency key: one case for each draft, however often Kirim arrives.
        category: leaf slug; None when the citizen pressed Tidak tahu.
        agency: code of the agency that holds it, from the first row on.
        reason: why that agency, in words without anything of the citizen's.
        returns: how often an agency sent it back.
        consent: version of the text that the citizen consented to.
        version: counts the events; guards against two writers.
        next_due_at: when the service itself must next look at it; None for never.
        due_on: the day by whose end whoever's turn it is must act; None once it is at its end.
        is_hidden: a moderator took it from the public.
        accused: codes of the agencies whose names stood in its words when it was filed.
        assignee: the officer, by id, who works on it; "" while nobody does, and once it is at its end.
    """

    ticket: str
    draft_key: str
    status: Status
    type: ReportType
    category: str | None
    handling_class: HandlingClass
    agency: str
    reason: str
    location: Location
    severity: Severity
    identity: Identity
    visibility: Visibility
    sensitive: bool
    channel: str
    reporter: str
    language: str
    filed_at: datetime
    deadline: date
    consent: str
    attachments: tuple[Attachment, ...] = ()
    returns: int = 0
    version: int = 0
    next_due_at: datetime | None = None
    due_on: date | None = None
    is_hidden: bool = False
    accused: tuple[str, ...] = ()
    assignee: str = ""


LEFT, OLD = "!left-", "!old-"
"""How the names of chats begin that stand for citizens who asked to be forgotten, or whose time was over."""
NOBODY = (LEFT, OLD)
"""How the name of a chat begins in which nobody is; the inbox takes none of these from a channel."""


def is_forgotten(reporter: str) -> bool:
    """Whether nobody knows any more who this was: "telegram:123" is known, "telegram:!left-5f0c" is not."""
    return reporter.partition(":")[2].startswith(NOBODY)


def is_public(case: Case) -> bool:
    """Whether anybody may know of it by its number."""
    return not is_in_trust(case) and not case.is_hidden


def is_in_trust(case: Case) -> bool:
    """Whether the body that holds it works on it alone: it is secret, or sensitive."""
    return case.visibility is Visibility.SECRET or case.sensitive


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One step of a case, append-only. Nothing that a citizen or an officer typed stands in it.

    Attributes:
        why: a reason in the service's own words, or a code.
        words_digest: a salted hash of what was typed; the words themselves are kept under ticket and number.
        action: what was done (`actions.CaseAction`); "" in the oldest events, whose statuses tell it.
        person: the officer's id; "" for the reporter and the system.
        details: see `details.Details`.
    """

    ticket: str
    number: int
    came_from: Status | None
    to: Status
    who: Role
    at: datetime
    why: str
    agency: str
    words_digest: str
    previous_hash: str
    hash: str
    action: str = ""
    person: str = ""
    details: str = ""


_OF_AN_EVENT = tuple(field.name for field in fields(CaseEvent))


def members_of_event(event: CaseEvent) -> dict[str, object]:
    """What `dataclasses.asdict` gives, without a copy of each value: a case is sealed and written many times."""
    return {name: getattr(event, name) for name in _OF_AN_EVENT}
