"""A cell of three machines is raised from the files that an operator fills in, and its primary is killed."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from actions.store.engine.database import Database, is_away
from tests.bench.cell.machines import missing_programs, run_as_user
from tests.bench.cell.raising import Cell, cell_of, fill, raised_cell, written
from tests.integration.process.surroundings import until

MISSING = missing_programs()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.skipif(bool(MISSING), reason=f"needs apt's {', '.join(MISSING)} (.ci/run installs them)"),
]
ONE_MACHINE = ("is not reachable", 'must not contain "127.0.0.1", "0.0.0.0", "*", "::1", "localhost"')
"""What Patroni's own check has against a cell on one machine, before anything runs."""
COUNTED = "SELECT number FROM probe.written ORDER BY number"


@pytest.fixture
def cell() -> Iterator[Cell]:
    """The files of one, filled in; nothing of it runs. pytest's own folders are closed to PostgreSQL's user."""
    with tempfile.TemporaryDirectory(prefix="lapor-cell-") as folder:
        yield written(Path(folder))


def test_what_an_operator_fills_in_is_read_by_each_program(cell: Cell) -> None:
    etc, home = cell.machines[0].folder / "etc", cell.machines[0].folder
    run_as_user(("haproxy", "-c", "-f", str(etc / "haproxy.cfg")), home)
    with pytest.raises(RuntimeError) as refused:  # nothing runs yet, and all three are on one machine
        run_as_user(("patroni", "--validate-config", str(etc / "patroni.yml")), home)
    complaints = str(refused.value).partition(": ")[2].splitlines()
    assert [line for line in complaints if not line.endswith(ONE_MACHINE)] == []
    said = cell.backs_up(cell.machines[0], "info")
    assert "lapor-test" in said or "No stanzas exist" in said
    files = {file.name: file.read_text(encoding="utf-8") for file in etc.iterdir() if file.is_file()}
    assert files.keys() == fill().FILES.keys()
    assert not [name for name, words in files.items() if fill().PLACE.search(words)]
    assert {file.stat().st_mode & 0o777 for file in etc.iterdir() if file.is_file()} == {0o600}


@pytest.mark.parametrize("short", ["", "short", "twenty-four letters and a blank"])
def test_a_password_that_is_none_is_refused(tmp_path: Path, short: str) -> None:
    described = cell_of(tmp_path)
    described["passwords"]["backups"] = short
    with pytest.raises(fill().CannotFill, match="backups"):
        fill().write(described, "one")


async def test_what_was_acknowledged_stands_when_the_primary_is_killed() -> None:
    async with raised_cell() as cell:
        with psycopg.connect(cell.url("owner"), autocommit=True) as owner:
            owner.execute("CREATE SCHEMA probe")
            owner.execute("CREATE TABLE probe.written (number integer)")
            owner.execute("GRANT ALL ON SCHEMA probe TO lapor")
            owner.execute("GRANT ALL ON probe.written TO lapor")
        database, acknowledged = Database(cell.url()), list[int]()
        await database.check_promises()
        writing = asyncio.create_task(write_on_and_on(database, acknowledged))
        await until(lambda: len(acknowledged) > 20, "some are written")
        primary = await cell.has_primary()
        primary.kill_server()
        before = len(acknowledged)
        await until(lambda: len(acknowledged) > before + 20, "they are written again")
        assert await cell.has_primary() is not primary
        writing.cancel()
        await asyncio.wait({writing})
        async with database.reading() as connection:
            kept = {number for (number,) in await connection.execute(text(COUNTED))}
        assert set(acknowledged) <= kept
        await database.close()


async def write_on_and_on(database: Database, acknowledged: list[int]) -> None:
    """Write the next number; what failed is not written again, and only because the database was away."""
    for number in range(1_000_000):
        try:
            async with database.writing() as connection:
                await connection.execute(text("INSERT INTO probe.written VALUES (:number)"), {"number": number})
            acknowledged.append(number)
        except (SQLAlchemyError, OSError) as error:
            if not is_away(error):
                raise
        await asyncio.sleep(0.02)
