"""The talks of `tests/conversations`, held in a browser: the same core says the same there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.conversations.talks import FILES, TALKS, held_in_core, missing_in
from tests.talks.channels import IN_BUTTONS, Eyes, Gift
from tests.talks.messages import How, Message, rendered
from tests.talks.performance import hold
from tests.talks.world import World
from tests.unit.web.stage import WebStage

pytestmark = pytest.mark.thorough

WEB = Eyes(
    lacks=frozenset({Gift.STICKERS, Gift.EDITS, Gift.GROUPS, Gift.NAME, Gift.REPLIES, Gift.DOCUMENTS}),
    cuts_long_messages=False,
)
HELD = [file for file in FILES if WEB.can_hold(TALKS[file])]


def as_a_page_stands(messages: list[Message]) -> list[str]:
    """What was changed stands above what is new."""
    return sorted((rendered(message) for message in messages), key=lambda text: text)


@pytest.mark.parametrize("file", [file for file in HELD if file.stem in IN_BUTTONS], ids=lambda file: file.stem)
def test_a_browser_talks_as_the_core_does(file: Path) -> None:
    talk = TALKS[file]
    held = asyncio.run(hold(talk, WebStage(World(talk.settings))))
    core = held_in_core(file)
    expected = [as_a_page_stands(WEB.see(messages)) for messages in core.answers]
    assert [as_a_page_stands(messages) for messages in held.answers] == expected
    assert held.cases == core.cases


def test_the_chosen_talks_have_everything_that_a_browser_shows() -> None:
    assert len(HELD) > len(FILES) * 2 / 3
    assert How.RETIRED in WEB.sees
    assert missing_in(HELD) == {}
