"""Every talk, held in Telegram with PostgreSQL behind it, reads and files as it does without any database."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.conversations.talks import FILES, TALKS, held_in_core, written_anew
from tests.talks.performance import hold
from tests.talks.telegram import TelegramStage
from tests.talks.world import World

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_on_postgresql_it_talks_as_the_core_does(file: Path, postgres_url: str) -> None:
    talk = TALKS[file]
    held = asyncio.run(hold(talk, TelegramStage(World(talk.settings), postgres_url)))
    assert talk.with_answers(held.answers).splitlines() == written_anew(file).splitlines()
    assert held.cases == held_in_core(file).cases
