"""`lapor report`: one page that is printed and signed, by the same rules as the public numbers."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import delete
from typer.testing import CliRunner

from actions.store.engine.database import Database
from actions.store.statistics.case_statistics import case_statistics
from bot.cli.main import lapor
from bot.main.failures import CommandFailed
from tests.talks.world import StandingClock
from tests.unit.actions.builders import NOON
from tests.unit.delivery.case_office import CaseOffice
from tests.unit.delivery.town import a_service

MONTH = f"{NOON:%Y-%m}"


@pytest.fixture(autouse=True)
def folder(database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is called."""
    monkeypatch.setattr("bot.cli.serving.assemble", lambda _: a_service(database_file))
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def files(database_file: Path, count: int, *, secret: int = 0) -> None:
    """So many cases in the month of the tests' clock."""
    database = Database(f"sqlite:///{database_file}")
    office = CaseOffice(database, StandingClock(NOON))
    for number in range(count + secret):
        await office.files(reporter=f"telegram:r{number}", secret=number >= count)
    async with database.writing() as connection:
        await connection.execute(delete(case_statistics))
    await database.close()


async def called(*words: str) -> str:
    """What the command prints."""
    outcome = await asyncio.to_thread(CliRunner().invoke, lapor, ["report", *words])
    if outcome.exception and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.stdout if outcome.exit_code == 0 else f"exit {outcome.exit_code}"


async def test_it_is_a_file_whose_name_is_told(database_file: Path, folder: Path) -> None:
    await files(database_file, 7)
    assert (await called("--month", MONTH)).splitlines()[-1] == f"laporan-{MONTH}.html"
    page = (folder / f"laporan-{MONTH}.html").read_text("utf-8")
    assert "Dalam Maret 2026 masuk 7 laporan terbuka." in page
    assert "Bupati / Wali Kota," in page


async def test_old_cases_are_filled_in_first(database_file: Path) -> None:
    await files(database_file, 6)
    assert "masuk 6 laporan terbuka" in await called("--month", MONTH, "--output", "-")


async def test_it_loads_nothing_from_anywhere(database_file: Path) -> None:
    await files(database_file, 6)
    page = await called("--month", MONTH, "--output", "-")
    assert [word for word in ("src=", "href=", "url(", "http", "<script") if word in page] == []


async def test_less_than_five_are_not_divided_and_secret_ones_only_told_as_a_whole(database_file: Path) -> None:
    await files(database_file, 4, secret=6)
    page = await called("--month", MONTH, "--output", "-")
    assert "masuk kurang dari lima laporan terbuka" in page
    assert "Masuk: 5;" in page
    assert "<table>" not in page


@pytest.mark.thorough
async def test_a_month_that_has_not_ended_is_provisional(database_file: Path) -> None:
    await files(database_file, 6)
    assert "Sementara" in await called("--month", MONTH, "--output", "-")
    assert "Sementara" not in await called("--month", "2026-01", "--output", "-")


async def test_it_is_written_in_another_language(database_file: Path) -> None:
    await files(database_file, 6)
    assert "6 open reports were received" in await called("--month", MONTH, "--output", "-", "--language", "en")


async def test_words_that_are_wrong() -> None:
    assert await called("--month", "October") == "exit 2"
    assert await called() == "exit 2"
    with pytest.raises(CommandFailed, match="has not begun"):
        await called("--month", "2199-01")
    with pytest.raises(CommandFailed, match="no language fr"):
        await called("--month", MONTH, "--language", "fr")


async def test_a_file_that_cannot_be_written(database_file: Path) -> None:
    with pytest.raises(CommandFailed, match="cannot be written"):
        await called("--month", MONTH, "--output", "missing/report.html")
