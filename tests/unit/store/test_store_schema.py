"""The schema: up and down, and what the migrations make is what the tables say."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from actions.store.engine import schema
from actions.store.engine.database import Database, DatabaseUnavailable
from actions.store.engine.migrating import migrate_up, migrations
from actions.store.engine.tables import metadata

pytestmark = pytest.mark.thorough

REVISIONS = [script.revision for script in migrations().walk_revisions()]


SEARCHED = "case_search"
"""Its tables are the database's own kind of index, kept by triggers."""


async def tables_of(database: Database) -> set[str]:
    async with database.reading() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        return {name for name in names if not name.startswith(SEARCHED)}


async def columns_of(database: Database) -> dict[str, list[tuple[str, str, bool]]]:
    async with database.reading() as connection:
        return await connection.run_sync(_columns)


def _columns(sync: Connection) -> dict[str, list[tuple[str, str, bool]]]:
    seen = inspect(sync)
    return {
        table: sorted((one["name"], str(one["type"]), bool(one["nullable"])) for one in seen.get_columns(table))
        for table in seen.get_table_names()
        if not table.startswith(SEARCHED)
    }


def is_of_the_schema(name: str | None, kind: str, parents: object) -> bool:
    del parents
    return kind != "table" or not str(name).startswith(SEARCHED)


async def test_an_empty_database_is_at_no_revision(empty: Database) -> None:
    assert await schema.current(empty) is None


def test_the_newest_is_the_one_that_alembic_would_run_last() -> None:
    assert schema.newest() == migrations().get_current_head()


async def test_an_empty_database_is_brought_to_the_newest(empty: Database) -> None:
    await schema.upgrade(empty)
    assert (await schema.current(empty), await tables_of(empty)) == (
        schema.newest(),
        {*metadata.tables, "alembic_version"},
    )


async def test_an_empty_database_is_brought_to_the_newest_by_a_process_of_its_own(empty: Database) -> None:
    await schema.upgrade_apart(empty)
    assert await schema.current(empty) == schema.newest()


async def test_that_process_says_what_stands_in_the_way(empty: Database) -> None:
    await schema.upgrade(empty)
    async with empty.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailable, match="at schema 9999, which this version does not know"):
        await schema.upgrade_apart(empty)


async def test_the_way_back_leaves_nothing(empty: Database) -> None:
    await schema.upgrade(empty)
    await schema.downgrade(empty, "base")
    assert await tables_of(empty) == {"alembic_version"}


async def test_from_every_revision_there_is_a_way_back_and_forth(empty: Database) -> None:
    """A step back and forth again leaves the tables as they were, so that every longer way does, too."""
    await schema.upgrade(empty)
    for newer, older in pairwise([*REVISIONS, "base"]):
        before = await columns_of(empty)
        await schema.downgrade(empty, older)
        assert await schema.current(empty) == (None if older == "base" else older)
        async with empty.writing() as connection:
            await connection.run_sync(migrate_up, newer)
        assert (newer, await columns_of(empty)) == (newer, before)
        await schema.downgrade(empty, older)


async def test_migrations_make_what_the_tables_say(empty: Database) -> None:
    await schema.upgrade(empty)

    def differences(sync: Connection) -> object:
        context = MigrationContext.configure(sync, opts={"include_name": is_of_the_schema})
        return compare_metadata(context, metadata)

    async with empty.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_revisions_are_numbered_in_their_order() -> None:
    assert [f"{number:04}" for number in range(len(REVISIONS), 0, -1)] == REVISIONS


async def test_two_processes_that_upgrade_at_once_agree(empty: Database) -> None:
    other = Database(empty.url.render_as_string(hide_password=False))
    await asyncio.gather(schema.upgrade(empty), schema.upgrade(other))
    versions = [await schema.current(one) for one in (empty, other)]
    await other.close()
    assert versions == [schema.newest()] * 2


async def test_a_database_of_a_later_version_is_refused_in_a_sentence(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailable, match=r"9999.*bring lapor up to date"):
        await schema.upgrade(database)
