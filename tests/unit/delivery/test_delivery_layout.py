"""Where buttons stand in a channel that shows three of them, or a list: pure, and every button can still be reached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.meta.composing import MOST_BODY, MOST_TEXT, divided, payloads
from bot.channels.meta.declaration import WHATSAPP
from bot.conversation.dialogue import Dialogue
from bot.conversation.effects import Say, Show
from bot.conversation.screen import Button, ButtonKind, Screen, button, line, screen
from bot.messaging.layout import MORE, options_from, others, placed, verb_of
from bot.messaging.outbox_message import Keyboard, OutboxMessage, OutboxMessageKind, WordedButton
from bot.messaging.records import ChatRecord, ShownButton
from bot.messaging.rendering import MessageRenderer
from tests.fakes.whatsapp_rules import refused
from tests.talks.world import declared

ABILITIES = WHATSAPP.abilities
AT_REVIEW = ChatRecord(Dialogue(step="review"))
NAMES = st.text("abcdefgh ", min_size=1, max_size=40)


def buttons(count: int, *leading: str, words: str = "Tombol") -> list[ShownButton]:
    made = [ShownButton(verb.capitalize(), f"{verb}@d1") for verb in leading]
    return [*made, *(ShownButton(f"{words} {number}", f"category:{number}@d1") for number in range(count))]


@pytest.mark.parametrize(
    ("shown", "stand", "is_list", "others_from"),
    [
        (buttons(3), (0, 1, 2), False, None),
        (buttons(0, "send", "change"), (0, 1), False, None),
        (buttons(4, "send", "change"), (0, 1), False, 0),
        (buttons(4, "change", "send"), (1, 0), False, 0),
        (buttons(8), tuple(range(8)), True, None),
        (buttons(2, words="Kerusakan jalan dan jembatan"), (0, 1), True, None),
        (buttons(12), tuple(range(9)), True, 9),
    ],
)
def test_a_card_has_its_two_buttons_and_anything_else_is_a_list(
    shown: list[ShownButton], stand: tuple[int, ...], others_from: int | None, *, is_list: bool
) -> None:
    place = placed(shown, ABILITIES)
    assert (place.shown, place.is_list, place.others_from) == (stand, is_list, others_from)


def test_only_the_button_for_everything_else_asks_for_a_list() -> None:
    assert options_from("options:0") == 0
    assert [options_from(press) for press in ("options", "options:x", "send@d1", "optionsx:1")] == [None] * 4
    assert verb_of("category:jalan@d1") == "category"


def renderer() -> MessageRenderer:
    known = declared()
    return MessageRenderer(known.texts, known.signer, "628", "id", plain=False, abilities=ABILITIES)


def a_card(count: int) -> Screen:
    rows = [[button("send", "send", "d1"), button("change", "change", "d1")]]
    return screen(
        line("review-card"),
        rows=[*rows, *([Button(line("button-rating", count=n), f"rate:{n}")] for n in range(count))],
    )


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 11, 25])
def test_every_button_of_a_card_is_reached_page_by_page(count: int) -> None:
    messages, record = renderer().compose([Show(a_card(count))], AT_REVIEW, "1")
    [card] = messages
    reached = [one.words for row in card.outgoing.rows for one in row]
    first: int | None = 0 if "Pilihan lain" in reached else None
    while first is not None and (page := renderer().options(record, first)):
        assert len(page.rows) <= ABILITIES.rows
        assert refused({"messaging_product": "whatsapp", "to": "628", **payloads(page)[0]}) == 0
        reached += [one.words for row in page.rows for one in row]
        signed = page.rows[-1][0]
        first = options_from(signed.press.partition("~")[0])
    wanted = [one.words for one in record.shown if verb_of(one.press) != MORE]
    assert [words for words in reached if words != "Pilihan lain"] == wanted


def test_what_is_shown_has_numbers_and_the_one_for_everything_else_can_be_typed() -> None:
    _, record = renderer().compose([Show(a_card(4))], AT_REVIEW, "1")
    assert record.is_numbered
    assert record.shown[-1] == ShownButton("Pilihan lain", "options:0")
    assert [number for number, _ in others(record.shown)] == [3, 4, 5, 6]
    assert record.card == ""


def test_a_position_is_asked_for_with_a_line_for_each_other_button() -> None:
    share = Button(line("button-share-place"), "share-place", ButtonKind.SHARE_PLACE)
    asked = screen(
        line("place-ask"), rows=[[share], [button("skip", "skip"), button("cancel", "cancel")]], as_keyboard=True
    )
    [message], record = renderer().compose([Show(asked)], AT_REVIEW, "1")
    assert message.outgoing.text.splitlines()[-2:] == ["1) Lewati", "2) Batal"]
    assert message.outgoing.keyboard is Keyboard.INLINE
    assert payloads(message.outgoing)[0]["interactive"]["type"] == "location_request_message"
    assert not record.has_reply_keyboard


def test_a_confirmation_may_go_as_a_template() -> None:
    [told], _ = renderer().compose([Say(screen(line("filed-follow")), name="LP-7KD3-M9XK.card")], ChatRecord(), "1")
    assert (told.outgoing.template, told.outgoing.facts) == ("received", (("ticket", "LP-7KD3-M9XK"),))
    [said], _ = renderer().compose([Say(screen(line("filed-follow")))], ChatRecord(), "1")
    assert said.outgoing.template == ""


# Within the limits of one message -------------------------------------------------------------------------------


@given(text=st.text("ab \n", max_size=9000), names=st.lists(NAMES, max_size=10), in_list=st.booleans())
def test_whatever_is_sent_is_within_the_limits(text: str, names: list[str], *, in_list: bool) -> None:
    rows = tuple(
        (WordedButton(f"{n}{name}", f"press:{n}", number=n),) for n, name in enumerate(names[: 10 if in_list else 3], 1)
    )
    message = OutboxMessage(OutboxMessageKind.MESSAGE, text, rows, list_words="Pilih" if in_list else "")
    sent = payloads(message)
    assert all(refused({"messaging_product": "whatsapp", "to": "628", **one}) == 0 for one in sent)
    if not rows:
        assert bool(sent) == bool(text.strip())


@given(st.text("ab \n", max_size=300), st.integers(5, 50))
def test_a_divided_text_loses_no_word(text: str, most: int) -> None:
    pieces = divided(text, most)
    assert all(0 < len(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_text_too_long_for_buttons_keeps_them_on_its_last_message() -> None:
    text = "\n".join(f"Baris {number} dari laporan yang panjang sekali" for number in range(60))
    message = OutboxMessage(OutboxMessageKind.MESSAGE, text, ((WordedButton("Kirim", "send", number=1),),))
    first, last = payloads(message)
    assert first["type"] == "text"
    assert len(first["text"]["body"]) <= MOST_TEXT
    assert len(last["interactive"]["body"]["text"]) <= MOST_BODY
    assert f"{first['text']['body']}\n{last['interactive']['body']['text']}" == text
