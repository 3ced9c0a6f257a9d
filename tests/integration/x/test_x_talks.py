"""Whole talks by X, over HTTP both ways: they read as in the core, in plain text."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.channels.x.declaration import X
from tests.conversations.talks import FILES, TALKS, held_in_core
from tests.talks.channels import IN_PLAIN_TEXT, eyes_of
from tests.talks.performance import hold
from tests.talks.world import World
from tests.talks.x import XStage

EYES = eyes_of(X.abilities)
FILES_OF_X = [file for file in FILES if file.stem in IN_PLAIN_TEXT and EYES.can_hold(TALKS[file])]
"""Of the talks in plain text, those that need no files and no position."""
QUICK = {"change_each_part", "interrupted_by_a_sticker", "longer_than_a_card", "my_reports", "restart", "withdrawn"}
"""Held by `--fast`, too."""
EACH = [
    pytest.param(file, id=file.stem, marks=[] if file.stem in QUICK else [pytest.mark.thorough]) for file in FILES_OF_X
]


@pytest.mark.parametrize("file", EACH)
def test_x_talks_as_the_core_does(file: Path) -> None:
    core, held = held_in_core(file, EYES), asyncio.run(hold(TALKS[file], XStage(World(TALKS[file].settings))))
    assert [EYES.reads(messages) for messages in held.answers] == [EYES.reads(EYES.see(one)) for one in core.answers]
    assert held.cases == core.cases


def test_most_talks_in_plain_text_can_be_held() -> None:
    assert len(FILES_OF_X) > len(IN_PLAIN_TEXT) / 2
