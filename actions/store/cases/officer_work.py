"""What officers in Telegram are shown: who of them there is, what a case says, and what waits for an agency."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Severity, Status, Visibility, Words
from actions.people.people import Person
from actions.privacy.redaction import NOTHING_REDACTED
from actions.store.cases.case_rows import case_of_row
from actions.store.cases.handling import case_sayings
from actions.store.cases.redactions import redactions_of
from actions.store.engine.tables import case_events, case_words, cases
from actions.store.people.mail_tables import people_mail
from actions.store.people.people import SqlPeople, people

AT_WORK = (Status.FORWARDED.value, Status.IN_PROGRESS.value)
ARRIVING = (CaseAction.FORWARD.value, CaseAction.PASS_ON.value, CaseAction.RULE.value)


async def people_in_telegram(connection: AsyncConnection) -> list[Person]:
    """Everybody who may work and whose account is tied."""
    return await SqlPeople(connection).those(people.c.telegram.is_not(None) & people.c.is_active)


async def people_told(connection: AsyncConnection) -> list[Person]:
    """Everybody who may work and is told alone: by a tied account, or else by mail."""
    has_chat = people.c.telegram.is_not(None) | people_mail.c.address.is_not(None)
    return await SqlPeople(connection).those(has_chat & people.c.is_active)


async def names_of(connection: AsyncConnection, persons: Collection[str]) -> Mapping[str, str]:
    """The names of persons by what events call them; nothing for who is none."""
    numbers = [int(person) for person in persons if person.isdecimal()]
    query = select(people.c.id, people.c.name).where(people.c.id.in_(numbers))
    return {str(row.id): row.name for row in await connection.execute(query)} if numbers else {}


async def words_of(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, Words]:
    """What the reporters of these cases wrote; nothing of what was erased."""
    query = select(case_words.c.ticket, case_words.c.story, case_words.c.name).where(case_words.c.ticket.in_(tickets))
    rows, redacted = (await connection.execute(query)).all(), await redactions_of(connection, tickets)
    return {row.ticket: Words(row.story, row.name, redacted.get(row.ticket, NOTHING_REDACTED)) for row in rows}


GIVING_REASONS = (
    CaseAction.RETURN,
    CaseAction.DISPUTE_AUTHORITY,
    CaseAction.RULE,
    CaseAction.REJECT,
    CaseAction.ANSWER,
    CaseAction.DISPUTE,
    CaseAction.REOPEN,
    CaseAction.APPEAL,
)
"""What a later decision rests on."""


async def reasons_of(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, Mapping[CaseAction, str]]:
    """What was typed last with each of these actions, by case; nothing of what was erased."""
    if not tickets:
        return {}
    with_words = case_events.join(
        case_sayings, and_(case_sayings.c.ticket == case_events.c.ticket, case_sayings.c.number == case_events.c.number)
    )
    query = select(case_events.c.ticket, case_events.c.action, case_sayings.c.words).select_from(with_words)
    named = (case_events.c.ticket.in_(tickets), case_events.c.action.in_([one.value for one in GIVING_REASONS]))
    found: dict[str, dict[CaseAction, str]] = {}
    for row in await connection.execute(query.where(*named).order_by(case_events.c.ticket, case_events.c.number)):
        found.setdefault(row.ticket, {})[CaseAction(row.action)] = row.words
    return found


@dataclass(frozen=True, slots=True)
class Workload:
    """What waits for an agency in the open: nothing of secret, sensitive or hidden cases is counted.

    Attributes:
        new: came since the last working morning.
        due: must be answered today.
        late: should have been answered before.
        urgent: speak of danger or violence.
        open: all that are not answered, the others among them.
        oldest: the number of the case that was filed first, and when; None where nothing is open.
    """

    new: int
    due: int
    late: int
    urgent: int
    open: int
    oldest: tuple[str, datetime] | None


async def workload(connection: AsyncConnection, agency: str, today: date, since: datetime) -> Workload:
    """Counted now, for the day that it is there; `since` is the last working morning."""
    mine = _in_the_open(agency)
    late, due = (cases.c.deadline < today), (cases.c.deadline == today)
    urgent = cases.c.severity == Severity.URGENT.value
    counted = select(
        func.count(), func.count().filter(due), func.count().filter(late), func.count().filter(urgent)
    ).where(*mine)
    came = select(func.count(func.distinct(cases.c.ticket))).select_from(
        cases.join(case_events, case_events.c.ticket == cases.c.ticket)
    )
    came = came.where(
        *mine, case_events.c.action.in_(ARRIVING), case_events.c.agency == agency, case_events.c.at >= since
    )
    first = select(cases.c.ticket, cases.c.filed_at).where(*mine).order_by(cases.c.filed_at).limit(1)
    open_cases, due_today, too_late, in_danger = (await connection.execute(counted)).one()
    oldest = (await connection.execute(first)).one_or_none()
    return Workload(
        new=(await connection.execute(came)).scalar_one(),
        due=due_today,
        late=too_late,
        urgent=in_danger,
        open=open_cases,
        oldest=(oldest.ticket, oldest.filed_at) if oldest else None,
    )


async def first_due(connection: AsyncConnection, agency: str, most: int) -> list[Case]:
    """What of an agency's work in the open must be acted on first: danger and violence, then by the day."""
    query = select(cases).where(*_in_the_open(agency)).order_by(urgent_first(), cases.c.due_on, cases.c.id)
    return [case_of_row(row) for row in await connection.execute(query.limit(most))]


type Pile = tuple[str | None, Collection[Status]]
"""What waits for somebody: of an agency, or of any, in these statuses."""


async def piled_up(connection: AsyncConnection, piles: Collection[Pile], most: int) -> list[Case]:
    """The cases of these piles, the most urgent first."""
    query = select(cases).where(or_(false(), *(_in_pile(*pile) for pile in piles)))
    rows = await connection.execute(query.order_by(urgent_first(), cases.c.deadline, cases.c.id).limit(most))
    return [case_of_row(row) for row in rows]


def urgent_first() -> ColumnElement[int]:
    """What a list is ordered by before anything else: danger and violence stand first."""
    return sql_case((cases.c.severity == Severity.URGENT.value, 0), else_=1)


def _in_pile(agency: str | None, statuses: Collection[Status]) -> ColumnElement[bool]:
    is_there = cases.c.status.in_([status.value for status in statuses])
    return is_there if agency is None else and_(is_there, cases.c.agency == agency)


def _in_the_open(agency: str) -> tuple[ColumnElement[bool], ...]:
    return (
        cases.c.agency == agency,
        cases.c.status.in_(AT_WORK),
        cases.c.visibility == Visibility.PUBLIC.value,
        cases.c.sensitive == false(),
        cases.c.is_hidden == false(),
    )
