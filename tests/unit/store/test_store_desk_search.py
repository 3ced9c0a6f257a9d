"""Cases are found by their words and by what is known of them; what is erased is found no more, in no file either."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from actions.cases.actions import CaseAction
from actions.cases.case import Location, Status, Words
from actions.store.cases import search as desk_search
from actions.store.cases.search import CaseQuery, SearchPage, Word, search_cases
from actions.store.engine.database import Database
from actions.store.engine.tables import case_words, cases
from tests.databases import on_sqlite
from tests.unit.actions.acting import LINA
from tests.unit.actions.builders import NOON
from tests.unit.store.plans import learn_sizes, plan_of
from tests.unit.store.reports import a_ticket
from tests.unit.store.test_store_working import does

LAMP = Words("lampu jalan mati, gelap sekali di RT.04/02")
HOLE = Words("jalan berlubang besar")


def word(*spellings: str, begins: bool = False) -> Word:
    return Word(spellings, begins)


async def look(database: Database, sought: CaseQuery, after: int | None = None, most: int = 20) -> SearchPage:
    async with database.reading() as connection:
        return await search_cases(connection, sought, after, most)


async def tickets(database: Database, sought: CaseQuery) -> list[str]:
    return [row.case.ticket for row in (await look(database, sought)).rows]


async def files(database: Database, name: str, **changes: object) -> str:
    return await a_ticket(database, draft_key=f"telegram:{name}:d1", reporter=f"telegram:{name}", **changes)


async def two(database: Database) -> tuple[str, str]:
    return await files(database, "a", words=LAMP), await files(database, "b", words=HOLE)


async def test_words_are_found_wherever_they_stand_and_the_newest_first(database: Database) -> None:
    lamp, hole = await two(database)
    assert await tickets(database, CaseQuery(words=(word("jalan"),))) == [hole, lamp]
    assert await tickets(database, CaseQuery(words=(word("jalan"), word("mati")))) == [lamp]
    assert await tickets(database, CaseQuery(words=(word("lubang", "berlubang"),))) == [hole]
    assert await tickets(database, CaseQuery(words=(word("berlub", begins=True),))) == [hole]
    assert await tickets(database, CaseQuery(words=(word("04"), word("rt")))) == [lamp]
    assert await tickets(database, CaseQuery(words=(word("selokan"),))) == []


async def test_the_place_as_it_was_called_is_found_too(database: Database) -> None:
    ticket = await files(database, "a", location=Location(spoken="Gang Mawar"))
    assert await tickets(database, CaseQuery(words=(word("mawar"), word("jalan")))) == [ticket]


async def test_a_name_is_not_searched(database: Database) -> None:
    await files(database, "a", words=Words("jalan rusak", "Ratna"))
    assert await tickets(database, CaseQuery(words=(word("ratna"),))) == []


async def test_what_is_changed_or_erased_is_found_as_it_is_then(database: Database) -> None:
    lamp, hole = await two(database)
    async with database.writing() as connection:
        changed = update(case_words).where(case_words.c.ticket == lamp)
        await connection.execute(changed.values(story="pipa bocor"))
        await connection.execute(update(cases).where(cases.c.ticket == lamp).values(place="Lorong Melati"))
        await connection.execute(delete(case_words).where(case_words.c.ticket == hole))
    assert await tickets(database, CaseQuery(words=(word("bocor"), word("melati")))) == [lamp]
    assert await tickets(database, CaseQuery(words=(word("jalan", "pasar", "berlubang"),))) == []


async def test_a_case_that_is_removed_is_found_no_more_in_whatever_order(database: Database) -> None:
    lamp, hole = await two(database)
    async with database.writing() as connection:
        await connection.execute(delete(cases).where(cases.c.ticket == lamp))
        await connection.execute(delete(case_words).where(case_words.c.ticket == lamp))
        await connection.execute(delete(case_words).where(case_words.c.ticket == hole))
        await connection.execute(delete(cases).where(cases.c.ticket == hole))
    async with database.reading() as connection:
        for query in (
            "SELECT 1 FROM case_search WHERE case_search MATCH 'jalan OR gelap'",
            "SELECT 1 FROM case_search WHERE words @@ to_tsquery('simple', 'jalan | gelap')",
        ):
            if database.is_sqlite == ("MATCH" in query):
                assert (await connection.execute(text(query))).all() == []


@on_sqlite
async def test_an_erased_word_stands_nowhere_in_the_index(database: Database) -> None:
    ticket = await files(database, "a", words=Words("zzpenanda rahasia"))
    async with database.writing() as connection:
        await connection.execute(delete(case_words).where(case_words.c.ticket == ticket))
    async with database.reading() as connection:
        blocks = (await connection.execute(text("SELECT block FROM case_search_data"))).scalars()
        assert not any(b"penanda" in block for block in blocks)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "sought",
    [
        CaseQuery(status=Status.IN_PROGRESS),
        CaseQuery(agency="roads", status=Status.IN_PROGRESS),
        CaseQuery(category="jalan"),
        CaseQuery(words=(word("lampu"),), channel="telegram"),
        CaseQuery(of_agencies=frozenset({"roads"})),
        CaseQuery(first=NOON - timedelta(days=1), last=NOON + timedelta(days=1), category="jalan"),
        CaseQuery(late_on=(NOON + timedelta(days=30)).date(), category="jalan"),
    ],
)
async def test_filters_leave_what_is_meant(database: Database, sought: CaseQuery) -> None:
    lamp = await files(database, "a", words=LAMP)
    await does(database, lamp, CaseAction.ACCEPT, LINA)
    await files(database, "b", words=HOLE, category="sampah")
    assert await tickets(database, sought) == [lamp]


@pytest.mark.parametrize(
    "sought",
    [
        CaseQuery(status=Status.CLOSED),
        CaseQuery(of_agencies=frozenset({"waste"})),
        CaseQuery(words=(word("lampu"),), of_agencies=frozenset({"waste"})),
        CaseQuery(first=NOON + timedelta(hours=1)),
        CaseQuery(last=NOON),
        CaseQuery(village="64.09.01.1003"),
    ],
)
async def test_and_nothing_else(database: Database, sought: CaseQuery) -> None:
    await files(database, "a", words=LAMP)
    assert await tickets(database, sought) == []


async def test_pages_follow_each_other_without_a_gap_whatever_is_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_search, "FIRST_LOOK", 2)
    monkeypatch.setattr(desk_search, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(desk_search, "MOST_LOOKED_AT", 4)
    monkeypatch.setattr(desk_search, "RARE", 2)
    all_of_them = [await files(database, str(number), words=LAMP) for number in range(9)]
    async with database.writing() as connection:
        few = update(cases).where(cases.c.ticket.in_(all_of_them[:2])).values(channel="letter")
        await connection.execute(few)
    for sought, wanted in (
        (CaseQuery(words=(word("lampu"),)), all_of_them),
        (CaseQuery(words=(word("lampu"),), channel="letter"), all_of_them[:2]),
        (CaseQuery(channel="letter"), all_of_them[:2]),
    ):
        seen, after, is_cut = list[str](), None, False
        while True:
            found = await look(database, sought, after, most=3)
            seen += [row.case.ticket for row in found.rows]
            after, is_cut = found.after, is_cut or found.is_cut
            if after is None:
                break
        assert seen == wanted[::-1]
        assert is_cut == bool(sought.channel)


async def test_days_are_reached_without_looking_at_what_came_later(database: Database) -> None:
    at_last = [await files(database, str(number), at=NOON + timedelta(days=number)) for number in range(12)]
    sought = CaseQuery(first=NOON + timedelta(days=2), last=NOON + timedelta(days=4))
    assert await tickets(database, sought) == at_last[2:4][::-1]


INDEXES = {
    "cases_newest_of_agency": CaseQuery(agency="roads"),
    "cases_newest_of_category": CaseQuery(category="jalan"),
    "cases_newest_of_district": CaseQuery(district="64.09.01"),
    "cases_newest_of_status": CaseQuery(status=Status.FORWARDED),
}


@pytest.mark.thorough
@pytest.mark.parametrize("index", INDEXES)
async def test_each_filter_follows_its_index(database: Database, index: str) -> None:
    await many(database)
    plan = await plan_of(database, lambda connection: search_cases(connection, INDEXES[index], 2_000, 20))
    assert any(index in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


@pytest.mark.thorough
async def test_words_follow_the_index_of_words(database: Database) -> None:
    await many(database, 12_000)
    sought = CaseQuery(words=(word("selokan"), word("mampet")))
    plan = await plan_of(database, lambda connection: search_cases(connection, sought, 20_000, 20))
    expected = "VIRTUAL TABLE INDEX" if database.is_sqlite else "case_search_by_word"
    assert any(expected in step for step in plan), plan
    assert not any("SCAN cases" in step or "Seq Scan on cases" in step for step in plan), plan


async def many(database: Database, most: int = 3_000) -> None:
    """Some thousand cases, each like another in something."""
    ticket = await files(database, "a", words=LAMP, location=Location(district="64.09.01"))
    async with database.writing() as connection:
        [row] = (await connection.execute(select(cases).where(cases.c.ticket == ticket))).mappings().all()
        rows, told = [], []
        for number in range(most):
            name = f"LP-{number:09}"
            other = {"agency": "roads" if number % 50 == 0 else "waste"}
            other |= {"category": "jalan" if number % 40 == 0 else "sampah", "district": f"64.09.{number % 60:02}"}
            other |= {"status": "forwarded" if number % 70 == 0 else "closed"}
            kept = {key: value for key, value in dict(row).items() if key != "id"}
            rows.append(kept | {"ticket": name, "draft_key": name} | other)
            words = f"laporan nomor {number} {'selokan mampet' if number % 90 == 0 else 'lain'}"
            told.append({"ticket": name, "story": words, "name": None, "salt": ""})
        await connection.execute(cases.insert(), rows)
        await connection.execute(case_words.insert(), told)
    await learn_sizes(database)


async def test_a_row_number_that_is_no_case_begins_all_the_same(database: Database) -> None:
    lamp, hole = await two(database)
    found = await look(database, replace(CaseQuery(), words=(word("jalan"),)), after=10**12)
    assert [row.case.ticket for row in found.rows] == [hole, lamp]
