"""`lapor rule`: an admin accepts or declines what re-routed cases propose. `lapor demo`: cases to look at."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from actions.cases.actions import CaseAction
from actions.cases.case import Location, Status
from actions.cases.verifying import fault_of
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.histories import histories
from actions.store.engine.database import Database
from actions.store.engine.settings_changes import SettingsChange, latest_settings_changes
from actions.store.messages.messages import backlog
from bot.cli import setup
from bot.cli.main import lapor
from bot.main.assembly import DEFAULTS, Service
from bot.main.failures import CommandFailed
from bot.ops.demo import filling
from bot.web.desk.settings.files import RegencyFiles
from tests.unit.delivery.case_office import CaseOffice, admin
from tests.unit.delivery.town import a_service, assembled

PLACES = tuple(enumerate(Location(district=f"64.09.0{number}") for number in (1, 1, 2, 3)))
PROPOSED = "1 jalan - perkimtan 3"
RIGHT = "1 of 4 cases were routed right the first time (25%)."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The regency's own files, to be written to."""
    return Path(shutil.copytree(DEFAULTS, tmp_path / "regency", ignore=shutil.ignore_patterns("nlu")))


@pytest.fixture(autouse=True)
def installation(database_file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(_: object) -> Service:
        service = a_service(database_file)
        return replace(service, settings=service.settings.model_copy(update={"config_dir": folder}))

    monkeypatch.setattr("bot.cli.serving.assemble", opened)


async def called(*words: str) -> str:
    """What a command prints, its spaces drawn together."""
    outcome = await asyncio.to_thread(CliRunner().invoke, lapor, words)
    if outcome.exception:
        raise outcome.exception
    return " ".join(outcome.stdout.split())


async def move_three(database_file: Path) -> None:
    """Of four cases about roads in several districts three are passed on to the same agency."""
    database = Database(f"sqlite:///{database_file}")
    office = CaseOffice(database)
    tickets = [(await office.files(reporter=f"telegram:r{number}", location=place)).ticket for number, place in PLACES]
    for ticket in tickets[1:]:
        await office.does(ticket, CaseAction.PASS_ON, admin("dpupr"), agency="perkimtan")
    await database.close()


async def changes(database_file: Path) -> list[SettingsChange]:
    """What was changed in the files of the regency, as the desk lists it."""
    database = Database(f"sqlite:///{database_file}")
    async with database.reading() as connection:
        found = await latest_settings_changes(connection, 9)
    await database.close()
    return [past.change for past in found]


async def test_three_alike_propose_a_rule_and_the_share_is_told(database_file: Path) -> None:
    await move_three(database_file)
    assert await called("rule", "list") == f"number category region agency cases {PROPOSED} {RIGHT}"


@pytest.mark.thorough
async def test_an_accepted_rule_stands_in_the_file_and_is_not_proposed_again(database_file: Path, folder: Path) -> None:
    await move_three(database_file)
    before = (folder / "routing.csv").read_text(encoding="utf-8")
    await called("rule", "accept", "1")
    assert (folder / "routing.csv").read_text(encoding="utf-8") == before + "jalan,,,perkimtan,1\n"
    assert (await called("rule", "list")).startswith("No rule is proposed.")


async def test_a_declined_rule_is_not_proposed_again_and_changes_nothing(database_file: Path, folder: Path) -> None:
    await move_three(database_file)
    before = (folder / "routing.csv").read_bytes()
    await called("rule", "decline", "1")
    assert (folder / "routing.csv").read_bytes() == before
    assert (await called("rule", "list")).startswith("No rule is proposed.")


async def test_a_rule_that_the_regency_would_not_load_with_is_not_written(database_file: Path, folder: Path) -> None:
    await move_three(database_file)
    broken = (folder / "routing.csv").read_text(encoding="utf-8") + "jalan,,,perkimtan,1\n"
    (folder / "routing.csv").write_text(broken, encoding="utf-8")
    with pytest.raises(CommandFailed, match="the rule does not fit"):
        await called("rule", "accept", "1")
    assert (folder / "routing.csv").read_text(encoding="utf-8") == broken


async def test_who_brought_it_in_stands_among_the_changes_of_the_desk(database_file: Path, folder: Path) -> None:
    await move_three(database_file)
    before = (folder / "routing.csv").read_text(encoding="utf-8")
    await called("rule", "accept", "1")
    [past] = await changes(database_file)
    assert (past.file, past.who, past.name.partition(":")[0]) == ("routing.csv", "terminal", "terminal")
    assert past.why == "Aturan dari 3 laporan yang dipindahkan ke instansi yang sama"
    assert (past.before, past.after) == (before, before + "jalan,,,perkimtan,1\n")


@pytest.mark.thorough
async def test_what_an_admin_changes_meanwhile_is_not_written_over(
    database_file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await move_three(database_file)
    save, before = RegencyFiles.save, (folder / "routing.csv").read_text(encoding="utf-8")
    by_an_admin = f"{before}jalan,,aspiration,perkimtan,7\n"

    def saves_later(files: RegencyFiles, name: str, text: str, known: str) -> None:
        save(files, name, by_an_admin, files.read(name).print)
        save(files, name, text, known)

    monkeypatch.setattr(RegencyFiles, "save", saves_later)
    with pytest.raises(CommandFailed, match="somebody else has just changed"):
        await called("rule", "accept", "1")
    assert (folder / "routing.csv").read_text(encoding="utf-8") == by_an_admin
    assert await changes(database_file) == []
    assert PROPOSED in await called("rule", "list")


async def test_a_number_that_is_not_in_the_list_is_told_so() -> None:
    with pytest.raises(CommandFailed, match="no rule of number 7 is proposed"):
        await called("rule", "accept", "7")


@pytest.mark.thorough
async def test_the_demo_has_every_status_and_every_agency_and_sends_nothing(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "CASES_AT_ONCE", 10)
    monkeypatch.setattr(setup, "LINE_EVERY", 10)
    said = await called("demo", "--cases", "70")
    assert re.findall(r"(\d+) of 70 cases", said) == ["10", "70"], "a long command says how far it is"
    database = Database(f"sqlite:///{database_file}")
    async with database.reading() as connection:
        cases = await SqlCaseBook(connection).latest(None)
        unsent = (await backlog(connection)).outbox
    stored = [one async for one in histories(database)]
    await database.close()
    held = {event.agency for one in stored for event in one.events}
    assert len(cases) == 70
    assert Counter(case.status for case in cases).keys() == set(Status)
    assert held == assembled().regency.agencies.keys()
    assert unsent == 0
    assert [one.ticket for one in stored if fault_of(one, assembled().regency)] == []


async def test_the_demo_leaves_a_database_with_cases_alone(database_file: Path) -> None:
    await move_three(database_file)
    with pytest.raises(CommandFailed, match="there are cases already"):
        await called("demo")
