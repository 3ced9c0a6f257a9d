"""Opening the database, taking turns in writing it, and what its errors say."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError, InternalError, SQLAlchemyError, StatementError

from actions.store.engine.database import Database, DatabaseUnavailable, async_url, is_away
from actions.store.engine.tables import dialogues
from tests.databases import held, on_sqlite
from tests.patience import PATIENCE_SECONDS
from tests.unit.actions.builders import NOON

ROW = {"channel": "telegram", "chat": "siti", "record": "{}", "changed_at": NOON}


async def write(database: Database, *rows: dict[str, object]) -> None:
    async with database.writing() as connection:
        for row in rows:
            await connection.execute(insert(dialogues), [row])


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://host/db", "sqlite"])
def test_an_address_that_cannot_be_used_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="LAPOR_DATABASE_URL"):
        async_url(url)


@pytest.mark.parametrize(
    ("url", "driver"), [("sqlite:///a.db", "sqlite+aiosqlite"), ("postgresql://h/d", "postgresql+psycopg")]
)
def test_addresses_are_given_the_driver_that_does_not_block(url: str, driver: str) -> None:
    assert async_url(url).drivername == driver


async def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/gone/lapor.db")
    with pytest.raises(DatabaseUnavailable, match=r"folder.*does not exist"):
        await database.check()
    await database.close()


async def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    file = tmp_path / "lapor.db"
    file.write_text("this is a letter, not a database " * 100)
    database = Database(f"sqlite:///{file}")
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        await database.check()
    await database.close()


async def test_a_block_that_raises_writes_nothing(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await write(database, ROW, ROW)
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM dialogues"))).scalar_one() == 0


@on_sqlite
async def test_writers_of_one_process_take_turns(database: Database) -> None:
    async def count_up() -> None:
        async with database.writing() as connection:
            seen = (await connection.execute(text("SELECT count(*) FROM dialogues"))).scalar_one()
            await connection.execute(insert(dialogues), [ROW | {"chat": f"{seen}"}])

    await asyncio.gather(*(count_up() for _ in range(20)))
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM dialogues"))).scalar_one() == 20


async def test_who_reads_does_not_wait_for_who_writes(database: Database) -> None:
    async with database.writing() as writing:
        await writing.execute(insert(dialogues), [ROW])
        async with database.reading() as connection:
            assert (await connection.execute(text("SELECT count(*) FROM dialogues"))).scalar_one() == 0


async def test_a_database_that_another_process_holds_is_away_for_a_while(database: Database, database_url: str) -> None:
    with held(database_url), pytest.raises(SQLAlchemyError) as refused:
        await write(database, ROW)
    assert is_away(refused.value)


async def test_who_waits_for_another_process_can_be_ended(database: Database, database_url: str) -> None:
    await write(database, ROW)
    with held(database_url):
        writing = asyncio.create_task(write(database, ROW))
        for _ in range(10):
            await asyncio.sleep(0)
        writing.cancel()
        done, _ = await asyncio.wait({writing}, timeout=PATIENCE_SECONDS)
    assert done == {writing}


async def test_errors_hold_nothing_of_what_was_to_be_written(database: Database) -> None:
    row = ROW | {"record": "rahasia ibu siti"}
    with pytest.raises(IntegrityError) as refused:
        await write(database, row, row)
    assert "rahasia" not in f"{refused.value!r} {refused.value}"


async def test_a_moment_without_a_zone_is_refused_and_not_repeated(database: Database) -> None:
    row = ROW | {"record": "rahasia ibu siti", "changed_at": datetime(2026, 3, 2)}  # noqa: DTZ001
    with pytest.raises(StatementError, match="time zone") as refused:
        await write(database, row)
    assert "rahasia" not in f"{refused.value!r} {refused.value}"


def test_a_connection_that_the_server_has_ended_is_away_whatever_the_error_is_called() -> None:
    ended = InternalError("SELECT", {}, Exception("idle too long"), connection_invalidated=True)
    assert is_away(ended)


def test_a_fault_of_ours_is_not_taken_for_a_database_that_is_away() -> None:
    assert not is_away(IntegrityError("INSERT", {}, Exception("UNIQUE")))
