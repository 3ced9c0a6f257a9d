"""Messages in groups: which of them are meant for the bot."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram.incoming import arrival_of
from bot.conversation.events import WroteInGroup
from bot.conversation.officer_events import GroupMoved, LeftGroup, PressedAsOfficer, WroteAsOfficer
from tests.unit.channels.bot_api import (
    BOT,
    FILE,
    GROUP,
    NOW,
    SENT,
    SITI,
    event,
    from_siti,
    marked,
    membership,
    message,
    press,
    read,
    said,
    update,
)

type Json = dict[str, Any]

SIZES = [{**FILE, "file_id": name, "width": w, "height": w} for name, w in (("s", 90), ("l", 1280), ("m", 320))]
STICKER = {
    **FILE,
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
    "type": "regular",
}


@pytest.mark.parametrize(
    "raw",
    [
        update("message", said("/start", GROUP, entities=marked("bot_command", 0, 6))),
        update("message", said("/start@laporbot", GROUP, entities=marked("bot_command", 0, 15))),
        update("message", said("halo @LaporBot", GROUP, entities=marked("mention", 5, 9))),
        update("message", said("😀 @LaporBot", GROUP, entities=marked("mention", 3, 9))),
        update("message", said("halo Lapor", GROUP, entities=marked("text_mention", 5, 5, user=BOT))),
        update(
            "message",
            message(GROUP, photo=SIZES, caption="@LaporBot", caption_entities=marked("mention", 0, 9)),
        ),
        update("message", message(GROUP, new_chat_members=[BOT])),
        update("my_chat_member", membership("left", "member")),
        update("my_chat_member", membership("kicked", "administrator")),
    ],
)
def test_a_group_that_speaks_to_the_bot_is_heard_without_its_words(raw: Json) -> None:
    assert read(raw) is not None
    assert event(raw) == WroteInGroup(**from_siti(SENT))


def test_an_answer_to_the_bot_in_a_group_may_be_an_officer_s() -> None:
    raw = update("message", said("lalu?", GROUP, reply_to_message={**said("x", GROUP), "from": BOT}))
    assert event(raw) == WroteAsOfficer(**from_siti(SENT), account="42", text="lalu?", reply_to="7")


def test_a_photo_that_answers_the_bot_in_a_group_comes_with_its_words() -> None:
    answered = {**said("x", GROUP), "from": BOT}
    raw = update("message", message(GROUP, photo=SIZES, caption="sudah", reply_to_message=answered))
    assert event(raw) == WroteAsOfficer(
        **from_siti(SENT), account="42", text="sudah", reply_to="7", kind="photo", file_id="l"
    )


@pytest.mark.parametrize("name", ["ikat", "lepas", "tugas"])
def test_a_command_of_officers_comes_with_its_words(name: str) -> None:
    text = f"/{name} 2345"
    raw = update("message", said(text, GROUP, entities=marked("bot_command", 0, len(name) + 1)))
    assert event(raw) == WroteAsOfficer(**from_siti(SENT), account="42", text=text)


def test_a_button_in_a_group_is_pressed_by_an_account() -> None:
    assert event(update("callback_query", press("send", GROUP))) == PressedAsOfficer(
        **from_siti(NOW), press="send", account="42"
    )


def test_a_group_that_becomes_a_supergroup_is_followed() -> None:
    raw = update("message", message(GROUP, migrate_to_chat_id=-100501))
    assert event(raw) == GroupMoved(**from_siti(SENT), to="-100501")


@pytest.mark.parametrize("now", ["left", "kicked"])
def test_that_the_bot_was_put_out_of_a_group_is_heard(now: str) -> None:
    assert event(update("my_chat_member", membership("member", now))) == LeftGroup(**from_siti(SENT))


@pytest.mark.parametrize(
    "content",
    [
        said("lampu mati", GROUP),
        said("/start@OtherBot", GROUP, entities=marked("bot_command", 0, 15)),
        said("halo @budi", GROUP, entities=marked("mention", 5, 5)),
        said("lalu?", GROUP, reply_to_message=said("x", GROUP)),
        message(GROUP, new_chat_members=[SITI]),
        message(GROUP, sticker=STICKER),
    ],
)
def test_a_group_that_speaks_to_others_is_not_heard(content: Json) -> None:
    assert read(update("message", content)) is None


@pytest.mark.parametrize(("content", "meaning"), [("/start", True), ("@LaporBot", False), ("lalu?", False)])
def test_until_the_bot_knows_its_name_it_hears_plain_commands_only(content: str, *, meaning: bool) -> None:
    kind = "bot_command" if content == "/start" else "mention"
    entities = [] if content == "lalu?" else marked(kind, 0, len(content))
    answered = {**said("x", GROUP), "from": BOT}
    raw = update("message", said(content, GROUP, entities=entities, reply_to_message=answered))
    assert (arrival_of(Update.de_json(raw, None), now=NOW) is not None) == meaning
