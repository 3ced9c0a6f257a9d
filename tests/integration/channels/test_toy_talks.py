"""The channel of the how-to holds every talk of plain text, as its declaration says which these are."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.conversations.talks import FILES, TALKS, held_in_core
from tests.integration.channels.toy import plain
from tests.talks.channels import eyes_of
from tests.talks.messages import rendered
from tests.talks.performance import hold
from tests.talks.plain_text import PlainTextStage
from tests.talks.world import World

pytestmark = pytest.mark.thorough

EYES = eyes_of(plain().declaration.abilities)
HELD = [file for file in FILES if EYES.can_hold(TALKS[file])]


@pytest.mark.parametrize("file", HELD, ids=lambda file: file.stem)
def test_the_toy_talks_as_the_core_does(file: Path) -> None:
    core = held_in_core(file, EYES)
    held = asyncio.run(hold(TALKS[file], PlainTextStage(World(TALKS[file].settings), plain())))
    seen = [[rendered(message) for message in messages] for messages in held.answers]
    assert seen == [[rendered(message) for message in EYES.see(messages)] for messages in core.answers]
    assert held.cases == core.cases


def test_it_holds_more_than_half_of_them() -> None:
    assert len(HELD) > len(FILES) / 2
