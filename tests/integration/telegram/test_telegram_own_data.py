"""What is kept of a citizen arrives in her chat as two files, for her alone."""

from __future__ import annotations

import json

import pytest

from bot.channels.telegram.outgoing import TelegramChannel
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Document, NotNow
from tests.fakes.telegram import FakeTelegram
from tests.integration.telegram.bots import connected


class OneDocument:
    """Writes whose it is, and which."""

    async def document(self, chat: tuple[str, str], which: str) -> Document:
        """A file of a few letters."""
        content = json.dumps({"chat": chat, "which": which, "story": "selokan zamrud “tersumbat”"})
        return Document(f"data.{which}", "application/json", content.encode())


async def test_a_file_arrives_with_its_words_and_cannot_be_passed_on() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti = telegram.citizen("Siti")
        await siti.says("halo")
        chat = str(siti.private.id)
        channel = TelegramChannel(bot, OneDocument())
        await channel.send(chat, OutboxMessage(OutboxMessageKind.DOCUMENT, "Data Anda.", target="json"))
    message = siti.private.messages[max(siti.private.messages)]
    document = message["document"]
    assert (document["file_name"], message["caption"]) == ("data.json", "Data Anda.")
    assert json.loads(document["content"])["chat"] == ["telegram", chat]


async def test_a_telegram_that_cannot_be_reached_is_tried_again() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        await telegram.stop()
        with pytest.raises(NotNow):
            await TelegramChannel(bot, OneDocument()).send(
                "7", OutboxMessage(OutboxMessageKind.DOCUMENT, "Data.", target="html")
            )
