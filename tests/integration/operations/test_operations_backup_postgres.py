"""A backup of an installation on PostgreSQL is the same file, and becomes one on either database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.integration.process.commands import lapor
from tests.postgres import PostgresServer

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

TALK = "lampu jalan di jl provinsi km 5 mati sudah dua minggu\nTidak tahu\nkirim\n"


async def files_a_case(folder: Path, database_url: str | None = None) -> None:
    """Somebody reports at the terminal."""
    talk = await lapor(folder, "chat", told=TALK, database_url=database_url or "")
    assert "LP-" in talk.stdout, talk.stderr


async def tickets(folder: Path, database_url: str | None = None) -> list[str]:
    listed = await lapor(folder, "case", "list", "--json", database_url=database_url or "")
    return [case["ticket"] for case in json.loads(listed.stdout)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder of the first installation."""
    (tmp_path / "first").mkdir()
    return tmp_path / "first"


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    """Where its database is."""
    made = postgres.new_database()
    yield made
    postgres.drop(made)


@pytest.fixture
def empty_url(postgres: PostgresServer) -> Iterator[str]:
    """A database without any table."""
    made = postgres.new_database(empty=True)
    yield made
    postgres.drop(made)


async def test_it_becomes_an_installation_on_either(url: str, empty_url: str, folder: Path, tmp_path: Path) -> None:
    await files_a_case(folder, url)
    made = await lapor(folder, "backup", "b.tar", database_url=url)
    assert (made.code, made.stderr) == (0, "")
    known = await tickets(folder, url)
    for place in (None, empty_url):
        to = tmp_path / ("sqlite" if place is None else "postgresql")
        to.mkdir()
        restored = await lapor(to, "restore", str(folder / "b.tar"), database_url=place or "")
        assert (restored.code, restored.stderr) == (0, "")
        assert await tickets(to, place) == known
        await files_a_case(to, place)
        assert (await tickets(to, place))[1:] == known


async def test_what_was_there_becomes_a_backup_itself(url: str, folder: Path) -> None:
    await files_a_case(folder, url)
    await lapor(folder, "backup", "one.tar", database_url=url)
    await files_a_case(folder, url)
    both = await tickets(folder, url)
    refused = await lapor(folder, "restore", "one.tar", database_url=url)
    assert "--replace" in refused.sentence
    replaced = await lapor(folder, "restore", "--replace", "one.tar", database_url=url)
    assert (replaced.code, await tickets(folder, url)) == (0, both[1:])
    [aside] = (folder / "var").glob("before-restore-*")
    again = await lapor(folder, "restore", "--replace", str(aside / "database.tar"), database_url=url)
    assert (again.stderr, await tickets(folder, url)) == ("", both)


async def test_nothing_is_restored_while_others_are_connected(url: str, folder: Path) -> None:
    await files_a_case(folder, url)
    await lapor(folder, "backup", "b.tar", database_url=url)
    with psycopg.connect(url):
        refused = await lapor(folder, "restore", "--replace", "b.tar", database_url=url)
    assert refused.code == 1
    assert "connected" in refused.sentence
