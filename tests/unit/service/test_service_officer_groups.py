"""`lapor officer group`: a one-time code for the group of an agency, and the list of those that are bound."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from actions.store.messages.groups import SqlGroups
from bot.cli.main import lapor
from bot.main.failures import CommandFailed
from tests.unit.delivery.town import a_service

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
CHAT = "-1002000000001"


@pytest.fixture(autouse=True)
def installation(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.serving.assemble", lambda _: a_service(database_file))


def officer(*words: str) -> Result:
    return CliRunner().invoke(lapor, ["officer", *words])


async def is_bound(file: Path) -> None:
    service = a_service(file)
    async with service.database.writing() as connection:
        await SqlGroups(connection).bind(CHAT, "dpupr", 1, AT)
    await service.database.close()


def test_a_one_time_code_is_printed_and_kept_nowhere(database_file: Path) -> None:
    done = officer("group", "dpupr")
    [code] = re.findall(
        r"writes there: /ikat ([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})\n", done.stdout.replace("\n/", " /")
    )
    kept = b"".join(file.read_bytes() for file in database_file.parent.iterdir() if file.is_file())
    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept


def test_an_agency_that_there_is_not_has_no_code() -> None:
    assert isinstance(officer("group", "tidak_ada").exception, CommandFailed)


@pytest.mark.thorough
def test_what_is_bound_is_listed_and_let_go(database_file: Path) -> None:
    assert json.loads(officer("groups", "--json").stdout) == []
    asyncio.run(is_bound(database_file))
    bound = {"agency": "dpupr", "chat": CHAT, "since": AT.isoformat()}
    assert json.loads(officer("groups", "--json").stdout) == [bound]
    assert officer("ungroup", "dpupr").exit_code == 0
    assert json.loads(officer("groups", "--json").stdout) == []
    assert isinstance(officer("ungroup", "dpupr").exception, CommandFailed)
