"""The topic of a case in a group that has topics: opened with the first message about it, closed when the case ends."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import structlog
from telegram.error import BadRequest

from bot.channels.telegram.connect import NOTHING_MORE, LaporBot
from bot.messaging.ports import Topics

log = structlog.get_logger()

LONGEST_NAME = 128


@dataclass(frozen=True, slots=True)
class TopicFinder:
    """Finds the topic of a message, and opens it where it is the first. A group without topics has none."""

    bot: LaporBot
    topics: Topics | None

    async def place(self, chat: str, topic: str) -> Mapping[str, object]:
        """Where a message of this topic stands, as sendMessage is told it.

        Whoever is killed between opening a topic and keeping its number leaves an empty one behind.
        """
        if not topic or self.topics is None:
            return NOTHING_MORE
        thread = await self.topics.thread(chat, _ticket(topic))
        if thread == 0:
            thread = await self._open(self.topics, chat, topic)
        return {"message_thread_id": thread} if thread else NOTHING_MORE

    async def close(self, chat: str, topic: str) -> None:
        """Close it, where there is one that is open."""
        await self._turn(chat, topic, is_open=False)

    async def open_again(self, chat: str, topic: str) -> None:
        """Open it, where there is one that was closed."""
        await self._turn(chat, topic, is_open=True)

    async def _turn(self, chat: str, topic: str, *, is_open: bool) -> None:
        if self.topics is not None and (thread := await self.topics.thread(chat, _ticket(topic))):
            with suppress(BadRequest):  # it is so already, or gone, or the bot may not
                await self.bot.turn_topic(chat, thread, is_open=is_open)

    async def forget(self, chat: str, topic: str) -> None:
        """Somebody has deleted it."""
        if self.topics is not None:
            await self.topics.forget(chat, _ticket(topic))

    async def _open(self, topics: Topics, chat: str, topic: str) -> int:
        try:
            thread = await self.bot.open_topic(chat, topic[:LONGEST_NAME])
        except BadRequest:
            log.warning("topics_cannot_be_opened")
            await topics.do_without(chat)
            return 0
        await topics.keep(chat, _ticket(topic), thread)
        return thread


def _ticket(topic: str) -> str:
    return topic.partition(" ")[0]
