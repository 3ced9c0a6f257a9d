"""What the desk reads: lists in the order of the clocks, page by page, and who looks at what. Each by an index.

A page of a list looks at no more rows than it shows, however many there are: each status is read by itself in the order
of an index, and only the first of all of them are fetched whole.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Index,
    Integer,
    Row,
    Select,
    String,
    and_,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import OPEN, Case, Severity, Status, Visibility
from actions.cases.event_words import read_details
from actions.store.cases.case_rows import case_of_row, is_public_row
from actions.store.cases.officer_work import urgent_first
from actions.store.engine.tables import case_events, cases
from actions.store.statistics.case_statistics import case_statistics
from actions.store.training.samples import samples

CONTESTED = "disputes + reopenings >= 3"
"""What goes to the arbiter, as `reviewing.TO_THE_ARBITER` has it; an index knows these."""
Index(
    "case_facts_contested",
    case_statistics.c.status,
    case_statistics.c.ticket,
    sqlite_where=text(CONTESTED),
    postgresql_where=text(CONTESTED),
)
URGENT = "severity = 'urgent'"
"""Danger and violence; an index knows these, too."""
Index(
    "cases_desk_urgent",
    cases.c.status,
    cases.c.due_on,
    cases.c.id,
    sqlite_where=text(URGENT),
    postgresql_where=text(URGENT),
)
ASSIGNED = "assignee <> ''"
Index(
    "cases_of_assignee",
    cases.c.assignee,
    cases.c.status,
    cases.c.due_on,
    cases.c.id,
    sqlite_where=text(ASSIGNED),
    postgresql_where=text(ASSIGNED),
)
Index("cases_desk", cases.c.status, cases.c.due_on, cases.c.id)
Index("cases_desk_of_agency", cases.c.agency, cases.c.status, cases.c.due_on, cases.c.id)


MOST_DIGITS = 18
"""Of a row's number: what a column of 64 bits holds."""
MOST_CONTESTED = 200
"""More than that no arbiter has before her; what is beyond them waits until some are gone."""


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits on one list.

    Attributes:
        statuses: of its cases.
        agency: whose they are; None for every agency.
        contested: only those whose answer was contested until nobody but the arbiter may answer.
        newest: the latest filed first, and none that single persons alone may know of; else by the clock.
        agencies: where they are of one of several; None for any.
        persons: ids of the officers who work on them; None for anybody and nobody, empty for nobody.
        due_from, due_until: the first and last day by which they must be acted on; None for any.
        was_contested: only those whose answer was contested at least once.
        is_urgent: only those that speak of danger or violence.
        category: slug of what they are about; "" for any.
        place: code of the district or village in which they are; "" for any.
        trusted: agencies whose secret and sensitive cases belong to it, those of others do not; None for everything.
    """

    statuses: frozenset[Status]
    agency: str | None = None
    contested: bool = False
    newest: bool = False
    agencies: frozenset[str] | None = None
    persons: frozenset[str] | None = None
    due_from: date | None = None
    due_until: date | None = None
    was_contested: bool = False
    is_urgent: bool = False
    category: str = ""
    place: str = ""
    trusted: frozenset[str] | None = None


EVERYTHING_OPEN = Pile(OPEN)


@dataclass(frozen=True, slots=True)
class QueueCursor:
    """Where a page ended: whether its last case is urgent, the day by which it must be acted on, and its row."""

    due_on: date
    row: int
    is_urgent: bool = False

    def written(self) -> str:
        """Returns this position as the parameter of a link."""
        return f"{self.due_on.isoformat()}:{self.row}{':urgent' if self.is_urgent else ''}"

    @classmethod
    def read(cls, written: str) -> QueueCursor | None:
        """Back from `written`; None for anything else."""
        day, _, rest = written.partition(":")
        row, _, kind = rest.partition(":")
        try:
            number = int(row) if row.isascii() and row.isdecimal() and len(row) <= MOST_DIGITS else None
            return None if number is None else cls(date.fromisoformat(day), number, kind == "urgent")
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class QueuedCase:
    """A case on a list, and where its page would end with it."""

    case: Case
    place: QueueCursor


async def listed(connection: AsyncConnection, pile: Pile, after: QueueCursor | None, most: int) -> list[QueuedCase]:
    """The next cases of a list: danger and violence first, then by the day that ends first."""
    ids = _newest_ids(pile, after, most) if pile.newest else _urgent_ids(pile, after, most)
    found = select(cases).where(cases.c.id.in_(ids.with_only_columns(ids.selected_columns.id)))
    ordered = (
        found.order_by(cases.c.id.desc()) if pile.newest else found.order_by(urgent_first(), cases.c.due_on, cases.c.id)
    )
    rows = (await connection.execute(ordered)).all()
    return [QueuedCase(case_of_row(row), _cursor(row)) for row in rows]


def _cursor(row: Row[Any]) -> QueueCursor:
    return QueueCursor(row.due_on or date.max, row.id, row.severity == Severity.URGENT.value)


async def count_up_to(connection: AsyncConnection, pile: Pile, most: int) -> int:
    """How many there are, counted to `most` and no further."""
    ids = (_newest_ids if pile.newest else _urgent_ids)(pile, None, most).subquery()
    return (await connection.execute(select(func.count()).select_from(ids))).scalar_one()


def _urgent_ids(pile: Pile, after: QueueCursor | None, most: int) -> Select[tuple[date, int]]:
    """What is urgent is left out once a page has ended behind it."""
    severities = (Severity.NORMAL,) if after and not after.is_urgent else (Severity.URGENT, Severity.NORMAL)
    severities = (Severity.URGENT,) if pile.is_urgent else severities
    each = [
        _of_status(pile, status, severity, after, most).subquery().select()
        for severity in severities
        for status in sorted(pile.statuses)
    ]
    both = union_all(*each).subquery()
    return select(both.c.due_on, both.c.id).order_by(both.c.rank, both.c.due_on, both.c.id).limit(most)


def _of_status(
    pile: Pile, status: Status, severity: Severity, after: QueueCursor | None, most: int
) -> Select[tuple[date, int, int]]:
    rank = literal_column("0" if severity is Severity.URGENT else "1", Integer).label("rank")
    query = select(cases.c.due_on, cases.c.id, rank).where(
        text(URGENT) if severity is Severity.URGENT else cases.c.severity == severity.value
    )
    if pile.contested:  # found by their facts alone: no database expects them to be so few
        known = select(case_statistics.c.ticket).where(case_statistics.c.status == status.value, text(CONTESTED))
        statistics = known.limit(MOST_CONTESTED).subquery()
        query = query.join(statistics, statistics.c.ticket == cases.c.ticket)
    else:
        query = query.where(cases.c.status == status.value)
    query = query.where(*_narrowed(pile), *_in_trust(pile))
    if after and after.is_urgent is (severity is Severity.URGENT):
        query = query.where(tuple_(cases.c.due_on, cases.c.id) > tuple_(after.due_on, after.row))
    return query.order_by(cases.c.due_on, cases.c.id).limit(most)


def _in_trust(pile: Pile) -> list[ColumnElement[bool]]:
    """What a list asks of a case that is secret or sensitive; of one that everybody may read it asks nothing."""
    if pile.trusted is None:
        return []
    is_in_the_open = and_(cases.c.visibility == Visibility.PUBLIC.value, cases.c.sensitive.is_(False))
    return [or_(is_in_the_open, cases.c.agency.in_(sorted(pile.trusted)))]


def _narrowed(pile: Pile) -> list[ColumnElement[bool]]:
    """What a list asks of a case besides its status."""
    found: list[ColumnElement[bool]] = []
    if pile.agency is not None:
        found.append(cases.c.agency == pile.agency)
    if pile.agencies is not None:
        found.append(cases.c.agency.in_(sorted(pile.agencies)))
    if pile.persons:
        is_taken = cases.c.assignee != literal_column("''", String)  # as the index has it
        found += [cases.c.assignee.in_(sorted(pile.persons)), is_taken]
    elif pile.persons is not None:
        found.append(cases.c.assignee == "")
    if pile.due_from is not None:
        found.append(cases.c.due_on >= pile.due_from)
    if pile.due_until is not None:
        found.append(cases.c.due_on <= pile.due_until)
    if pile.was_contested:
        known = case_statistics.c.disputes + case_statistics.c.reopenings > 0
        found.append(cases.c.ticket.in_(select(case_statistics.c.ticket).where(known)))
    if pile.category:
        found.append(cases.c.category == pile.category)
    if pile.place:
        found.append(or_(cases.c.district == pile.place, cases.c.village == pile.place))
    return found


def _newest_ids(pile: Pile, after: QueueCursor | None, most: int) -> Select[tuple[date, int]]:
    each = [_newest_of_status(pile, status, after, most).subquery().select() for status in sorted(pile.statuses)]
    both = union_all(*each).subquery()
    return select(both.c.due_on, both.c.id).order_by(both.c.id.desc()).limit(most)


def _newest_of_status(pile: Pile, status: Status, after: QueueCursor | None, most: int) -> Select[tuple[date, int]]:
    query = select(cases.c.due_on, cases.c.id).where(cases.c.status == status.value, is_public_row(), *_narrowed(pile))
    if pile.is_urgent:
        query = query.where(text(URGENT))
    if after:
        query = query.where(cases.c.id < after.row)
    return query.order_by(cases.c.id.desc()).limit(most)


@dataclass(frozen=True, slots=True)
class ModelGuess:
    """What the understanding made of a case's words when it was filed: categories, best first, each 0 to 1.

    `is_sure`: the best one could stand without a question. `chosen`: what the reporter chose herself.
    """

    categories: Sequence[tuple[str, float]]
    is_sure: bool
    chosen: str | None


async def guesses_of(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, ModelGuess]:
    """Returns the model's guess for each ticket that still has a sample; secret and sensitive cases have none."""
    query = select(samples.c.ticket, samples.c.ranking, samples.c.is_sure, samples.c.chosen_category)
    rows = await connection.execute(query.where(samples.c.ticket.in_(tickets)))
    return {
        row.ticket: ModelGuess(
            [(name, float(sure)) for name, sure in json.loads(row.ranking)], row.is_sure, row.chosen_category
        )
        for row in rows
    }


async def suggestions_of(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, str]:
    """The agency that the last return of each of these cases named, "unknown" for none."""
    if not tickets:
        return {}
    actions = [CaseAction.RETURN.value, CaseAction.DISPUTE_AUTHORITY.value]
    query = select(case_events.c.ticket, case_events.c.details).where(
        case_events.c.ticket.in_(tickets), case_events.c.action.in_(actions)
    )
    rows = await connection.execute(query.order_by(case_events.c.ticket, case_events.c.number))
    return {row.ticket: read_details(row.details).suggested for row in rows}
