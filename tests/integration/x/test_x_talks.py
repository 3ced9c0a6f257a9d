"""Whole talks by X, over HTTP both ways: they read as in the core, in plain text."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.channels.x.declaration import X
from tests.conversations.talks import FILES, TALKS, held_in_core
from tests.talks.channels import IN_PLAIN_TEXT, eyes_of
from tests.talks.messages import rendered
from tests.talks.performance import hold
from tests.talks.world import World
from tests.talks.x import XStage

EYES = eyes_of(X.abilities)
FILES_OF_X = [file for file in FILES if file.stem in IN_PLAIN_TEXT and EYES.can_hold(TALKS[file])]
"""Of the talks in plain text, those that need no files and no position."""


@pytest.mark.parametrize("file", FILES_OF_X, ids=lambda file: file.stem)
def test_x_talks_as_the_core_does(file: Path) -> None:
    core, held = held_in_core(file, EYES), asyncio.run(hold(TALKS[file], XStage(World(TALKS[file].settings))))
    expected = [[rendered(message) for message in EYES.see(messages)] for messages in core.answers]
    assert [[rendered(message) for message in messages] for messages in held.answers] == expected
    assert held.cases == core.cases


def test_most_talks_in_plain_text_can_be_held() -> None:
    assert len(FILES_OF_X) > len(IN_PLAIN_TEXT) / 2
