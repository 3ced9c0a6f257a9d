"""Moving an installation from its SQLite file to PostgreSQL: all of it, or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, Table, create_engine, make_url, select, update

from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.engine.row_task_leases import RowTaskLeases
from actions.store.engine.tables import cases, inbox, metadata
from bot.main.single_process import only_one
from tests.databases import rows_seen
from tests.integration.process.commands import Finished, lapor
from tests.postgres import PostgresServer
from tests.unit.delivery.town import STORY, Town

pytestmark = pytest.mark.postgres


@pytest.fixture
async def moving(tmp_path: Path, migrated_file: Path) -> AsyncIterator[tuple[Path, Town]]:
    """A data folder with a database in which Siti has filed, and Budi has not pressed Kirim yet."""
    folder = tmp_path / "var"
    folder.mkdir()
    file = Path(shutil.copy(migrated_file, folder / "lapor.db"))
    database = Database(f"sqlite:///{file}")
    town = Town(database)
    await town.arrives(town.pressed(await town.has_a_card()))
    await town.works()
    yield file, town
    await database.close()


async def copied(tmp_path: Path, url: str, *words: str) -> Finished:
    return await lapor(tmp_path, "db", "copy", *words, database_url=url)


def engine_of(url: str) -> Engine:
    driver = "sqlite" if url.startswith("sqlite") else "postgresql+psycopg"
    return create_engine(make_url(url).set(drivername=driver))


def rows_of(url: str, table: Table) -> list[tuple[object, ...]]:
    engine = engine_of(url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(select(table))]
    engine.dispose()
    return sorted(rows, key=repr)


async def test_every_row_of_every_table_is_the_same(
    tmp_path: Path, moving: tuple[Path, Town], postgres_url: str
) -> None:
    file, _ = moving
    ended = await copied(tmp_path, postgres_url)
    assert (ended.code, ended.stderr) == (0, "")
    before, after = (
        {name: rows_of(url, table) for name, table in metadata.tables.items()}
        for url in (f"sqlite:///{file}", postgres_url)
    )
    assert after == before
    assert len(after["cases"]) == 1


async def test_a_talk_goes_on_where_it_was(tmp_path: Path, moving: tuple[Path, Town], postgres_url: str) -> None:
    _, town = moving
    send = await town.has_a_card("budi")
    await copied(tmp_path, postgres_url)
    town.database = Database(postgres_url)
    await town.arrives(town.pressed(send, "budi"))
    await town.works()
    filed = [case.reporter for case in await town.cases()]
    await town.database.close()
    assert filed == ["telegram:budi", "telegram:siti"]


async def test_a_target_without_tables_is_given_them(
    tmp_path: Path, moving: tuple[Path, Town], postgres: PostgresServer
) -> None:
    url = postgres.new_database(empty=True)
    ended = await copied(tmp_path, url)
    copied_cases = rows_seen(url, "cases")
    postgres.drop(url)
    assert (ended.code, copied_cases) == (0, 1)


async def test_a_target_that_is_not_empty_is_refused(
    tmp_path: Path, moving: tuple[Path, Town], postgres_url: str
) -> None:
    await copied(tmp_path, postgres_url)
    ended = await copied(tmp_path, postgres_url)
    assert ended.code == 1
    assert "not empty" in ended.sentence
    assert rows_seen(postgres_url, "cases") == 1


async def test_a_source_that_a_start_runs_on_is_refused(
    tmp_path: Path, moving: tuple[Path, Town], postgres_url: str
) -> None:
    file, _ = moving
    with only_one(file):
        ended = await copied(tmp_path, postgres_url)
    assert ended.code == 1
    assert "already running" in ended.sentence


async def test_a_target_that_a_start_runs_on_is_refused(
    tmp_path: Path, moving: tuple[Path, Town], postgres_url: str
) -> None:
    target = Database(postgres_url)
    await schema.upgrade(target)
    await RowTaskLeases(target).beat()
    ended = await copied(tmp_path, postgres_url)
    await target.close()
    assert ended.code == 1
    assert "a start is running on the target" in ended.sentence


async def test_a_failure_in_the_middle_leaves_nothing(
    tmp_path: Path, moving: tuple[Path, Town], postgres_url: str
) -> None:
    file, _ = moving
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE cases SET severity = 'far too long for its column'")
    ended = await copied(tmp_path, postgres_url)
    assert ended.code == 1
    assert "table cases is not taken (StringDataRightTruncation). Nothing was copied" in ended.sentence
    assert {rows_seen(postgres_url, name) for name in metadata.tables} == {0}


async def test_a_nul_that_only_sqlite_takes_is_left_out_and_said(
    tmp_path: Path, moving: tuple[Path, Town], postgres_url: str
) -> None:
    file, _ = moving
    engine = engine_of(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(update(cases).values(place="depan\0pasar"))
    engine.dispose()
    ended = await copied(tmp_path, postgres_url)
    assert "cases: 1 rows (1 without a NUL" in ended.stdout
    assert [row[cases.c.keys().index("place")] for row in rows_of(postgres_url, cases)] == ["depanpasar"]


async def test_a_source_of_an_older_version_is_refused(
    tmp_path: Path, moving: tuple[Path, Town], postgres_url: str
) -> None:
    _, town = moving
    await schema.downgrade(town.database, "0002")
    ended = await copied(tmp_path, postgres_url)
    assert ended.code == 1
    assert "db upgrade" in ended.sentence


@pytest.mark.parametrize(("url", "words"), [("", ()), ("postgresql://localhost/x", ("gone.db",))])
async def test_what_cannot_be_copied_is_said_in_a_sentence(tmp_path: Path, url: str, words: tuple[str, ...]) -> None:
    ended = await copied(tmp_path, url, *words)
    assert ended.code == 1
    assert ended.sentence


async def test_the_schema_is_brought_and_checked_from_the_command_line(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    url = postgres.new_database(empty=True)
    codes = [(await lapor(tmp_path, "db", words, database_url=url)).code for words in ("check", "upgrade", "check")]
    postgres.drop(url)
    assert codes == [1, 0, 0]


async def test_what_is_set_aside_shows_in_the_doctor(tmp_path: Path, postgres_url: str) -> None:
    database = Database(postgres_url)
    town = Town(database)
    await town.arrives(town.said(STORY))
    async with database.writing() as connection:
        await connection.execute(update(inbox).values(state="aside"))
    await database.close()
    ended = await lapor(tmp_path, "doctor", database_url=postgres_url)
    assert "1 messages could not be worked and are set aside" in ended.stdout
