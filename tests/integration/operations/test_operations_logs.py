"""Nothing of a citizen's is in what a service writes beside its database, and no secret, whatever comes or fails."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.integration.operations.everything import Ran, everything
from tests.integration.operations.marks import DATABASE_PASSWORD, MARKS, PHONE, WORDS, all_that_was_written
from tests.integration.process.commands import lapor

pytestmark = pytest.mark.slow

FAILURES = {
    "message_impossible",
    "message_later",
    "message_unreadable",
    "not_understood",
    "telegram_state",
    "turn_failed",
    "file_refused",
    "file_later",
    "chat_unreachable",
}
"""All of these have to have happened, or nothing was shown."""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A service to which everything happened."""
    return asyncio.run(everything(tmp_path_factory.mktemp("everything")))


@pytest.fixture(scope="module")
def lines(ran: Ran) -> list[dict[str, Any]]:
    """What it logged."""
    return [json.loads(line) for line in (ran.folder / "stderr").read_text(encoding="utf-8").splitlines()]


def found_in(written: str, marks: dict[str, str]) -> list[str]:
    """What of these is to be seen, by its name alone."""
    return [what for what, mark in marks.items() if mark in written]


def test_nothing_of_a_citizens_and_no_secret_is_written(ran: Ran) -> None:
    token = {"token": ran.token, "secret of the token": ran.token.partition(":")[2]}
    assert found_in(all_that_was_written(ran.folder), MARKS | token) == []


def test_no_chat_and_no_ticket_is_written(ran: Ran) -> None:
    people = {f"chat {place}": chat for place, chat in enumerate(ran.chats)}
    tickets = {f"ticket {place}": ticket for place, ticket in enumerate(ran.tickets)}
    assert len(ran.chats) >= 6
    assert tickets
    assert found_in(all_that_was_written(ran.folder), people | tickets) == []


def test_but_each_failure_is(lines: list[dict[str, Any]]) -> None:
    assert FAILURES - {line["event"] for line in lines} == set()
    assert any(line["event"].endswith("for_database") for line in lines)


def test_each_line_says_when_what_and_how_bad(lines: list[dict[str, Any]]) -> None:
    assert {tuple(sorted({"event", "level", "timestamp"} & line.keys())) for line in lines} == {
        ("event", "level", "timestamp")
    }


def test_a_turn_is_followed_by_its_id_from_the_inbox_to_the_phone(lines: list[dict[str, Any]]) -> None:
    told = defaultdict(set)
    for line in lines:
        for turn in [line["turn"]] if "turn" in line else line.get("turns", ()):
            told[turn].add(line["event"])
    assert any(events >= {"turn_worked", "case_filed", "message_sent"} for events in told.values())
    assert {"not_understood", "turn_failed", "message_later"} <= set().union(*told.values())


def test_a_file_is_followed_from_its_turn_to_its_end(lines: list[dict[str, Any]]) -> None:
    wanted = {file for line in lines if line["event"] == "turn_worked" for file in line.get("files", ())}
    ended = {line["file"] for line in lines if line["event"] in {"file_refused", "file_kept"}}
    assert ended
    assert ended <= wanted


@pytest.mark.asyncio
async def test_a_talk_in_the_terminal_is_nowhere_but_on_the_terminal(tmp_path: Path) -> None:
    said = f"lampu {WORDS} mati di jl provinsi, hubungi {PHONE}\nkirim\n"
    talk = await lapor(tmp_path, "chat", told=said, log="debug", secret_key=MARKS["secret_key"])
    assert talk.code == 0
    assert WORDS in talk.stdout
    assert found_in(talk.stderr + all_that_was_written(tmp_path / "var"), MARKS) == []
    assert "turn_worked" in talk.stderr


@pytest.mark.asyncio
@pytest.mark.parametrize("words", [("start",), ("db", "check"), ("doctor",), ("config",)])
async def test_no_command_shows_the_password_of_the_database(tmp_path: Path, words: tuple[str, ...]) -> None:
    url = f"postgresql://lapor:{DATABASE_PASSWORD}@127.0.0.1:1/lapor"
    ended = await lapor(tmp_path, *words, database_url=url, log="debug")
    assert DATABASE_PASSWORD not in ended.stdout + ended.stderr
