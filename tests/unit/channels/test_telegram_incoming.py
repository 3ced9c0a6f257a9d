"""Every kind of update, as the Bot API writes it, and what it means to us."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs
from telegram import Bot

from bot.channels.telegram.incoming import arrival_of_json
from bot.channels.telegram.sender import event_id
from bot.conversation.events import (
    Edited,
    Event,
    Pressed,
    Said,
    SentOther,
    SentPhoto,
    SharedPlace,
)
from bot.messaging.ports import Arrival
from tests.unit.channels.bot_api import (
    DATE,
    EDITED,
    FILE,
    GROUP,
    NOW,
    PRIVATE,
    SITI,
    event,
    from_siti,
    membership,
    message,
    press,
    read,
    said,
    update,
)

type Json = dict[str, Any]

SIZES = [{**FILE, "file_id": name, "width": w, "height": w} for name, w in (("s", 90), ("l", 1280), ("m", 320))]
PIN = {"latitude": -1.29, "longitude": 116.61}
VENUE = {"location": PIN, "title": "Pasar", "address": "Jl. Provinsi"}
VIDEO = {**FILE, "width": 1, "height": 1, "duration": 1}
CONTACT = {"phone_number": "+62", "first_name": "Budi"}
DICE = {"emoji": "🎲", "value": 3}
POLL = {
    "id": "1",
    "question": "?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
OLD_POLL = {"id": "1", "question": "?"}
STICKER = {
    **FILE,
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
    "type": "regular",
}


def test_words_arrive_with_all_that_names_them() -> None:
    assert read(update("message", said("jalan rusak"))) == Arrival(
        channel="telegram",
        chat="42",
        update_id="1000",
        sequence=1000,
        event=Said(text="jalan rusak", ref="7", **from_siti()),
        message_id="7",
    )


@pytest.mark.parametrize(
    ("members", "kind", "file_id"),
    [
        ({"photo": SIZES}, "photo", "l"),
        ({"document": {**FILE, "file_name": "surat.pdf"}}, "document", "file-1"),
        ({"voice": {**FILE, "duration": 3}}, "voice", "file-1"),
        ({"audio": {**FILE, "duration": 3}}, "voice", "file-1"),
        ({"video": VIDEO}, "video", "file-1"),
        ({"video_note": {**FILE, "length": 1, "duration": 1}}, "video", "file-1"),
        ({"animation": VIDEO, "document": {**FILE, "file_id": "the same"}}, "video", "file-1"),
    ],
)
def test_a_file_arrives_by_its_id(members: Json, kind: str, file_id: str) -> None:
    expected = SentPhoto(kind=kind, file_id=file_id, caption="ini", ref="7", **from_siti())
    assert event(update("message", message(**members, caption="ini"))) == expected


@pytest.mark.parametrize("members", [{"location": PIN}, {"location": {**PIN, "live_period": 900}}, {"venue": VENUE}])
def test_a_pin_arrives_in_degrees(members: Json) -> None:
    assert event(update("message", message(**members))) == SharedPlace(lat=-1.29, lon=116.61, **from_siti())


@pytest.mark.parametrize(
    "members",
    [
        {"sticker": STICKER},
        {"contact": CONTACT},
        {"dice": DICE},
        {"poll": POLL},
        {"a_kind_of_next_year": {"some": "thing"}},
    ],
)
def test_what_has_no_words_arrives_too(members: Json) -> None:
    assert event(update("message", message(**members))) == SentOther(**from_siti())


@pytest.mark.parametrize("part", ["text", "caption"])
def test_edited_words_arrive_with_the_time_of_the_edit(part: str) -> None:
    words: Json = {part: "jembatan rusak"}
    edit = update("edited_message", message(edit_date=DATE + 600, **words))
    assert event(edit) == Edited(ref="7", text="jembatan rusak", **from_siti(EDITED))


@pytest.mark.parametrize(
    "raw",
    [
        update("edited_message", message(edit_date=DATE, location={**PIN, "live_period": 900})),
        update("edited_message", message(edit_date=DATE, photo=SIZES)),
        update("edited_message", said("x", GROUP, edit_date=DATE)),
        update("channel_post", said("x", {"id": -1, "type": "channel", "title": "Kabar"})),
        update("message", message(pinned_message=said("x"))),
        update("message", message(message_auto_delete_timer_changed={"message_auto_delete_time": 86400})),
        update("my_chat_member", membership("member", "kicked", PRIVATE)),
        update("my_chat_member", membership("member", "administrator")),
        update(
            "callback_query",
            {"id": "1", "from": SITI, "chat_instance": "1", "inline_message_id": "1", "data": "x"},
        ),
        update("poll", POLL),
        update("a_kind_of_next_year", {"some": "thing"}),
        {"update_id": 1000},
    ],
)
def test_what_concerns_nobody_is_let_be(raw: Json) -> None:
    assert read(raw) is None


def test_a_pressed_button_arrives_as_signed_and_names_the_press() -> None:
    assert read(update("callback_query", press("send@t1~sig"))) == Arrival(
        channel="telegram",
        chat="42",
        update_id="1000",
        sequence=1000,
        event=Pressed(press="send@t1~sig", **from_siti(NOW)),
        press_id="4400",
        message_id="9",
    )


def test_a_button_of_a_message_too_old_to_be_shown_arrives_too() -> None:
    old = press("send", message={"message_id": 9, "chat": PRIVATE, "date": 0})
    assert event(update("callback_query", old)) == Pressed(press="send", **from_siti(NOW))


def test_a_button_without_data_arrives_so_that_its_waiting_can_be_ended() -> None:
    assert event(update("callback_query", press(None, game_short_name="x"))) == Pressed(press="", **from_siti(NOW))


@pytest.mark.parametrize(
    ("sender", "name", "language"),
    [
        ({"first_name": "Siti"}, "Siti", None),
        ({"first_name": "Siti", "language_code": "pt-BR"}, "Siti", "pt"),
        ({"first_name": "Siti", "language_code": "EN"}, "Siti", "en"),
        ({"first_name": " ", "last_name": " "}, None, None),
        ({"first_name": "Si\0ti\ud800"}, "Siti?", None),
    ],
)
def test_a_sender_is_named_as_she_named_herself(sender: Json, name: str | None, language: str | None) -> None:
    meaning = event(update("message", {**said("x"), "from": {"id": 42, "is_bot": False, **sender}}))
    assert meaning is not None
    assert (meaning.name, meaning.language) == (name, language)


@pytest.mark.parametrize(
    ("content", "meaning"),
    [
        (message(poll=OLD_POLL), SentOther(**from_siti())),
        (said("jalan rusak", external_reply={}), Said(text="jalan rusak", ref="7", **from_siti())),
        (said("rusak", reply_to_message=message(poll=OLD_POLL)), Said(text="rusak", ref="7", **from_siti())),
        (
            message(photo=SIZES, reply_to_message=message(poll=OLD_POLL)),
            SentPhoto(kind="photo", file_id="l", ref="7", **from_siti()),
        ),
    ],
)
def test_a_message_is_heard_although_a_part_of_it_cannot_be_read(content: Json, meaning: Event) -> None:
    arrival = arrival_of_json(update("message", content), None, NOW)
    assert arrival is not None
    assert arrival.event == meaning


def test_a_press_is_heard_although_the_message_above_it_cannot_be_read() -> None:
    pressed = press("send", message=message(poll=OLD_POLL))
    arrival = arrival_of_json(update("callback_query", pressed), None, NOW)
    assert arrival is not None
    assert (arrival.event, arrival.message_id) == (Pressed(press="send", **from_siti(NOW)), "7")


def test_the_same_update_of_another_bot_is_another_update_and_opens_another_draft() -> None:
    arrivals = [arrival_of_json(update("message", said("jalan rusak")), Bot(f"{bot}:token"), NOW) for bot in (7, 8)]
    named = [(arrival.update_id, arrival.event.id) for arrival in arrivals if arrival]
    assert [name for name, _ in named] == ["7:1000", "8:1000"]
    assert len({event for _, event in named}) == 2


def test_words_that_no_database_takes_are_mended() -> None:
    meaning = event(update("message", said("jalan\0 rusak \ud83d")))
    assert meaning == Said(text="jalan rusak ?", ref="7", **from_siti())


@pytest.mark.parametrize(("update_id", "name"), [(0, "t0"), (35, "tz"), (36, "t10"), (2**31, "tzik0zk")])
def test_an_event_has_a_short_name(update_id: int, name: str) -> None:
    assert event_id(update_id) == name


@given(st.integers(0, 2**31 - 1), st.text(max_size=12))
def test_an_event_of_any_bot_has_a_short_name(update_id: int, bot_id: str) -> None:
    assert len(event_id(update_id, bot_id)) <= 10


@pytest.mark.parametrize(
    "broken",
    [
        {"update_id": 1000, "message": {"message_id": 7}},
        {"update_id": 1000, "message": "words"},
        {"update_id": 1000, "message": {**said("x"), "date": 10**20}},
        {"update_id": 1000, "callback_query": {"id": "1"}},
        {"message": said("x")},
    ],
)
def test_a_broken_update_is_left_out_without_its_words_in_the_log(broken: Json) -> None:
    with capture_logs() as written:
        assert arrival_of_json(broken, None, NOW) is None
    assert [line["event"] for line in written] == ["telegram_update_unreadable"]
    assert "words" not in str(written)
