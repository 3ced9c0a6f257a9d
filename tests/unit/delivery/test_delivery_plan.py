"""What is one turn, and what presses a button."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.dialogue import Dialogue
from bot.conversation.draft import Draft
from bot.conversation.events import Event, Pressed, Said, SentOther
from bot.conversation.officer_events import PressedAsOfficer
from bot.messaging.button_words import pressed_by
from bot.messaging.outbox_message import ButtonSigner
from bot.messaging.records import ChatRecord, ShownButton
from bot.messaging.turn_plan import EVENTS_A_TURN, FORGED, TurnPlan, Waiting, plan_turn
from tests.unit.delivery.town import NOON

SIGNER = ButtonSigner(b"a key for tests")
ALWAYS_PRESSABLE = {"send": "Kirim", "change": "Ubah", "skip": "Lewati", "back": "Kembali", "cancel": "Batal"}
DRAFT = Draft(key="d1", opened_at=NOON, touched_at=NOON)
CARD = ChatRecord(
    Dialogue(step="review", draft=DRAFT),
    (ShownButton("Kirim", "send@d1"), ShownButton("🗑 Batal", "cancel@d1")),
)


def said(text: str, number: int = 1) -> Said:
    return Said(id=f"e{number}", at=NOON, text=text, ref=f"m{number}")


def pressed(press: str) -> Pressed:
    return Pressed(id="p1", at=NOON, press=press)


def planned(*events: Event, record: ChatRecord = CARD, plain: bool = False) -> TurnPlan:
    waiting = [Waiting(number, event, "", 0) for number, event in enumerate(events, 1)]
    return plan_turn("telegram", "siti", record, waiting, SIGNER, ALWAYS_PRESSABLE, plain=plain)


# Turns --------------------------------------------------------------------------------------------------------


def test_a_button_ends_a_turn() -> None:
    press = pressed(SIGNER.sign("siti", "send@d1"))
    plan = planned(said("lampu mati"), press, said("terima kasih"))
    assert [row.row for row in plan.rows] == [1, 2]


def test_messages_in_a_row_are_one_story() -> None:
    [event] = planned(said("lampu mati", 1), said("di petung", 2)).events
    assert isinstance(event, Said)
    assert (event.text, event.messages) == ("lampu mati\ndi petung", (("m1", "lampu mati"), ("m2", "di petung")))


def test_a_turn_takes_no_more_than_it_can_answer_soon_and_words_in_a_row_are_one() -> None:
    stickers = [SentOther(id=f"e{number}", at=NOON) for number in range(EVENTS_A_TURN)]
    plan = planned(*stickers[1:], said("lampu mati", 50), said("di petung", 51), *stickers)
    assert (len(plan.events), len(plan.rows)) == (EVENTS_A_TURN, EVENTS_A_TURN + 1)


def test_the_same_message_twice_is_said_once() -> None:
    plan = planned(said("lampu mati", 1), said(" lampu mati ", 2))
    assert (len(plan.rows), [event.text for event in plan.events if isinstance(event, Said)]) == (2, ["lampu mati"])


def test_a_command_is_part_of_no_story() -> None:
    plan = planned(said("lampu mati", 1), said("/status", 2), said("di petung", 3))
    assert [event.text for event in plan.events if isinstance(event, Said)] == ["lampu mati", "/status", "di petung"]


def test_a_sticker_divides_a_story() -> None:
    assert len(planned(said("lampu mati", 1), SentOther(id="s", at=NOON), said("di petung", 2)).events) == 3


def test_a_button_of_another_chat_is_forged() -> None:
    [event] = planned(pressed(SIGNER.sign("budi", "send@d1"))).events
    assert isinstance(event, Pressed)
    assert event.press == FORGED


def test_the_words_of_a_button_press_it() -> None:
    [event] = planned(said("KIRIM!")).events
    assert isinstance(event, Pressed)
    assert event.press == "send@d1"


def test_a_word_like_kirim_behind_a_story_waits_until_there_is_something_to_send() -> None:
    plan = planned(said("lampu jalan mati", 1), said("Kirim", 2), record=ChatRecord())
    assert [row.row for row in plan.rows] == [1]


def test_a_wish_behind_a_story_waits_until_there_is_a_report_that_it_is_about() -> None:
    plan = planned(said("pak rt minta uang", 1), said("mau dirahasiakan aja", 2), record=ChatRecord())
    assert [row.row for row in plan.rows] == [1]


def test_a_word_like_kirim_alone_is_no_reason_to_wait() -> None:
    assert len(planned(said("Kirim"), record=ChatRecord()).rows) == 1


# Officers -----------------------------------------------------------------------------------------------------


def test_a_button_of_a_card_is_an_officer_s_and_ends_a_turn() -> None:
    press = SIGNER.sign("siti", "o:accept:22222222:2")
    plan = planned(pressed(press), said("terima kasih"))
    assert plan.events == (PressedAsOfficer(id="p1", at=NOON, press="o:accept:22222222:2", account="siti"),)


def test_in_a_group_each_has_a_turn_for_her_own_button_and_a_forged_one_is_known() -> None:
    events = [PressedAsOfficer(id=f"p{n}", at=NOON, press="o:accept:22222222:2", account=f"{n}") for n in (1, 2)]
    [event] = planned(*events).events
    assert event == replace(events[0], press=FORGED)


def test_words_that_answer_a_message_are_no_part_of_a_story_and_press_nothing_yet() -> None:
    answer, kirim = replace(said("di kiri", 2), reply_to="7"), replace(said("Kirim", 4), reply_to="7")
    assert planned(said("lampu mati", 1), answer, said("di petung", 3)).events[1] == answer
    assert planned(kirim).events == (kirim,)


# Words that press ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Batal", "batal", " BATAL. ", "🗑 Batal", "batal 🙏"])
def test_a_button_is_pressed_by_its_words_whatever_their_looks(words: str) -> None:
    assert pressed_by(words, CARD, ALWAYS_PRESSABLE, plain=False) == "cancel@d1"


@pytest.mark.parametrize("words", ["", "🙏", "...", "batalkan saja", "kirim ke siapa"])
def test_other_words_press_nothing(words: str) -> None:
    assert pressed_by(words, CARD, ALWAYS_PRESSABLE, plain=False) is None


@pytest.mark.parametrize(
    ("words", "press"), [("1", "send@d1"), ("2", "cancel@d1"), ("3", None), ("0", None), ("²", None)]
)
def test_a_number_presses_the_button_of_that_number_in_a_plain_channel(words: str, press: str | None) -> None:
    assert pressed_by(words, CARD, ALWAYS_PRESSABLE, plain=True) == press


def test_a_number_presses_nothing_where_buttons_are_to_be_seen() -> None:
    assert pressed_by("1", CARD, ALWAYS_PRESSABLE, plain=False) is None


def test_of_two_buttons_with_the_same_words_the_last_is_meant() -> None:
    twice = ChatRecord(shown=(ShownButton("Kirim", "send@old"), ShownButton("Kirim", "send@new")))
    assert pressed_by("kirim", twice, ALWAYS_PRESSABLE, plain=False) == "send@new"


def test_a_standing_word_presses_while_a_draft_is_open_whether_it_is_shown_or_not() -> None:
    assert pressed_by("ubah", CARD, ALWAYS_PRESSABLE, plain=False) == "change"


def test_a_wish_in_words_of_her_own_presses_while_a_draft_is_open() -> None:
    record = ChatRecord(Dialogue(step="place", draft=DRAFT))
    assert pressed_by("mau dirahasiakan aja", record, ALWAYS_PRESSABLE, plain=False) == "secret"
    assert pressed_by("mau dirahasiakan aja", ChatRecord(), ALWAYS_PRESSABLE, plain=False) is None


def test_a_standing_word_without_a_draft_is_a_word() -> None:
    assert pressed_by("ubah", ChatRecord(), ALWAYS_PRESSABLE, plain=False) is None


# Signatures ---------------------------------------------------------------------------------------------------


def test_a_signed_button_is_read_back_in_its_own_chat() -> None:
    assert SIGNER.read("siti", SIGNER.sign("siti", "pick:jalan~x@d1")) == "pick:jalan~x@d1"


@pytest.mark.parametrize("forged", ["", "send@d1", "~", "send@d1~", "send@d1~AAAAAAAA", "send@d1~é", "send~@d1"])
def test_what_we_did_not_sign_is_no_button(forged: str) -> None:
    assert SIGNER.read("siti", forged) is None


def test_another_chat_another_key_or_another_word_is_no_button() -> None:
    signed = SIGNER.sign("siti", "send@d1")
    readings = [
        SIGNER.read("budi", signed),
        ButtonSigner(b"another key").read("siti", signed),
        SIGNER.read("siti", signed.replace("d1", "d2")),
    ]
    assert readings == [None, None, None]
