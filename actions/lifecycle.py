"""How a case moves: DOMAIN's table as data, and the function that takes a step of it.

Pure, and without words for people: a refusal is a key and the names that its sentence needs. Only the rows in
use stand here; what is not here is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from actions.case import Case, CaseEvent, Status, Who
from actions.guards import (
    Attempt,
    Guard,
    a_reason,
    another_agency,
    open_to_the_system,
    the_first_return,
    the_same_government,
)

TERMINAL = frozenset({Status.CLOSED, Status.REJECTED, Status.MERGED, Status.REFERRED, Status.WITHDRAWN})
OPEN = frozenset(Status) - TERMINAL


class Refused(Exception):
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


@dataclass(frozen=True, slots=True)
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
    Row(1, {None}, Status.RECEIVED, {Who.REPORTER}, clocks=("verify",)),
    Row(
        2,
        {Status.RECEIVED},
        Status.FORWARDED,
        {Who.VERIFIER, Who.SYSTEM},
        guards=(a_reason, open_to_the_system),
        clocks=("accept", "follow_up", "resolve"),
    ),
    Row(
        10,
        {Status.FORWARDED},
        Status.FORWARDED,
        {Who.AGENCY_ADMIN},
        guards=(another_agency, the_same_government),
    ),
    Row(
        11,
        {Status.FORWARDED},
        Status.RECEIVED,
        {Who.AGENCY_ADMIN},
        guards=(a_reason, another_agency, the_first_return),
        clocks=("verify_again",),
        is_return=True,
    ),
    Row(21, OPEN, Status.WITHDRAWN, {Who.REPORTER}),
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


def _row(came_from: Status | None, to: Status, who: Who) -> Row:
    rows = [row for row in TABLE if came_from in row.came_from and row.to is to]
    if not rows:
        raise Refused("refused-no-such-step", came_from=came_from or "draft", to=to)
    for row in rows:
        if who in row.who:
            return row
    raise Refused("refused-not-yours", who=who, to=to)
