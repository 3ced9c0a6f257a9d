"""Sends what the outbox holds. Keeps nothing between two calls: the outbox knows what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from telegram import MessageEntity
from telegram.constants import ChatAction, MessageEntityType
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.connect import NOTHING_MORE, LaporBot
from bot.channels.telegram.incoming import CHANNEL
from bot.channels.telegram.keyboards import Markup, inline, markup
from bot.channels.telegram.pieces import clipped, pieces
from bot.channels.telegram.refusals import TelegramRefusal, as_sending_failed, refusal
from bot.channels.telegram.topics import TopicFinder
from bot.messaging.outbox_message import Keyboard, OutboxMessage, OutboxMessageKind, TopicTurn
from bot.messaging.ports import Documents, Topics

MOST_UNITS_OF_AN_ANSWER = 200


class TelegramChannel:
    """A `Channel` over the Bot API: text as it is, with what stands out marked beside it, and no link previews."""

    name: Final = CHANNEL
    plain: Final = False

    def __init__(self, bot: LaporBot, documents: Documents | None = None, topics: Topics | None = None) -> None:
        """Send through this bot; `documents` writes the files that are sent to a citizen."""
        self._bot = bot
        self._documents = documents
        self._topics = TopicFinder(bot, topics)

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Send one message, and return the id of it, or of its last piece where it is too long for one.

        A text in several pieces that fails after the first is sent whole again when it is tried again.

        Raises:
            NotNow: Telegram is slow, down, not reachable, or wants fewer messages.
            NeverAgain: the citizen blocked the bot, or is gone.
            Impossible: Telegram will not take this message, however often it is sent.
        """
        try:
            return await self._send_and_turn_topic(chat, outgoing)
        except TelegramError as error:
            raise as_sending_failed(error) from None

    async def _send_and_turn_topic(self, chat: str, outgoing: OutboxMessage) -> str:
        if outgoing.topic_turn is TopicTurn.OPENS:
            await self._topics.open_again(chat, outgoing.topic)
        message_id = await self._send_to_topic(chat, outgoing)
        if outgoing.topic_turn is TopicTurn.CLOSES:
            await self._topics.close(chat, outgoing.topic)
        return message_id

    async def _send_to_topic(self, chat: str, outgoing: OutboxMessage) -> str:
        """Send it; where it stands in a topic that somebody has deleted, in a new one."""
        try:
            return await self._send(chat, outgoing)
        except BadRequest as error:
            if not outgoing.topic or refusal(error) is not TelegramRefusal.NO_TOPIC:
                raise
        await self._topics.forget(chat, outgoing.topic)
        return await self._send(chat, outgoing)

    async def _send(self, chat: str, outgoing: OutboxMessage) -> str:
        match outgoing.kind:
            case OutboxMessageKind.ANSWER:
                return await self._answer(outgoing)
            case OutboxMessageKind.PHOTO:
                return await self._bot.send_known_photo(chat, outgoing.files[0], outgoing.text, _more(outgoing))
            case OutboxMessageKind.DOCUMENT if self._documents:
                document = await self._documents.document((self.name, chat), outgoing.target)
                return await self._bot.send_new_document(chat, document.name, document.content, outgoing.text)
            case OutboxMessageKind.EDIT if _can_be_edited(outgoing):
                return await self._edit(chat, outgoing)
            case _:
                return await self._send_pieces(chat, outgoing, pieces(outgoing.text), markup(outgoing))

    async def show_typing(self, chat: str) -> None:
        """Show that an answer is being prepared, for five seconds; what goes wrong is of no consequence."""
        try:
            await self._bot.send_chat_action(chat, ChatAction.TYPING)
        except TelegramError:
            return

    async def _send_pieces(
        self, chat: str, outgoing: OutboxMessage, texts: Sequence[str], keyboard: Markup | None
    ) -> str:
        """Send these pieces of a message; returns the id of the last, "" where there is none."""
        message_id = ""
        more = {**_more(outgoing), **await self._topics.place(chat, outgoing.topic)} if texts else NOTHING_MORE
        if list(texts) == [outgoing.text]:
            more = {**more, **_bold(outgoing)}
        for number, text in enumerate(texts, start=1):
            below = keyboard if number == len(texts) else None
            message_id = await self._bot.send_text(chat, text, below, more)
        return message_id

    async def _edit(self, chat: str, outgoing: OutboxMessage) -> str:
        """Edit in place; where the message is gone, or is no longer to be edited, send it anew."""
        texts = pieces(outgoing.text)
        buttons = inline(outgoing)
        try:
            below = buttons if len(texts) == 1 else None
            marked = _bold(outgoing) if texts == [outgoing.text] else NOTHING_MORE
            await self._bot.edit_text(chat, outgoing.target, texts[0], below, marked)
        except BadRequest as error:
            match refusal(error):
                case TelegramRefusal.GONE:
                    return await self._send_pieces(chat, outgoing, texts, buttons)
                case TelegramRefusal.NOT_MODIFIED:
                    pass
                case _:
                    raise
        return await self._send_pieces(chat, outgoing, texts[1:], buttons) or outgoing.target

    async def _answer(self, outgoing: OutboxMessage) -> str:
        """End the waiting of a pressed button; one that Telegram no longer waits for needs no answer."""
        if not outgoing.target:
            return ""
        text = clipped(outgoing.text, MOST_UNITS_OF_AN_ANSWER) or None
        try:
            await self._bot.answer_callback_query(outgoing.target, text=text)
        except BadRequest as error:
            if refusal(error) is not TelegramRefusal.STALE:
                raise
        return ""


def _more(outgoing: OutboxMessage) -> Mapping[str, object]:
    """How it arrives, where that is not as usual."""
    asked = {"disable_notification": outgoing.is_silent, "protect_content": outgoing.is_guarded}
    return {name: True for name, is_asked in asked.items() if is_asked}


def _bold(outgoing: OutboxMessage) -> Mapping[str, object]:
    """What stands out in the text, as Telegram marks it; where a text is cut into pieces, nothing does."""
    parts = [MessageEntity(MessageEntityType.BOLD, start, end - start) for start, end in outgoing.bold]
    return {"entities": MessageEntity.adjust_message_entities_to_utf_16(outgoing.text, parts)} if parts else {}


def _can_be_edited(outgoing: OutboxMessage) -> bool:
    """Whether there is a message to edit; the keyboard where the letters are comes only with a new one."""
    return outgoing.target.isdigit() and outgoing.keyboard in {Keyboard.NONE, Keyboard.INLINE}
