"""Whatever is changed in the database itself, `lapor case verify` names; on a real file, with the real command."""

from __future__ import annotations

import asyncio
import json
import shutil
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from actions.cases.chain import BEGINNING, seal
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.links import links_of, proof_of, seal_with
from actions.store.engine import schema
from actions.store.engine.copying import copy_everything
from actions.store.engine.database import Database
from bot.cli.main import lapor
from bot.configuration.secret_key import chain_keys_of
from bot.main.assembly import Service
from bot.main.failures import CommandFailed
from bot.ops.chain_files import ChainFiles
from bot.ops.day_roots import DayRoots
from tests.unit.delivery.town import NOON, a_service
from tests.unit.store.reports import a_ticket


@pytest.fixture
async def service(database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Service]:
    """An installation of its own, at which the command line works."""
    found = of_file(database_file, tmp_path / "var")
    monkeypatch.setattr("bot.cli.serving.assemble", lambda _: of_file(database_file, tmp_path / "var"))
    yield found
    await found.database.close()


def of_file(file: Path, data_dir: Path) -> Service:
    made = a_service(file)
    return replace(made, settings=made.settings.model_copy(update={"data_dir": data_dir}))


def roots(service: Service, now: datetime = NOON) -> DayRoots:
    return DayRoots(service.database, service.regency, lambda: now, ChainFiles(service.settings.data_dir))


async def filed(service: Service, **changes: object) -> str:
    return await a_ticket(service.database, regency=service.regency, **changes)


async def a_day_later(service: Service) -> None:
    """The day of the reports is over, and its root is made."""
    await roots(service, NOON + timedelta(days=1)).look()


async def run_sql(service: Service, *statements: str) -> None:
    async with service.database.writing() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def verified(*words: str) -> tuple[int, str]:
    """How the command ends, and what it prints."""
    outcome = await asyncio.to_thread(CliRunner().invoke, lapor, ["case", "verify", *words])
    if outcome.exception and not isinstance(outcome.exception, CommandFailed):
        raise outcome.exception
    return outcome.exit_code, outcome.stdout.replace("\n", " ")


@pytest.mark.thorough
async def test_what_nobody_touched_verifies_before_and_after_its_day_has_a_root(service: Service) -> None:
    await roots(service).look()
    for number in range(3):
        await filed(service, draft_key=f"d{number}")
    assert await verified() == (0, "3 cases are as they were written. ")
    await a_day_later(service)
    assert await verified() == (0, "3 cases are as they were written. ")
    code, told = await verified("--json")
    assert (code, json.loads(told)) == (0, {"cases": 3, "late": 0, "faults": {}, "whole": []})


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE cases SET deadline = '2030-01-01' WHERE ticket = '{ticket}'", "column deadline"),
        ("UPDATE cases SET category = NULL WHERE ticket = '{ticket}'", "column category"),
        ("UPDATE cases SET type = 'aspiration' WHERE ticket = '{ticket}'", "column type"),
        ("UPDATE cases SET visibility = 'secret' WHERE ticket = '{ticket}'", "column visibility"),
        ("UPDATE cases SET filed_at = '2020-01-01 00:00:00' WHERE ticket = '{ticket}'", "column filed_at"),
        ("UPDATE cases SET handling_class = 'information' WHERE ticket = '{ticket}'", "column handling_class"),
        ("UPDATE cases SET due_on = NULL WHERE ticket = '{ticket}'", "column due_on"),
        ("UPDATE cases SET next_due_at = NULL WHERE ticket = '{ticket}'", "column next_due_at"),
        ("UPDATE cases SET village = '64.09.01.2001' WHERE ticket = '{ticket}'", "column village"),
        ("UPDATE cases SET reporter = 'telegram:budi' WHERE ticket = '{ticket}'", "who reported it"),
        ("UPDATE cases SET status = 'closed' WHERE ticket = '{ticket}'", "does not stand where its events say"),
        ("UPDATE case_events SET why = 'x' WHERE ticket = '{ticket}' AND number = 2", "event 2 was changed"),
        ("DELETE FROM case_words WHERE ticket = '{ticket}'", "the words of event 1 are gone"),
        ("UPDATE case_words SET story = 'x' WHERE ticket = '{ticket}'", "the words of event 1 are not those"),
        ("DELETE FROM case_links WHERE ticket = '{ticket}' AND number = 1", "event 1 has no link"),
        ("UPDATE case_links SET facts = '' WHERE ticket = '{ticket}'", "the link of event 2 was not made here"),
        ("UPDATE case_roots SET root = '00'", "is not the one that is kept outside"),
        ("DELETE FROM case_roots", "its root is kept outside the database, and gone from it"),
        ("DELETE FROM installation", "not the one that was sealed here"),
    ],
)
async def test_what_is_changed_in_the_database_is_named(service: Service, statement: str, named: str) -> None:
    await roots(service).look()
    ticket = await filed(service)
    await filed(service, draft_key="another")
    await a_day_later(service)
    await run_sql(service, statement.format(ticket=ticket))
    code, told = await verified()
    assert (code, named in told) == (1, True), told


async def test_a_whole_case_that_is_deleted_is_named_with_the_day(service: Service) -> None:
    await roots(service).look()
    ticket = await filed(service)
    await a_day_later(service)
    tables = ("cases", "case_events", "case_words", "case_links", "case_attachments")
    await run_sql(service, *(f"DELETE FROM {table} WHERE ticket = '{ticket}'" for table in tables))  # noqa: S608 - our own names
    code, told = await verified()
    assert code == 1
    assert f"{ticket}: event 1 is gone, and the links of 2026-03-02" in told
    assert "2026-03-02: its links are not those of which its root was made" in told


async def test_a_chain_that_is_written_anew_from_the_start_is_named(service: Service) -> None:
    await roots(service).look()
    ticket = await filed(service)
    async with service.database.writing() as connection:
        previous = BEGINNING
        for event in await SqlCaseBook(connection).events(ticket):
            forged = seal(replace(event, at=event.at - timedelta(days=9)), previous)
            previous = forged.hash
            statement = "UPDATE case_events SET at = :at, previous_hash = :before, hash = :hash WHERE number = :number"
            values = {"before": forged.previous_hash, "hash": forged.hash, "number": event.number}
            await connection.execute(text(statement), values | {"at": forged.at.replace(tzinfo=None).isoformat(" ")})
    code, told = await verified()
    assert (code, f"{ticket}: the link of event 1 was not made here" in told) == (1, True)


@pytest.mark.thorough
@pytest.mark.parametrize("with_our_key", [True, False])
async def test_a_case_of_another_installation_is_none_of_ours(
    service: Service, tmp_path: Path, *, with_our_key: bool
) -> None:
    await roots(service).look()
    ticket = await filed(service)
    shutil.copy(service.database.file or "", tmp_path / "empty.db")
    other = of_file(tmp_path / "other.db", tmp_path / "other")
    if not with_our_key:
        seal_with(other.database, chain_keys_of(b"another key"))
    await _empty(other, tmp_path / "empty.db")
    theirs = await filed(other)
    async with other.database.reading() as reading, service.database.writing() as writing:
        for table in ("cases", "case_events", "case_words", "case_links"):
            await writing.execute(text(f"DELETE FROM {table} WHERE ticket = '{ticket}'"))  # noqa: S608 - our own names
            rows = await reading.execute(text(f"SELECT * FROM {table} WHERE ticket = '{theirs}'"))  # noqa: S608
            for row in rows.mappings():
                names = ", ".join(f'"{name}"' for name in row if name != "id")
                marks = ", ".join(f":{name}" for name in row if name != "id")
                await writing.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), dict(row))  # noqa: S608
    await other.database.close()
    code, told = await verified()
    assert (code, f"{theirs}: the link of event 1 was not made here" in told) == (1, True)


async def _empty(service: Service, template: Path) -> None:
    shutil.copy(template, service.database.file or "")
    tables = ("cases", "case_events", "case_words", "case_links", "installation", "case_statistics")
    await run_sql(service, *(f"DELETE FROM {table}" for table in tables))  # noqa: S608 - our own names


@pytest.mark.thorough
async def test_cases_from_before_the_upgrade_are_sealed_as_they_stand_and_said_to_prove_less(service: Service) -> None:
    unkeyed = Database(service.settings.database_url)
    await a_ticket(unkeyed, regency=service.regency)
    await unkeyed.close()
    await roots(service).look()
    code, told = await verified()
    assert (code, "1 cases have events from before they were sealed" in told) == (0, True)
    await run_sql(service, "UPDATE cases SET category = NULL")
    assert "column category" in (await verified())[1]


async def test_what_is_put_in_after_that_day_is_not_sealed_late(service: Service) -> None:
    await roots(service).look()
    unkeyed = Database(service.settings.database_url)
    ticket = await a_ticket(unkeyed, regency=service.regency)
    await unkeyed.close()
    await run_sql(service, "UPDATE installation SET sealed = ''")
    await roots(service).look()
    code, told = await verified()
    assert code == 1
    assert "what says so was taken out of it" in told
    await run_sql(service, "UPDATE installation SET sealed = '00'")
    async with service.database.reading() as connection:
        assert await links_of(connection, ticket) == {}


async def test_what_is_erased_leaves_a_signed_tombstone(service: Service) -> None:
    await roots(service).look()
    ticket = await filed(service)
    async with service.database.writing() as connection:
        book = SqlCaseBook(connection)
        await book.rename_reporter({ticket: "telegram:!left-1"})
        await book.erase_hers([ticket])
    assert await verified() == (0, "1 cases are as they were written. ")
    await run_sql(service, "UPDATE case_erasures SET mark = '00'")
    code, told = await verified()
    assert (code, "nothing signed says that they were erased" in told) == (1, True)


@pytest.mark.thorough
async def test_her_proof_shows_that_a_deleted_case_was_there(service: Service, tmp_path: Path) -> None:
    await roots(service).look()
    ticket = await filed(service)
    await a_day_later(service)
    async with service.database.reading() as connection:
        proof = await proof_of(connection, ticket)
    assert proof
    file = tmp_path / "proof.json"
    file.write_text(proof.written(), encoding="utf-8")
    code, told = await verified("--proof", str(file), "--root", proof.root.hex())
    assert (code, "is there as it was" in told) == (0, True)
    assert (await verified("--proof", str(file), "--root", "00"))[0] == 1
    await run_sql(service, "DELETE FROM case_links", "DELETE FROM case_events", "DELETE FROM cases")
    code, told = await verified("--proof", str(file))
    assert (code, f"event 2 of {ticket} is gone" in told) == (1, True)


@pytest.mark.thorough
async def test_a_copied_database_verifies(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await roots(service).look()
    await filed(service)
    await a_day_later(service)
    copy = of_file(tmp_path / "copy.db", service.settings.data_dir)
    await schema.upgrade(copy.database)
    async with service.database.reading() as source, copy.database.writing() as target:
        await copy_everything(source, target, lambda _: None)
    await copy.database.close()
    monkeypatch.setattr("bot.cli.serving.assemble", lambda _: copy)
    assert await verified() == (0, "1 cases are as they were written. ")


async def test_what_is_kept_outside_is_for_its_owner_alone(service: Service) -> None:
    await filed(service)
    await a_day_later(service)
    folder = ChainFiles(service.settings.data_dir).folder
    modes = {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert (modes, len(list(folder.iterdir()))) == ({0o600}, 3)


@pytest.mark.thorough
async def test_each_event_is_sealed_with_the_case_as_it_left_it(service: Service) -> None:
    await roots(service).look()
    ticket = await filed(service)
    outcome = await asyncio.to_thread(CliRunner().invoke, lapor, ["case", "forward", ticket, "dishub"])
    assert (outcome.exit_code, await verified()) == (0, (0, "1 cases are as they were written. "))
    await run_sql(service, "UPDATE cases SET agency = 'pupr'")
    assert "column agency" in (await verified())[1]
