"""People in the database: each change leaves a line, and names and codes are nobody else's."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from actions.people.handlers import (
    add_person,
    change_password,
    disable_person,
    enable_person,
    give_code,
    known_person,
    tie_telegram,
)
from actions.people.people import Person, PersonRefused
from actions.people.roles import Role
from actions.people.secrets import CODE_LASTS
from actions.store.engine.database import Database
from actions.store.people.people import PersonEvent, SqlPeople
from actions.store.people.sign_in import begin_session, find_session
from tests.databases import rows_seen
from tests.unit.people.officers import AGENCIES, NOON, WHO, an_officer

CODE = "2345-67CD-FGHJ"


async def lines(database: Database, person: Person) -> list[PersonEvent]:
    async with database.reading() as connection:
        return await SqlPeople(connection).events(person.id)


async def is_given_a_code(database: Database, person: Person, code: str = CODE) -> None:
    async with database.writing() as connection:
        await give_code(SqlPeople(connection), person, code, NOON, WHO)


async def ties(database: Database, account: str = "77", *, code: str = CODE, later: timedelta = timedelta(0)) -> object:
    async with database.writing() as connection:
        return await tie_telegram(SqlPeople(connection), code, account, NOON + later)


async def test_a_person_is_found_by_any_spelling_of_the_name(database: Database) -> None:
    person = await an_officer(database, "Rina  Dewi", Role.LIAISON, Role.TRAINER, agency="dishub")
    assert person == Person(person.id, "Rina Dewi", frozenset({Role.LIAISON, Role.TRAINER}), "dishub")
    async with database.reading() as connection:
        book = SqlPeople(connection)
        assert await book.by_name("RINA dewi ") == person
        assert await book.by_name("\x00") is None
        assert await book.everybody() == [person]


async def test_a_name_is_taken_once(database: Database) -> None:
    await an_officer(database, "Rina Dewi")
    with pytest.raises(PersonRefused, match="of this name already"):
        await an_officer(database, "rina dewi")


async def test_two_who_take_a_name_at_once_are_one(database: Database) -> None:
    made = await asyncio.gather(
        *(an_officer(database, "Rina", password=None) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in made) == ["Person", "PersonRefused"]


async def test_every_change_is_a_line_with_who_and_when(database: Database) -> None:
    person = await an_officer(database, "Rina", Role.LIAISON, agency="dishub", password=None)
    async with database.writing() as connection:
        book = SqlPeople(connection)
        await change_password(book, person, "kept", NOON, WHO)
        await give_code(book, person, CODE, NOON, WHO)
        await tie_telegram(book, CODE, "77", NOON)
        await disable_person(book, person, NOON, WHO)
        await enable_person(book, person, NOON, WHO)
    own = f"person:{person.id}"
    assert [(line.what, line.who, line.at, line.detail) for line in await lines(database, person)] == [
        ("added", WHO, NOON, "liaison (dishub)"),
        ("password_set", WHO, NOON, ""),
        ("code_given", WHO, NOON, ""),
        ("telegram_tied", own, NOON, ""),
        ("disabled", WHO, NOON, ""),
        ("enabled", WHO, NOON, ""),
    ]


async def test_what_fails_leaves_nobody_and_no_line(database: Database, database_url: str) -> None:
    with pytest.raises(PersonRefused):
        async with database.writing() as connection:
            await add_person(SqlPeople(connection), "Rina", [Role.LIAISON], "nowhere", AGENCIES, NOON, WHO)
    assert (rows_seen(database_url, "people"), rows_seen(database_url, "people_events")) == (0, 0)


async def test_a_code_ties_one_account_once(database: Database) -> None:
    person = await an_officer(database, password=None)
    await is_given_a_code(database, person)
    tied = await ties(database, "77")
    assert isinstance(tied, Person)
    assert tied.id == person.id
    assert await ties(database, "88") is None
    async with database.reading() as connection:
        found = await SqlPeople(connection).by_telegram("77")
        assert found
        assert (found.id, found.telegram) == (person.id, "77")
        assert await SqlPeople(connection).by_telegram("88") is None


async def test_two_who_use_a_code_at_once_are_one(database: Database, another_process: Database) -> None:
    await is_given_a_code(database, await an_officer(database, password=None))
    tied = await asyncio.gather(ties(database, "77"), ties(another_process, "88"))
    assert sum(isinstance(one, Person) for one in tied) == 1


async def test_a_code_holds_for_a_day(database: Database) -> None:
    await is_given_a_code(database, await an_officer(database, password=None))
    assert await ties(database, later=CODE_LASTS) is None
    assert await ties(database, later=CODE_LASTS - timedelta(seconds=1))


async def test_a_new_code_ends_the_one_before(database: Database) -> None:
    person = await an_officer(database, password=None)
    await is_given_a_code(database, person)
    await is_given_a_code(database, person, "CCCC-DDDD-FFFF")
    assert await ties(database) is None
    assert await ties(database, code="cccc dddd ffff")


async def test_an_account_that_is_somebody_elses_is_not_tied(database: Database) -> None:
    await is_given_a_code(database, await an_officer(database, "Rina", password=None))
    await ties(database, "77")
    await is_given_a_code(database, await an_officer(database, "Budi", password=None))
    assert await ties(database, "77") is None
    assert await ties(database, "88")


async def test_who_is_disabled_has_no_code_and_gets_none(database: Database) -> None:
    person = await an_officer(database, password=None)
    await is_given_a_code(database, person)
    async with database.writing() as connection:
        await disable_person(SqlPeople(connection), person, NOON, WHO)
    assert await ties(database) is None
    async with database.writing() as connection:
        book = SqlPeople(connection)
        with pytest.raises(PersonRefused, match="disabled"):
            await give_code(book, await known_person(book, person.name), CODE, NOON, WHO)


async def test_a_code_and_a_password_are_not_in_the_database(database: Database, database_url: str) -> None:
    person = await an_officer(database, password="kalimat yang panjang sekali")
    await is_given_a_code(database, person)
    async with database.reading() as connection:
        rows = (await connection.exec_driver_sql("SELECT * FROM people")).all()
    assert "kalimat" not in str(rows)
    assert CODE.replace("-", "") not in str(rows).replace("-", "")
    assert rows_seen(database_url, "people") == 1


async def test_a_session_lasts_twelve_hours_without_a_page_and_a_week_with(database: Database) -> None:
    person = await an_officer(database)
    async with database.writing() as connection:
        await begin_session(connection, "digest", person.id, NOON)
    async with database.reading() as connection:
        alive = {
            hours: await find_session(connection, "digest", NOON + timedelta(hours=hours)) is not None
            for hours in (0, 11, 12, 13)
        }
    assert alive == {0: True, 11: True, 12: False, 13: False}


@pytest.mark.parametrize("ending", [change_password, disable_person])
async def test_a_new_password_and_disabling_end_every_session(database: Database, ending: object) -> None:
    person = await an_officer(database)
    async with database.writing() as connection:
        await begin_session(connection, "digest", person.id, NOON)
        book = SqlPeople(connection)
        if ending is change_password:
            await change_password(book, person, "kept", NOON, WHO)
        else:
            await disable_person(book, person, NOON, WHO)
    async with database.reading() as connection:
        assert await find_session(connection, "digest", NOON) is None


async def test_sessions_that_are_over_are_thrown_away(database: Database, database_url: str) -> None:
    person = await an_officer(database)
    async with database.writing() as connection:
        await begin_session(connection, "old", person.id, NOON)
        await begin_session(connection, "new", person.id, NOON + timedelta(days=7))
    assert rows_seen(database_url, "people_sessions") == 1
