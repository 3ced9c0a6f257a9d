"""A number presses what she had before her: until a message is sent, what stood there before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.events import Pressed, Said
from bot.messaging.earlier_screens import Moments, as_sent, kept
from bot.messaging.records import ChatRecord, EarlierScreen, ShownButton, read_record, write_record
from bot.messaging.turn_plan import as_pressed

NOON, SECOND = datetime(2026, 11, 24, 12, tzinfo=UTC), timedelta(seconds=1)
CARD, FILED, STATUS = (
    (ShownButton(words, press),)
    for words, press in (("Kirim", "send@d1"), ("Lihat status", "status"), ("Tambah keterangan", "own-add"))
)
CHAT = ("sms", "siti")
FIRST, SECOND_NAME = (*CHAT, "2.0"), (*CHAT, "3.0")
RECORD = ChatRecord(shown=STATUS, earlier=(EarlierScreen(CARD, "2.0"), EarlierScreen(FILED, "3.0")), is_numbered=True)


def pressed(moments: Moments, at: datetime, words: str = "1") -> str:
    event = as_pressed(Said(id="e1", at=at, text=words, ref="m1"), as_sent(RECORD, CHAT, moments), {}, plain=True)
    return event.press if isinstance(event, Pressed) else ""


@pytest.mark.parametrize(
    ("moments", "press"),
    [
        ({FIRST: None, SECOND_NAME: None}, "send@d1"),
        ({FIRST: NOON - SECOND / 20, SECOND_NAME: None}, "status"),
        ({FIRST: NOON - 5 * SECOND, SECOND_NAME: None}, "status"),
        ({FIRST: NOON - 5 * SECOND, SECOND_NAME: NOON + SECOND}, "status"),
        ({FIRST: NOON - 5 * SECOND, SECOND_NAME: NOON - 3 * SECOND}, "own-add"),
        ({}, "own-add"),
    ],
    ids=["nothing was sent", "answered at once", "the first was read", "sent since", "all was read", "nobody knows"],
)
def test_a_number_presses_a_button_of_what_could_be_read(moments: Moments, press: str) -> None:
    assert pressed(moments, NOON) == press


def test_a_number_that_nothing_before_had_presses_what_is_shown_now() -> None:
    """What was sent in the moment of a kill was read, though nobody knows it."""
    card = replace(RECORD, shown=(*CARD, *FILED, *CARD))
    event = as_pressed(Said(id="e1", at=NOON, text="3", ref="m1"), as_sent(card, CHAT, {FIRST: None}), {}, plain=True)
    assert isinstance(event, Pressed)
    assert event.press == "send@d1"


def test_where_nothing_stood_open_before_a_number_presses_what_is_shown_now() -> None:
    first = as_sent(ChatRecord(shown=CARD, earlier=kept(ChatRecord(), "2.0")), CHAT, {FIRST: None})
    event = as_pressed(Said(id="e1", at=NOON, text="1", ref="m1"), first, {}, plain=True)
    assert isinstance(event, Pressed)
    assert event.press == "send@d1"


def test_a_clock_that_was_set_back_keeps_nobody_at_what_stood_before() -> None:
    assert pressed({FIRST: NOON, SECOND_NAME: NOON}, NOON - timedelta(hours=1)) == "own-add"


def test_words_press_what_they_name() -> None:
    assert pressed({FIRST: None, SECOND_NAME: None}, NOON, "tambah keterangan") == "own-add"


def test_three_screens_are_kept_and_read_again_as_they_were_written() -> None:
    record = RECORD
    for number in range(4, 8):
        record = ChatRecord(shown=CARD, earlier=kept(record, f"{number}.0"))
    assert [one.replaced_by for one in record.earlier] == ["5.0", "6.0", "7.0"]
    assert read_record(write_record(record)) == record
