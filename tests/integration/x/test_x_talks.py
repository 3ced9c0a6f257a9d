"""Whole talks by X, over HTTP both ways: they read as in the core, in plain text."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.channels.x.declaration import X
from tests.conversations.talks import FILES, TALKS, held_in_core, shapes_in
from tests.talks.channels import IN_PLAIN_TEXT, Gift, eyes_of, gifts_of
from tests.talks.performance import filed_to_the_second, hold
from tests.talks.world import World
from tests.talks.x import XStage

THOROUGH = pytest.mark.thorough
EYES = eyes_of(X.abilities)
HELD = [file for file in FILES if EYES.can_hold(TALKS[file])]
WITH_NEWS = [file for file in FILES if EYES.lacks & gifts_of(TALKS[file]) == {Gift.NEWS}]
"""Talks in which offices act: without live cards she reads of it otherwise, and the cases are the same."""
QUICK = {"change_each_part", "interrupted_by_a_sticker", "longer_than_a_card", "my_reports", "restart", "withdrawn"}
"""Held by `--fast`, too."""
CHOSEN = [file for file in HELD if file.stem in IN_PLAIN_TEXT | QUICK]


def each(files: Sequence[Path]) -> list[object]:
    return [pytest.param(file, id=file.stem, marks=[] if file.stem in QUICK else [THOROUGH]) for file in files]


@pytest.mark.parametrize("file", each(CHOSEN))
def test_x_talks_as_the_core_does(file: Path) -> None:
    core, held = held_in_core(file, EYES), asyncio.run(hold(TALKS[file], XStage(World(TALKS[file].settings))))
    assert [EYES.reads(messages) for messages in held.answers] == [EYES.reads(EYES.see(one)) for one in core.answers]
    assert held.cases == core.cases


@pytest.mark.parametrize("file", each(WITH_NEWS))
def test_what_offices_do_comes_to_the_same(file: Path) -> None:
    core, held = held_in_core(file, EYES), asyncio.run(hold(TALKS[file], XStage(World(TALKS[file].settings))))
    assert filed_to_the_second(held.cases) == filed_to_the_second(core.cases)


def test_the_chosen_talks_have_everything_that_differs_here() -> None:
    assert len(HELD) + len(WITH_NEWS) > 0.7 * len(FILES)
    assert {file.stem for file in HELD} >= QUICK
    assert shapes_in(CHOSEN) == shapes_in(HELD)
