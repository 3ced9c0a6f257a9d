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
from tests.conversations.talks import FILES, TALKS, held_in_core
from tests.talks.channels import Gift, eyes_of
from tests.talks.messages import How, Message, rendered
from tests.talks.performance import hold
from tests.talks.whatsapp import WhatsAppStage
from tests.talks.world import World

EYES = eyes_of(WHATSAPP.abilities)
EYES = replace(
    EYES,
    lacks=EYES.lacks | {Gift.EDITS, Gift.REPLIES, Gift.LANGUAGE, Gift.OLD_BUTTONS, Gift.NAME},
    cuts_long_messages=False,
)
CHOSEN = [
    "change_each_part",
    "doubt_see_all",
    "help_that_was_a_report",
    "interrupted_by_a_sticker",
    "limit_of_filing",
    "model_is_down",
    "my_reports",
    "nearby_supported",
    "own_words_added",
    "photo_added_on_the_card",
    "question_first",
    "restart",
    "same_message_twice",
    "two_matters_as_one",
    "wishes_in_words",
    "withdrawn",
]
"""What differs in WhatsApp is in these: cards, lists, positions, files, words and a service that begins anew."""
FILES_OF_WHATSAPP = [file for file in FILES if file.stem in CHOSEN]
LEADING = {"Kirim": "send", "Ubah": "change"}


def laid_out(message: Message) -> Message:
    """The message with its buttons where WhatsApp has a place for them."""
    if message.special:
        return replace(message, labels=tuple(label for label in message.labels if label not in message.special))
    shown = [ShownButton(label, LEADING.get(label, f"press:{number}")) for number, label in enumerate(message.labels)]
    place = placed(shown, WHATSAPP.abilities)
    more = () if place.others_from is None else ("Pilihan lain",)
    return replace(message, labels=(*(message.labels[index] for index in place.shown), *more), how=How.SENT)


def in_one(messages: Sequence[Message]) -> list[str]:
    """What is read in a step; a note that has a message of its own elsewhere stands above the next one here."""
    lines = "\n".join(rendered(replace(one, how=How.SENT)) for one in messages).splitlines()
    return [line.removeprefix("< ").removeprefix("  ") for line in lines]


@pytest.mark.parametrize("file", FILES_OF_WHATSAPP, ids=lambda file: file.stem)
def test_whatsapp_talks_as_the_core_does(file: Path) -> None:
    assert EYES.can_hold(TALKS[file])
    core, held = held_in_core(file), asyncio.run(hold(TALKS[file], WhatsAppStage(World(TALKS[file].settings))))
    expected = [[laid_out(message) for message in EYES.see(messages)] for messages in core.answers]
    assert [in_one(messages) for messages in held.answers] == [in_one(messages) for messages in expected]
    assert held.cases == core.cases


def test_each_chosen_talk_is_there() -> None:
    assert len(FILES_OF_WHATSAPP) == len(CHOSEN)
