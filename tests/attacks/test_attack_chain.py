"""Threat: whoever can write to the database changes, deletes or rewrites cases; `lapor case verify` names each."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from actions.cases.chain import BEGINNING, seal
from actions.store.cases.casebook import SqlCaseBook
from tests.attacks.services import database_of, reports
from tests.integration.process.commands import lapor
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import until

pytestmark = pytest.mark.slow

STORIES = (
    "lampu jalan di depan pasar petung mati sudah dua minggu",
    "jalan berlubang di depan masjid nurul iman penajam sudah sebulan",
)
OF_A_CASE = ("cases", "case_events", "case_words", "case_links", "case_attachments")
DELETED = [f"DELETE FROM {table} WHERE ticket = :ticket" for table in OF_A_CASE]  # noqa: S608 - our own names
CHANGES = {
    "a deadline put off": ("UPDATE cases SET deadline = '2030-01-01' WHERE ticket = :ticket", "column deadline"),
    "a category": ("UPDATE cases SET category = 'pungli_korupsi' WHERE ticket = :ticket", "column category"),
    "a holder": ("UPDATE cases SET agency = 'inspektorat' WHERE ticket = :ticket", "column agency"),
    "words taken out": ("DELETE FROM case_words WHERE ticket = :ticket", "the words of event 1 are gone"),
    "words changed": ("UPDATE case_words SET story = 'x' WHERE ticket = :ticket", "the words of event 1 are not those"),
    "an event taken out": (
        "DELETE FROM case_events WHERE ticket = :ticket AND number = 1",
        "event 1 was changed, taken out or put in",
    ),
}


async def files_two(service: Service) -> list[str]:
    """Two citizens report through the chat; returns the numbers of their cases."""
    return [(await reports(service, story)).removeprefix("/t/").partition("?")[0] for story in STORIES]


def run_sql(database: Path, *statements: str, ticket: str) -> None:
    with closing(sqlite3.connect(database, timeout=60)) as connection, connection:
        for statement in statements:
            connection.execute(statement, {"ticket": ticket})


async def verified(folder: Path, *words: str, data: str = "var") -> tuple[int, str]:
    """How the command ends beside the service, and what it says."""
    done = await lapor(folder, "case", "verify", *words, data_dir=folder / data)
    return done.code, " ".join((done.stdout + done.stderr).split())


async def writes_anew(service: Service, ticket: str) -> None:
    """Every event nine days earlier, with hashes that are right: anybody can compute them."""
    async with database_of(service) as database, database.reading() as connection:
        events = await SqlCaseBook(connection).events(ticket)
    previous = BEGINNING
    with closing(sqlite3.connect(service.database, timeout=60)) as connection, connection:
        for event in events:
            forged = seal(replace(event, at=event.at - timedelta(days=9)), previous)
            previous = forged.hash
            connection.execute(
                "UPDATE case_events SET at = ?, previous_hash = ?, hash = ? WHERE ticket = ? AND number = ?",
                (f"{forged.at:%Y-%m-%d %H:%M:%S.%f}", forged.previous_hash, forged.hash, ticket, event.number),
            )


def brings(theirs: Path, ours: Path, ticket: str) -> None:
    """A case of another installation is put among ours, with everything that belongs to it."""
    with closing(sqlite3.connect(ours, timeout=60)) as connection, connection:
        connection.execute("ATTACH ? AS theirs", (str(theirs),))
        for table in OF_A_CASE:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
            names = ", ".join(f'"{name}"' for name in columns)
            statement = f"INSERT INTO main.{table} ({names}) SELECT {names} FROM theirs.{table} WHERE ticket = ?"  # noqa: S608 - our own names
            connection.execute(statement, (ticket,))


async def test_each_change_beside_the_running_service_is_named_and_only_while_it_stands(tmp_path: Path) -> None:
    async with running_service(tmp_path, nlu="compiled") as service:
        ticket, _ = await files_two(service)
        assert await verified(tmp_path) == (0, "2 cases are as they were written.")
        assert await service.end() == 0
        kept = tmp_path / "kept.db"
        shutil.copy(service.database, kept)
        for change, (statement, named) in CHANGES.items():
            shutil.copy(kept, service.database)
            run_sql(service.database, statement, ticket=ticket)
            code, told = await verified(tmp_path)
            assert (code, ticket in told, named in told) == (1, True, True), f"{change}: {told}"
        shutil.copy(kept, service.database)
        assert await verified(tmp_path) == (0, "2 cases are as they were written.")


async def test_a_chain_that_is_written_anew_from_its_start_is_named(tmp_path: Path) -> None:
    async with running_service(tmp_path, nlu="compiled") as service:
        ticket, _ = await files_two(service)
        await writes_anew(service, ticket)
        code, told = await verified(tmp_path)
        assert (code, f"{ticket}: the link of event 1 was not made here" in told) == (1, True), told


async def test_a_case_of_another_installation_is_named(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    async with running_service(other, nlu="compiled") as neighbour:
        theirs, _ = await files_two(neighbour)
    async with running_service(tmp_path, nlu="compiled") as service:
        await files_two(service)
        brings(neighbour.database, service.database, theirs)
        code, told = await verified(tmp_path)
        assert (code, f"{theirs}: the link of event 1 was not made here" in told) == (1, True), told


async def test_a_whole_case_that_is_deleted_is_named_once_its_day_is_over(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("0")
    async with running_service(tmp_path, nlu="compiled", test_clock=clock) as service:
        ticket, other = await files_two(service)
        assert await service.end() == 0
    clock.write_text(str(26 * 3600))
    async with running_service(tmp_path, nlu="compiled", test_clock=clock) as service:
        await until_rooted(service)
        assert await verified(tmp_path) == (0, "2 cases are as they were written.")
        run_sql(service.database, *DELETED, ticket=ticket)
        code, told = await verified(tmp_path)
        assert (code, ticket in told, other in told) == (1, True, False), told
        assert "its links are not those of which its root was made" in told


async def until_rooted(service: Service) -> None:
    """Until the root of the day before is made."""

    def is_made() -> bool:
        with closing(sqlite3.connect(service.database, timeout=60)) as connection:
            return bool(connection.execute("SELECT count(*) FROM case_roots").fetchone()[0])

    await until(is_made, "the root of the day is made")
