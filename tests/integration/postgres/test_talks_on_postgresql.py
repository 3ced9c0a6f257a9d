"""Talks held in Telegram with PostgreSQL behind it read and are filed as they are without any database."""

from __future__ import annotations

import asyncio

import pytest

from tests.conversations.talks import TALKS, held_in_core, written_anew
from tests.talks.performance import hold
from tests.talks.telegram import TelegramStage
from tests.talks.world import World

pytestmark = pytest.mark.postgres

EVERY_STATEMENT = (
    "afraid",
    "aspiration_and_information",
    "case_passed_on",
    "doubt_send_too_early",
    "group",
    "nearby_supported",
    "one_tap",
    "own_data_english",
    "own_data_of_a_secret_report",
    "own_merged_then_appealed",
    "own_new_link",
    "own_question_answered_by_replying",
    "own_silence_then_reopened",
    "photos_too_many",
    "weekly_by_words",
)
"""In these, every SQL statement is carried out that any talk carries out: `python -m tests.bench.statements`."""


@pytest.mark.parametrize("name", EVERY_STATEMENT)
def test_on_postgresql_it_talks_as_the_core_does(name: str, postgres_url: str) -> None:
    [file] = [file for file in TALKS if file.stem == name]
    talk = TALKS[file]
    held = asyncio.run(hold(talk, TelegramStage(World(talk.settings), postgres_url)))
    assert talk.with_answers(held.answers).splitlines() == written_anew(file).splitlines()
    assert held.cases == held_in_core(file).cases
