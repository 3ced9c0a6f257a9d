"""Finds cases for officers by their words and by what is known of them, the newest first, a page at a time.

Rows are looked at from the newest on, by an index, until a page is full; never more than so many a page, however many
cases there are: where that is not enough, the page says so, and the next one goes on where this one ended.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, any_, bindparam, func, literal, literal_column, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import OPEN, Case, Status
from actions.store.cases.case_rows import case_of_row
from actions.store.cases.search_tables import case_search
from actions.store.engine.tables import cases

FIRST_LOOK, GROWS, MOST_AT_ONCE = 60, 8, 3_000
MOST_LOOKED_AT = 3_000
"""Rows that are looked at for one page."""
RARE, COMMON = 1_500, 75
"""On PostgreSQL, words that fewer than these of the newest so many cases have are looked up in the index of words."""
OUT_OF_ORDER = timedelta(days=2)
"""Rows are numbered as cases are filed, give or take so much."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is sought: any of these spellings; `begins`: words that begin with them, too."""

    spellings: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """What is sought; what is empty may be anything.

    Attributes:
        words: all of them must stand in the story or in the place as it was called.
        status, category, agency, district, village, channel: as cases have them.
        first, last: moments between which it was filed, the first one included.
        late_on: it should have been acted on before this day, and was not.
        of_agencies: whose cases are sought at all; None for everybody's.
    """

    words: tuple[Word, ...] = ()
    status: Status | None = None
    category: str = ""
    agency: str = ""
    district: str = ""
    village: str = ""
    channel: str = ""
    first: datetime | None = None
    last: datetime | None = None
    late_on: date | None = None
    of_agencies: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A case, and the number of its row."""

    id: int
    case: Case


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page.

    Attributes:
        rows: what was found, the newest first.
        after: the row behind which the next page begins; None where there is none.
        is_cut: the page ends here because enough was looked at, not because it is full.
    """

    rows: Sequence[FoundRow]
    after: int | None = None
    is_cut: bool = False


async def search_cases(connection: AsyncConnection, sought: CaseQuery, after: int | None, most: int) -> SearchPage:
    """The next page of what is sought, behind a row."""
    found, last, looked_at, size = list[FoundRow](), after or await _behind(connection, sought), 0, FIRST_LOOK
    while True:
        ids = await _next_ids(connection, sought, last, size)
        found += await _fitting(connection, sought, ids, most + 1 - len(found))
        looked_at += len(ids)
        if len(found) > most:
            return SearchPage(found[:most], found[most - 1].id)
        if len(ids) < size:
            return SearchPage(found)
        if looked_at >= MOST_LOOKED_AT:
            return SearchPage(found, ids[-1], is_cut=True)
        last, size = ids[-1], min(size * GROWS, MOST_AT_ONCE)


async def _next_ids(connection: AsyncConnection, sought: CaseQuery, last: int | None, most: int) -> Sequence[int]:
    """Rows that may be meant, the newest first: by the words, or by the filter that leaves fewest."""
    if sought.words:
        return await _with_words(connection, sought.words, last, most)
    query = select(cases.c.id).where(*_leading(sought)).order_by(cases.c.id.desc()).limit(most)
    return list((await connection.execute(query.where(cases.c.id < last) if last else query)).scalars())


def _leading(sought: CaseQuery) -> list[ColumnElement[bool]]:
    """The one filter whose index is followed; whatever else is sought is looked at in the rows."""
    if sought.late_on:
        return [_is_late(sought.late_on)]
    if sought.agency or (sought.of_agencies is not None and len(sought.of_agencies) == 1):
        return [cases.c.agency == (sought.agency or min(sought.of_agencies or {""}))]
    for name in ("category", "district", "status"):
        if wanted := getattr(sought, name):
            return [cases.c[name] == str(wanted)]
    return []


_OPEN = [status.value for status in sorted(OPEN)]


def _is_late(day: date) -> ColumnElement[bool]:
    return cases.c.status.in_(_OPEN) & (cases.c.due_on < day)


async def _fitting(connection: AsyncConnection, sought: CaseQuery, ids: Sequence[int], most: int) -> list[FoundRow]:
    """The newest of these rows that are all that is sought; only those are read whole."""
    if not ids:
        return []
    fitting = (
        await connection.execute(select(cases.c.id).where(_chosen(connection, ids), *_conditions(sought)))
    ).scalars()
    newest = sorted(fitting, reverse=True)[:most]
    rows = await connection.execute(select(cases).where(_chosen(connection, newest)))
    return [FoundRow(row.id, case_of_row(row)) for row in sorted(rows, key=lambda row: -row.id)]


def _chosen(connection: AsyncConnection, ids: Sequence[int]) -> ColumnElement[bool]:
    """These rows, as one parameter, however many they are."""
    if connection.dialect.name == "postgresql":
        return cases.c.id == any_(literal(list(ids), ARRAY(BigInteger)))
    of_json = func.json_each(json.dumps(list(ids)))
    return cases.c.id.in_(select(literal_column("value", BigInteger)).select_from(of_json))


def _conditions(sought: CaseQuery) -> list[ColumnElement[bool]]:
    """All that is sought; written so that no index of a filter is followed, for the rows are chosen already."""
    named = ("status", "category", "agency", "district", "village", "channel")
    conditions: list[ColumnElement[bool]] = [
        func.coalesce(cases.c[name], "") == str(wanted) for name in named if (wanted := getattr(sought, name))
    ]
    if sought.of_agencies is not None:
        conditions.append(func.coalesce(cases.c.agency, "").in_(sorted(sought.of_agencies)))
    if sought.first:
        conditions.append(cases.c.filed_at >= sought.first)
    if sought.last:
        conditions.append(cases.c.filed_at < sought.last)
    if sought.late_on:
        is_open = func.coalesce(cases.c.status, "").in_(_OPEN)
        conditions += [is_open, cases.c.due_on < sought.late_on]
    return conditions


async def _with_words(connection: AsyncConnection, words: Sequence[Word], last: int | None, most: int) -> Sequence[int]:
    if connection.dialect.name == "sqlite":
        return await _ids(connection, _matching(words), last, most)
    return await _on_postgresql(connection, _tsquery(words), last, most)


async def _on_postgresql(connection: AsyncConnection, match: str, last: int | None, most: int) -> Sequence[int]:
    """Row by row where the words are common, by the index of words where they are rare: it does not know the order."""
    fits = func.to_tsquery("simple", bindparam("sought"))
    rows = select(case_search.c.id, case_search.c.words).order_by(case_search.c.id.desc())
    rows = rows.where(case_search.c.id < last) if last else rows
    newest, each = rows.limit(RARE).subquery(), rows.offset(literal_column("0")).subquery()
    said = {"sought": match}
    recent = select(newest.c.id).where(newest.c.words.op("@@")(fits)).order_by(newest.c.id.desc())
    some = list((await connection.execute(recent, said)).scalars())
    if len(some) >= most:
        return some[:most]
    if len(some) >= COMMON:
        streamed = select(each.c.id).where(each.c.words.op("@@")(fits)).order_by(each.c.id.desc()).limit(most)
        return list((await connection.execute(streamed, said)).scalars())
    every = select(case_search.c.id).where(case_search.c.words.op("@@")(fits))
    by_index = (every.where(case_search.c.id < last) if last else every).cte("every").prefix_with("MATERIALIZED")
    query = select(by_index.c.id).order_by(by_index.c.id.desc()).limit(most)
    return list((await connection.execute(query, said)).scalars())


async def _ids(connection: AsyncConnection, match: str, last: int | None, most: int) -> Sequence[int]:
    """SQLite's index of words gives rows in the order of their numbers, and stops when it has enough."""
    row: ColumnElement[int] = literal_column("rowid")
    query = select(row).select_from(case_search).where(text("case_search MATCH :sought"))
    query = (query.where(row < last) if last else query).order_by(row.desc()).limit(most)
    return list((await connection.execute(query, {"sought": match})).scalars())


def _matching(words: Sequence[Word]) -> str:
    """In the language of FTS5; words are letters and digits alone."""
    each = (" OR ".join(f'"{one}"{"*" if word.begins else ""}' for one in word.spellings) for word in words)
    return " AND ".join(f"({some})" for some in each)


def _tsquery(words: Sequence[Word]) -> str:
    """In the language of PostgreSQL's text search."""
    each = (" | ".join(f"'{one}'{':*' if word.begins else ''}" for one in word.spellings) for word in words)
    return " & ".join(f"({some})" for some in each)


async def _behind(connection: AsyncConnection, sought: CaseQuery) -> int | None:
    """A row behind which everything was filed later than is sought; None where nothing need be passed over."""
    if sought.last is None:
        return None
    low, high = 0, (await connection.execute(select(func.coalesce(func.max(cases.c.id), 0)))).scalar_one()
    beyond = sought.last + OUT_OF_ORDER
    while low < high:
        middle = (low + high) // 2
        if await _filed_at(connection, middle) < beyond:
            low = middle + 1
        else:
            high = middle
    return low + 1


async def _filed_at(connection: AsyncConnection, row: int) -> datetime:
    """When the first case from this row on was filed."""
    query = select(cases.c.filed_at).where(cases.c.id >= row).order_by(cases.c.id).limit(1)
    filed_at: datetime = (await connection.execute(query)).scalar_one()
    return filed_at
