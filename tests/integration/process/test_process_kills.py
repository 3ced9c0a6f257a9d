"""SIGKILL at random moments while people write: nothing is lost, nothing filed twice, nothing told out of order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from tests.fakes.telegram_chats import Meaning
from tests.integration.process.kills import Setup, kill_again_and_again
from tests.integration.process.verdict import heard_twice, is_told, wrong_reports, wrong_updates, wrongly_told

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

KILLS = 5


async def survives(folder: Path, setup: Setup) -> None:
    dice = random.Random(random.random())  # noqa: S311 - pytest-randomly gives the seed
    town, house = await kill_again_and_again(folder, KILLS, dice, setup)
    books = setup.books(folder)
    assert town.kills == KILLS
    assert len(town.reports) > KILLS
    assert wrong_updates(town, books) == []
    assert wrong_reports(town, books) == []
    assert wrongly_told(town, books) == []
    assert 0 <= heard_twice(town, books) <= KILLS * len(town.citizens)
    assert house.errors == []


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_five_kills_on_sqlite_lose_nothing_and_file_nothing_twice(tmp_path: Path, mode: str) -> None:
    await survives(tmp_path, Setup(mode))


@pytest.mark.postgres
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_five_kills_on_postgresql_lose_nothing_and_file_nothing_twice(
    tmp_path: Path, mode: str, postgres_url: str
) -> None:
    await survives(tmp_path, Setup(mode, postgres_url))


def letter(text: str, kind: OutboxMessageKind = OutboxMessageKind.MESSAGE) -> OutboxMessage:
    return OutboxMessage(kind, text)


def meaning(text: str) -> Meaning:
    return Meaning(text, [], 1)


@pytest.mark.parametrize(
    ("said", "kills", "told"),
    [
        ("abc", [], True),
        ("abbc", [2], True),
        ("abbbc", [2, 3], True),
        ("abbc", [1], False),
        ("abbbc", [2], False),
        ("ac", [1], False),
        ("acb", [], False),
        ("abcd", [3], False),
    ],
)
async def test_what_is_told_twice_is_only_forgiven_across_a_kill(said: str, kills: list[int], *, told: bool) -> None:
    assert is_told([meaning(text) for text in said], [letter(text) for text in "abc"], kills) is told
