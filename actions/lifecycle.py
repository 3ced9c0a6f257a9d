"""How a case moves: DOMAIN's table as data, one function that takes a step, one that replays the steps taken.

Pure, and without words for people: a refusal is a key and the names that its sentence needs. Only the rows in use
stand here; what is not here is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from actions.case import Case, CaseEvent, Status, Visibility, Who

TERMINAL = frozenset({Status.CLOSED, Status.REJECTED, Status.MERGED, Status.REFERRED, Status.WITHDRAWN})
OPEN = frozenset(Status) - TERMINAL


class Refused(Exception):  # noqa: N818 - the domain's word
    """A step that the table does not allow.

    Attributes:
        reason_key: of the sentence that says why.
        data: what that sentence names.
    """

    def __init__(self, reason_key: str, **data: str) -> None:
        """Takes the key and the names."""
        super().__init__(reason_key)
        self.reason_key: str = reason_key
        self.data: Mapping[str, str] = data


class BrokenHistory(Exception):  # noqa: N818 - says what is broken
    """Events that cannot be those of one case.

    Attributes:
        number: of the first event that does not follow from those before it.
    """

    def __init__(self, number: int) -> None:
        """Takes the event's number."""
        super().__init__(f"event {number} does not follow from those before it")
        self.number: int = number


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step that someone wants to take, as the guards see it."""

    case: Case
    who: Who
    why: str
    agency: str | None
    siblings: Collection[str]


type Guard = Callable[[Attempt], str | None]
"""Answers the key of a refusal, or None where nothing speaks against it."""


def a_reason(attempt: Attempt) -> str | None:
    """Whoever asks later must be able to read why."""
    return None if attempt.why.strip() else "refused-no-reason"


def open_to_the_system(attempt: Attempt) -> str | None:
    """The system forwards what the citizen has categorised, and never a secret or sensitive case."""
    case = attempt.case
    is_open = case.category is not None and not case.sensitive and case.visibility is Visibility.PUBLIC
    return None if is_open or attempt.who is not Who.SYSTEM else "refused-held-back"


def another_agency(attempt: Attempt) -> str | None:
    """It is said who holds the case from now on, and it is someone else."""
    if attempt.agency is None:
        return "refused-no-agency"
    return "refused-same-agency" if attempt.agency == attempt.case.agency else None


def the_same_government(attempt: Attempt) -> str | None:
    """An agency admin moves a case among the units of one government only."""
    return None if attempt.agency in attempt.siblings else "refused-other-government"


def the_first_return(attempt: Attempt) -> str | None:
    """A second return is a dispute about authority."""
    return "refused-returned-before" if attempt.case.returns else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of DOMAIN's table.

    Attributes:
        number: as in DOMAIN.
        came_from: the statuses it leaves; None is a draft, which is not a case yet.
        to: the status it reaches.
        who: the roles that may take it.
        guards: what must hold besides.
        clocks: names of the clocks that it starts.
        is_return: an agency sends the case back.
    """

    number: int
    came_from: Collection[Status | None]
    to: Status
    who: Collection[Who]
    guards: tuple[Guard, ...] = ()
    clocks: tuple[str, ...] = ()
    is_return: bool = False


TABLE = (
    Row(
        number=1,
        came_from={None},
        to=Status.RECEIVED,
        who={Who.REPORTER},
        clocks=("verify",),
    ),
    Row(
        number=2,
        came_from={Status.RECEIVED},
        to=Status.FORWARDED,
        who={Who.VERIFIER, Who.SYSTEM},
        guards=(a_reason, open_to_the_system),
        clocks=("accept", "follow_up", "resolve"),
    ),
    Row(
        number=10,
        came_from={Status.FORWARDED},
        to=Status.FORWARDED,
        who={Who.AGENCY_ADMIN},
        guards=(another_agency, the_same_government),
    ),
    Row(
        number=11,
        came_from={Status.FORWARDED},
        to=Status.RECEIVED,
        who={Who.AGENCY_ADMIN},
        guards=(a_reason, another_agency, the_first_return),
        clocks=("verify_again",),
        is_return=True,
    ),
    Row(
        number=21,
        came_from=OPEN,
        to=Status.WITHDRAWN,
        who={Who.REPORTER},
    ),
)


def transition(  # noqa: PLR0913 - who did what, when and why
    case: Case,
    to: Status,
    who: Who,
    at: datetime,
    why: str,
    agency: str | None = None,
    words_digest: str = "",
    *,
    siblings: Collection[str] = (),
) -> tuple[Case, CaseEvent]:
    """Takes a step of the table.

    Args:
        case: as it stands; one with version 0 is being filed.
        to: the status it shall reach.
        who: in which role.
        at: when, with a time zone.
        why: a reason, without anything of the citizen's words.
        agency: code of the agency that holds it from now on; None leaves it where it is.
        words_digest: `chain.digest_words` of what the citizen wrote, where she wrote something.
        siblings: codes of the other agencies of the holder's government (`agencies.siblings`), for row 10.

    Returns:
        The case after the step, and the event to write; `chain.seal` gives the event its hashes.

    Raises:
        Refused: the table does not allow it.
        ValueError: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError(at)
    came_from = case.status if case.version else None
    row = _row(came_from, to, who)
    attempt = Attempt(case, who, why, agency, siblings)
    for guard in row.guards:
        if key := guard(attempt):
            raise Refused(key, ticket=case.ticket, agency=agency or case.agency)
    moved = replace(
        case,
        status=to,
        agency=agency or case.agency,
        returns=case.returns + row.is_return,
        version=case.version + 1,
    )
    event = CaseEvent(
        ticket=case.ticket,
        number=moved.version,
        came_from=came_from,
        to=to,
        who=who,
        at=at,
        why=why,
        agency=moved.agency,
        words_digest=words_digest,
        previous_hash="",
        hash="",
    )
    return moved, event


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case's events say of it."""

    status: Status
    agency: str
    returns: int
    version: int


def standing(case: Case) -> Standing:
    """The part of a case that its events rebuild."""
    return Standing(case.status, case.agency, case.returns, case.version)


def replay(events: Iterable[CaseEvent]) -> Standing | None:
    """Rebuilds where a case stands from its events, oldest first; None where there is none.

    Raises:
        BrokenHistory: an event does not follow from those before it.
    """
    now: Standing | None = None
    for event in events:
        version = now.version if now else 0
        rows = [row for row in TABLE if event.came_from in row.came_from and row.to is event.to and event.who in row.who]
        if event.number != version + 1 or event.came_from != (now.status if now else None) or not rows:
            raise BrokenHistory(event.number)
        returns = (now.returns if now else 0) + rows[0].is_return
        now = Standing(event.to, event.agency, returns, event.number)
    return now


def _row(came_from: Status | None, to: Status, who: Who) -> Row:
    rows = [row for row in TABLE if came_from in row.came_from and row.to is to]
    if not rows:
        raise Refused("refused-no-such-step", came_from=came_from or "draft", to=to)
    for row in rows:
        if who in row.who:
            return row
    raise Refused("refused-not-yours", who=who, to=to)
