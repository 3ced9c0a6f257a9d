"""An older version can have the database back, with every case in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from actions.store.engine import schema
from tests.integration.process.commands import lapor
from tests.integration.process.service import running_service

pytestmark = pytest.mark.slow
OLDER = "0003"


def revision(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "var" / "lapor.db")) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


async def test_the_schema_is_taken_back_and_brought_up_again(tmp_path: Path) -> None:
    await lapor(tmp_path, "db", "upgrade")
    back = await lapor(tmp_path, "db", "downgrade", OLDER)
    assert (back.code, back.stderr, revision(tmp_path)) == (0, "", OLDER)
    again = await lapor(tmp_path, "db", "upgrade")
    assert (again.code, revision(tmp_path)) == (0, schema.newest())


async def test_a_schema_that_never_was_is_refused_in_one_sentence(tmp_path: Path) -> None:
    await lapor(tmp_path, "db", "upgrade")
    refused = await lapor(tmp_path, "db", "downgrade", "9999")
    assert (refused.code, revision(tmp_path)) == (1, schema.newest())
    assert "no older schema 9999" in refused.sentence


async def test_nothing_is_taken_back_under_a_running_service(tmp_path: Path) -> None:
    async with running_service(tmp_path):
        refused = await lapor(tmp_path, "db", "downgrade", OLDER)
        assert (refused.code, revision(tmp_path)) == (1, schema.newest())
