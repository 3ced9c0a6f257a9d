"""`lapor export sp4n`: every public case once, as its schema says, in a file that can be gone on with."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from typer.testing import CliRunner, Result

from actions.cases.case import Case, Location, Status
from bot.cli import export as exporting
from bot.cli.main import lapor
from bot.integrations.sp4n.public_document import SCHEMA
from bot.main.assembly import Service
from tests.unit.open311.other_system import OtherSystem
from tests.unit.web_case.cases import MARKED, NAME, SPOKEN, STORY

SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"


@pytest.fixture(autouse=True)
def installation(other: OtherSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(_: object) -> Service:
        service = other.office.house.service
        return replace(service, links=other.office.links)

    monkeypatch.setattr("bot.cli.serving.assemble", opened)


async def called(*words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, lapor, ["export", "sp4n", *words])


async def exported(*words: str) -> list[dict[str, Any]]:
    outcome = await called(*words)
    if outcome.exception:
        raise outcome.exception
    return lines_of(outcome.stdout)


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


async def some_cases(other: OtherSystem, times: int) -> Sequence[Case]:
    return [await other.office.files(draft_key=f"{number}", reporter=f"telegram:{number}") for number in range(times)]


async def test_every_document_is_as_its_schema_says(other: OtherSystem) -> None:
    await some_cases(other, 2)
    await other.office.files(draft_key="none", category=None, location=Location(spoken="entah"))
    away = Location(outside="Kota Balikpapan", spoken="Balikpapan")
    await other.office.files(draft_key="away", reporter="telegram:away", location=away)
    schema = json.loads((SCHEMAS / f"{SCHEMA}.schema.json").read_text(encoding="utf-8"))
    check = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    documents = await exported()
    assert len(documents) == 4
    assert [error.message for document in documents for error in check.iter_errors(document)] == []
    statuses = schema["properties"]["status"]["enum"]
    assert statuses == [status.value for status in Status]


async def test_nothing_of_a_reporter_and_no_case_that_is_not_public(other: OtherSystem) -> None:
    case = await other.office.files()
    secret = await other.office.files(draft_key="2", reporter="telegram:2", secret=True)
    bribe = await other.office.files(draft_key="3", reporter="telegram:3", category="pungli_korupsi")
    text = (await called()).stdout
    assert [told["number"] for told in lines_of(text)] == [case.ticket]
    kept_back = (*MARKED, STORY, NAME, SPOKEN, "64.09.01.1003", secret.ticket, bribe.ticket)
    assert [mark for mark in kept_back if mark in text] == []


async def test_it_tells_where_a_case_is_who_has_it_and_what_it_is_about(other: OtherSystem) -> None:
    case = await other.office.files()
    [told] = await exported()
    assert told["category"] == {"code": "jalan", "name": "Jalan & jembatan", "group": "jalan_dan_lalu_lintas"}
    assert told["agency"] == {"code": "dpupr", "name": "Dinas Pekerjaan Umum dan Penataan Ruang"}
    assert told["district"] == {"code": "64.09.01", "name": "Penajam"}
    assert (told["address"], told["status"]) == (f"http://lapor.test/t/{case.ticket}", "forwarded")
    assert (told["received_on"], told["due_on"], told["is_late"]) == ("2026-11-24", case.deadline.isoformat(), False)


async def test_only_what_changed_since_a_day(other: OtherSystem) -> None:
    await some_cases(other, 1)
    other.passes(3)
    new = await other.office.files(draft_key="new", reporter="telegram:new")
    assert [told["number"] for told in await exported("--since", "2026-11-26")] == [new.ticket]
    assert len(await exported("--since", "2026-11-24")) == 2


@pytest.mark.thorough
async def test_a_file_is_gone_on_with_from_wherever_it_was_cut(
    other: OtherSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await some_cases(other, 7)
    monkeypatch.setattr(exporting, "CASES_AT_ONCE", 2)
    file = tmp_path / "cases.jsonl"
    assert (await called("--output", str(file))).exit_code == 0
    whole = file.read_bytes()
    assert len(whole.splitlines()) == 7
    for length in (0, 5, len(whole) // 2, len(whole) - 1, len(whole)):
        file.write_bytes(whole[:length])
        assert (await called("--output", str(file), "--resume")).exit_code == 0
        assert file.read_bytes() == whole


async def test_no_file_is_written_over_and_none_of_another_kind_gone_on_with(
    other: OtherSystem, tmp_path: Path
) -> None:
    await some_cases(other, 1)
    file = tmp_path / "letter.txt"
    file.write_text("Yang terhormat\n", encoding="utf-8")
    for words in ([], ["--resume"]):
        assert (await called("--output", str(file), *words)).exit_code == 1
        assert file.read_text(encoding="utf-8") == "Yang terhormat\n"
    assert (await called("--resume")).exit_code == 2
    assert (await called("--since", "kemarin")).exit_code == 2
