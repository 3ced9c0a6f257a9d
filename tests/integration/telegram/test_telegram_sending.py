"""What the outbox holds, sent to a Telegram that refuses what the real one refuses."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.channels.telegram.outgoing import TelegramChannel
from bot.conversation.screen import ButtonKind
from bot.messaging.outbox_message import Keyboard, OutboxMessage, OutboxMessageKind, WordedButton
from bot.messaging.ports import Channel
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import Meaning
from tests.integration.telegram.bots import KIRIM, a_message, an_answer, an_edit, connected


async def test_a_message_arrives_with_its_buttons_and_its_id_comes_back() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti = telegram.citizen()
        await siti.says("/start")
        channel: Channel = TelegramChannel(bot)
        message_id = await channel.send(str(siti.id), a_message("Halo <b>_*", KIRIM))
        assert await siti.hears() == [Meaning("Halo <b>_*", ["Kirim"], int(message_id))]
        sent = telegram.calls_of("sendMessage")[0].given
        assert "parse_mode" not in sent
        assert sent["link_preview_options"] == '{"is_disabled": true}'


async def test_a_number_can_be_copied() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti = telegram.citizen()
        await siti.says("/start")
        copy = WordedButton("Salin nomor", "LP-7KD3-M9XK", ButtonKind.COPY)
        await TelegramChannel(bot).send(str(siti.id), a_message("Terkirim", copy))
        assert await siti.copies("Salin nomor") == "LP-7KD3-M9XK"


async def test_a_place_is_asked_for_below_the_letters_and_the_buttons_go_again() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti, channel = telegram.citizen(), TelegramChannel(bot)
        await siti.says("lampu mati")
        share = WordedButton("Bagikan lokasi", "", ButtonKind.SHARE_PLACE)
        skip = WordedButton("Lewati", "skip")
        await channel.send(str(siti.id), a_message("Di mana?", share, skip, keyboard=Keyboard.LETTERS))
        assert siti.private.letters == [[{"text": "Bagikan lokasi", "request_location": True}, {"text": "Lewati"}]]
        await channel.send(str(siti.id), a_message("Baik", keyboard=Keyboard.REMOVE))
        assert siti.private.letters == []


async def test_a_long_text_comes_in_pieces_with_the_buttons_below_the_last() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti = telegram.citizen()
        await siti.says("/start")
        paragraph = "Jalan rusak 😀. " * 150
        text = f"{paragraph.strip()}\n\n" * 3
        message_id = await TelegramChannel(bot).send(str(siti.id), a_message(text, KIRIM))
        meaning = await siti.hears()
        assert [one.labels for one in meaning] == [[], [], ["Kirim"]]
        assert "\n\n".join(one.text for one in meaning) == text.strip()
        assert meaning[-1].message_id == int(message_id)


async def test_a_card_is_edited_in_place() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti, channel = telegram.citizen(), TelegramChannel(bot)
        await siti.says("/start")
        card = await channel.send(str(siti.id), a_message("Kartu", KIRIM))
        assert await channel.send(str(siti.id), an_edit(card, "Kartu baru", KIRIM)) == card
        assert await channel.send(str(siti.id), an_edit(card, "Kartu baru", KIRIM)) == card
        assert await channel.send(str(siti.id), an_edit(card, "Terkirim")) == card
        bots = [(line.text, line.labels) for line in siti.screen if line.from_bot]
        assert bots == [("Terkirim", [])]


@pytest.mark.parametrize("target", ["deleted", "citizen's", "rubbish", ""])
async def test_a_card_that_cannot_be_edited_is_sent_anew(target: str) -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti, channel = telegram.citizen(), TelegramChannel(bot)
        own = await siti.says("/start")
        card = await channel.send(str(siti.id), a_message("Kartu", KIRIM))
        siti.private.delete(int(card))
        targets = {"deleted": card, "citizen's": str(own), "rubbish": "web-7", "": ""}
        anew = await channel.send(str(siti.id), an_edit(targets[target], "Kartu baru", KIRIM))
        assert anew not in {card, str(own), ""}
        assert siti.transcript[-1] == ("Kartu baru", ["Kirim"])


async def test_a_card_that_grew_too_long_goes_on_below() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti, channel = telegram.citizen(), TelegramChannel(bot)
        await siti.says("/start")
        card = await channel.send(str(siti.id), a_message("Kartu", KIRIM))
        last = await channel.send(str(siti.id), an_edit(card, "kata " * 1500, KIRIM))
        assert [line.labels for line in siti.screen if line.from_bot] == [[], ["Kirim"]]
        assert last == str(siti.screen[-1].message_id)


async def test_an_edit_with_buttons_below_the_letters_is_a_new_message() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti, channel = telegram.citizen(), TelegramChannel(bot)
        await siti.says("/start")
        card = await channel.send(str(siti.id), a_message("Kartu"))
        skip = (WordedButton("Lewati", "skip"),)
        asked = OutboxMessage(OutboxMessageKind.EDIT, "Di mana?", (skip,), Keyboard.LETTERS, card)
        assert await channel.send(str(siti.id), asked) != card
        assert siti.transcript[-1] == ("Di mana?", ["Lewati"])


async def test_a_press_is_answered_once_and_a_stale_one_is_no_error() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti, channel = telegram.citizen(), TelegramChannel(bot)
        await siti.says("/start")
        await channel.send(str(siti.id), a_message("Kartu", KIRIM))
        press = await siti.presses("Kirim")
        for _ in range(2):
            assert await channel.send(str(siti.id), an_answer(press, "Baik. " * 100)) == ""
        assert await channel.send(str(siti.id), an_answer("")) == ""
        assert len(telegram.world.answers[press]) <= 200


async def test_typing_is_shown_and_its_failure_is_of_no_consequence() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti, channel = telegram.citizen(), TelegramChannel(bot)
        await siti.says("/start")
        await channel.show_typing(str(siti.id))
        telegram.refuse("sendChatAction", 500)
        await channel.show_typing(str(siti.id))
        assert siti.private.typing_shown == 1


async def test_what_stands_out_is_marked_beside_the_text_and_in_a_card_that_is_edited() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti, channel = telegram.citizen(), TelegramChannel(bot)
        await siti.says("/start")
        text = "😀 <b>\nJenis: Pengaduan"
        card = await channel.send(str(siti.id), replace(a_message(text, KIRIM), bold=((6, 11),)))
        await channel.send(str(siti.id), replace(an_edit(card, "Jenis: Aspirasi", KIRIM), bold=((0, 5),)))
        given = [telegram.calls_of(method)[0].given["entities"] for method in ("sendMessage", "editMessageText")]
        assert [json.loads(entities) for entities in given] == [
            [{"type": "bold", "offset": 7, "length": 5}],
            [{"type": "bold", "offset": 0, "length": 5}],
        ]


async def test_a_text_in_pieces_marks_nothing() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti = telegram.citizen()
        await siti.says("/start")
        await TelegramChannel(bot).send(str(siti.id), replace(a_message("Jenis: rusak. " * 500), bold=((0, 5),)))
        assert all("entities" not in call.given for call in telegram.calls_of("sendMessage"))
