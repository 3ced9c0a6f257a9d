"""The one number that fits a danger, and the one for every danger."""

from __future__ import annotations

import pytest

from actions.regency.files import load
from bot.channels.telegram.keyboards import inline
from bot.conversation.catalogue import Helpline
from bot.conversation.screen import ButtonKind
from bot.conversation.talk import hotline_card
from bot.main.assembly import DEFAULTS
from bot.messaging.outbox_message import Keyboard, OutboxMessage, OutboxMessageKind, WordedButton
from bot.services.declared_words import catalogue_of
from bot.understanding.danger.kind import kind_of_danger


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("rumah tetangga terbakar", "fire"),
        ("anak saya hilang di pasar", "search"),
        ("sapi saya hilang sejak kemarin", "any"),
        ("dua kerbau lepas lalu hilang", "any"),
        ("orang hilang waktu mencari sapi", "search"),
        ("orang tenggelam di dermaga", "search"),
        ("kabel listrik putus jatuh di jalan", "power"),
        ("ada orang bawa parang mengamuk", "crime"),
        ("suami saya sedang memukul ibu saya", "violence"),
        ("bapak pingsan tidak bernapas", "medical"),
        ("motor tertabrak truk", "accident"),
        ("tolong cepat", "any"),
    ],
)
def test_what_the_danger_is_is_read_in_its_words(text: str, kind: str) -> None:
    assert kind_of_danger(text) == kind


def test_one_number_that_fits_stands_first_and_then_the_one_for_all() -> None:
    card = hotline_card(catalogue_of(load(DEFAULTS, DEFAULTS)), "rumah tetangga terbakar")
    assert [row[0].press for row in card.rows] == ["113", "112"]
    assert {button.kind for row in card.rows for button in row} == {ButtonKind.CALL}


def test_a_number_for_all_is_named_once() -> None:
    catalogue = catalogue_of(load(DEFAULTS, DEFAULTS))
    assert catalogue.helplines_for("any") == (Helpline("Panggilan darurat", "112"),)
    assert catalogue.helplines_for("flood") == catalogue.helplines_for("any")


def test_telegram_has_no_buttons_to_ring_and_keeps_the_others() -> None:
    call, send = WordedButton("112", "112", ButtonKind.CALL), WordedButton("Kirim", "send")
    both = OutboxMessage(OutboxMessageKind.MESSAGE, "", ((call,), (send,)), Keyboard.INLINE)
    markup = inline(both)
    assert markup is not None
    assert [[button.text for button in row] for row in markup.inline_keyboard] == [["Kirim"]]
    assert inline(OutboxMessage(OutboxMessageKind.MESSAGE, "", ((call,),), Keyboard.INLINE)) is None
