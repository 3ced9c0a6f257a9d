"""Whole talks by WhatsApp, over HTTP both ways: they read as in the core, but for where the buttons stand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.meta.declaration import WHATSAPP
from bot.messaging.layout import placed
from bot.messaging.records import ShownButton
from tests.conversations.talks import FILES, TALKS, held_in_core, missing_in
from tests.integration.whatsapp.stages import TEMPLATES
from tests.talks.channels import IN_BUTTONS, Gift, eyes_of, gifts_of
from tests.talks.messages import How, Message, rendered
from tests.talks.performance import filed_to_the_second, hold
from tests.talks.whatsapp import WhatsAppStage
from tests.talks.world import World

THOROUGH = pytest.mark.thorough
EYES = eyes_of(WHATSAPP.abilities)
EYES = replace(
    EYES,
    lacks=EYES.lacks | {Gift.EDITS, Gift.REPLIES, Gift.LANGUAGE, Gift.OLD_BUTTONS, Gift.NAME},
    cuts_long_messages=False,
)
QUICK = {
    "change_each_part",
    "doubt_see_all",
    "interrupted_by_a_sticker",
    "my_reports",
    "nearby_supported",
    "own_data_in_a_draft",
    "photo_added_on_the_card",
    "restart",
    "same_message_twice",
    "withdrawn",
}
"""Held by `--fast`, too: cards, lists, positions, files, words and a service that begins anew."""
HELD = [file for file in FILES if EYES.can_hold(TALKS[file])]
WITH_NEWS = [file for file in FILES if EYES.lacks & gifts_of(TALKS[file]) == {Gift.NEWS}]
"""Talks in which offices act: without live cards she reads of it otherwise, and the cases are the same."""
LEADING = {"Kirim": "send", "Send": "send", "Ubah": "change", "Change": "change"}
MORE = {"Kirim": "Pilihan lain", "Send": "Other options"}


def laid_out(message: Message) -> Message:
    """The message with its buttons where WhatsApp has a place for them."""
    if message.special:
        return replace(message, labels=tuple(label for label in message.labels if label not in message.special))
    shown = [ShownButton(label, LEADING.get(label, f"press:{number}")) for number, label in enumerate(message.labels)]
    place = placed(shown, WHATSAPP.abilities)
    more = () if place.others_from is None else (MORE.get(message.labels[0], "Pilihan lain"),)
    return replace(message, labels=(*(message.labels[index] for index in place.shown), *more), how=How.SENT)


def in_one(messages: Sequence[Message]) -> list[str]:
    """What is read in a step; a note that has a message of its own elsewhere stands above the next one here."""
    lines = "\n".join(rendered(replace(one, how=How.SENT)) for one in messages).splitlines()
    return [line.removeprefix("< ").removeprefix("  ") for line in lines]


def each(files: Sequence[Path]) -> list[object]:
    return [pytest.param(file, id=file.stem, marks=[] if file.stem in QUICK else [THOROUGH]) for file in files]


@pytest.mark.parametrize("file", each([file for file in HELD if file.stem in IN_BUTTONS]))
def test_whatsapp_talks_as_the_core_does(file: Path) -> None:
    core, held = held_in_core(file, EYES), asyncio.run(hold(TALKS[file], WhatsAppStage(World(TALKS[file].settings))))
    expected = [[laid_out(message) for message in EYES.see(messages)] for messages in core.answers]
    assert [in_one(messages) for messages in held.answers] == [in_one(messages) for messages in expected]
    assert held.cases == core.cases


@pytest.mark.parametrize("file", each(WITH_NEWS))
def test_what_offices_do_comes_to_the_same(file: Path) -> None:
    stage = WhatsAppStage(World(TALKS[file].settings))
    stage.provider.templates = {(name, "id"): 1 for name in TEMPLATES}
    core, held = held_in_core(file, EYES), asyncio.run(hold(TALKS[file], stage))
    assert filed_to_the_second(held.cases) == filed_to_the_second(core.cases)
    assert not stage.provider.refused


def test_the_chosen_talks_have_everything_that_differs_here() -> None:
    assert len(HELD) + len(WITH_NEWS) > 0.8 * len(FILES)
    assert {file.stem for file in HELD} & IN_BUTTONS >= QUICK
    assert missing_in(HELD) == {}
