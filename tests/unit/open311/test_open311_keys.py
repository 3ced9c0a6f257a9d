"""`lapor api-key`: a key is shown once, kept as a digest, and opens nothing once it is taken away."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import lapor
from bot.main.assembly import CHANCE, Service
from bot.main.failures import CommandFailed
from tests.unit.delivery.town import a_service
from tests.unit.open311.other_system import OtherSystem

KEY = re.compile(r"lapor_[A-Za-z0-9_-]{43}")


@pytest.fixture(autouse=True)
def installation(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(_: object) -> Service:
        service = a_service(database_file)
        return replace(service, effect_runner=replace(service.effect_runner, chance=CHANCE))

    monkeypatch.setattr("bot.cli.serving.assemble", opened)


async def called(*words: str) -> str:
    outcome = await asyncio.to_thread(CliRunner().invoke, lapor, ["api-key", *words])
    if outcome.exception and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.output


async def test_a_key_is_shown_once_and_opens_until_it_is_taken_away(other: OtherSystem, database_file: Path) -> None:
    [key] = KEY.findall(await called("add", "kota"))
    other.key = key
    number = await other.files()
    assert (await other.case(number)).channel == "api-kota"
    assert key not in await called("list")
    assert key not in str(sqlite3.connect(database_file).execute("SELECT * FROM api_keys").fetchall())
    await called("remove", "kota")
    assert (await other.sends()).status_code == 403
    assert (await other.case(number)).channel == "api-kota"


async def test_a_key_may_be_for_reading_only(other: OtherSystem) -> None:
    [other.key] = KEY.findall(await called("add", "pembaca", "--read-only"))
    assert (await other.sends()).status_code == 403
    assert (await other.asks("/requests.json", api_key=other.key)).status_code == 200


async def test_keys_are_listed_by_name() -> None:
    await called("add", "kota", "--read-only")
    await called("add", "desa")
    told = json.loads(await called("list", "--json"))
    assert [(key["name"], key["may_send"]) for key in told] == [("desa", True), ("kota", False)]


async def test_one_name_has_one_key() -> None:
    await called("add", "kota")
    with pytest.raises(CommandFailed, match="kota has a key already"):
        await called("add", "kota")
    with pytest.raises(CommandFailed, match="there is no key of desa"):
        await called("remove", "desa")


@pytest.mark.parametrize("name", ["Kota", "a", "1kota", "kota lama", "nama-yang-panjang", ""])
async def test_a_name_fits_into_a_channel(name: str) -> None:
    assert "is no name of a key" in " ".join((await called("add", name)).split())
