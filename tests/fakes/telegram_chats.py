"""The chats of the fake Telegram: what stands in them, and what their people have heard."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram_rules import NOT_MODIFIED, Refused, Rows, bad
from tests.patience import PATIENCE_SECONDS

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that the bot sent or edited: its words, and the labels of its buttons in order."""

    text: str
    labels: list[str]
    message_id: int
    edited: bool = False


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One message as it reads now."""

    from_bot: bool
    text: str
    labels: list[str]
    message_id: int


@dataclass
class FakeChat:
    """A private chat or a group."""

    id: int
    type: str
    about: Json
    closed: Refused | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    letters: Rows = field(default_factory=list)
    meaning: list[Meaning] = field(default_factory=list)
    typing_shown: int = 0
    may_open_topics: bool = True
    closed_topics: set[int] = field(default_factory=set)
    _asked: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def as_json(self) -> Json:
        """As a message carries it."""
        return {"id": self.id, "type": self.type, **self.about}

    def topics(self) -> dict[int, str]:
        """The names of its topics, by their numbers."""
        begun = ((number, message.get("forum_topic_created")) for number, message in self.messages.items())
        return {number: str(topic["name"]) for number, topic in begun if topic}

    def in_topic(self, thread: int) -> list[str]:
        """What stands in a topic now."""
        there = (message for _, message in sorted(self.messages.items()) if message.get("message_thread_id") == thread)
        return [words(message) for message in there if words(message)]

    def add(self, message: Json) -> Json:
        """Put a message in."""
        self.messages[message["message_id"]] = message
        return message

    def bot_sent(self, message: Json, letters: Rows | None) -> Json:
        """The bot's message, with the keyboard that it puts where the letters are."""
        if letters is not None:
            self.letters = letters
        self._hear(message, edited=False, letters=letters or [])
        return self.add(message)

    def bot_edited(self, message_id: int, text: str, rows: Rows | None, at: int) -> Json:
        """The bot's message as it now reads; refused when nothing changed."""
        message = self.bots_message(message_id)
        before = (message.get("text"), message.get("reply_markup"))
        changed = {**message, "text": text, "edit_date": at}
        changed.pop("reply_markup", None)
        if rows:
            changed["reply_markup"] = {"inline_keyboard": rows}
        if before == (changed["text"], changed.get("reply_markup")):
            raise NOT_MODIFIED
        self._hear(changed, edited=True, letters=[])
        return self.add(changed)

    def bots_message(self, message_id: int) -> Json:
        """A message of the bot's own."""
        message = self.messages.get(message_id)
        if message is None:
            raise bad("message to edit not found")
        if not message["from"]["is_bot"]:
            raise bad("message can't be edited")
        return message

    def delete(self, message_id: int) -> None:
        """Take a message out, as a citizen may."""
        self.messages.pop(message_id, None)

    async def hears(self, timeout: float = PATIENCE_SECONDS, quiet: float = 0.15) -> list[Meaning]:
        """What the bot sent or edited since this was last asked, as soon as it has been quiet for a moment.

        Args:
            timeout: seconds after which nothing, or whatever there is, is returned.
            quiet: seconds without anything new that end the wait.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while (left := end - loop.time()) > 0:
            self._news.clear()
            try:
                wait = quiet if len(self.meaning) > self._asked else left
                await asyncio.wait_for(self._news.wait(), min(wait, left))
            except TimeoutError:
                break
        new, self._asked = self.meaning[self._asked :], len(self.meaning)
        return new

    @property
    def transcript(self) -> list[tuple[str, list[str]]]:
        """All that the bot sent or edited, in that order, with the labels of the buttons."""
        return [(meaning.text, meaning.labels) for meaning in self.meaning]

    @property
    def screen(self) -> list[ChatLine]:
        """The chat as it reads now."""
        return [
            ChatLine(message["from"]["is_bot"], words(message), labels(inline(message)), number)
            for number, message in sorted(self.messages.items())
        ]

    def button(self, label: str, message_id: int | None = None) -> tuple[int, Json] | None:
        """The inline button with this label in the newest message that has it, and that message's id.

        A label that only contains the words is taken when none is equal to them.
        """
        places = [message_id] if message_id else sorted(self.messages, reverse=True)
        buttons = [(at, button) for at in places for row in inline(self.messages[at]) for button in row]
        equal = [found for found in buttons if found[1]["text"] == label]
        similar = [found for found in buttons if label in found[1]["text"]]
        return next(iter(equal + similar), None)

    def letters_button(self, label: str) -> Json | None:
        """The button with this label where the letters are."""
        return next((button for row in self.letters for button in row if button["text"] == label), None)

    def _hear(self, message: Json, *, edited: bool, letters: Rows) -> None:
        shown = labels(inline(message)) + labels(letters)
        self.meaning.append(Meaning(words(message), shown, message["message_id"], edited))
        self._news.set()


def words(message: Json) -> str:
    """What a message says."""
    return str(message.get("text", message.get("caption", "")))


def inline(message: Json) -> Rows:
    """The buttons that stand in a message."""
    rows: Rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def labels(rows: Rows) -> list[str]:
    """What stands on the buttons."""
    return [button["text"] for row in rows for button in row]
