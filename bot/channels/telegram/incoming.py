"""Turns what Telegram delivers into arrivals. Pure: no calls, no clock, no decision about the talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from telegram import Bot, CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.ext import filters

from bot.channels.telegram.groups import answered, brought_or_put_out, heard_in_group
from bot.channels.telegram.sender import UpdateSender, event_id, sender_of
from bot.conversation.events import (
    Edited,
    Event,
    Pressed,
    Said,
    SentOther,
    SentPhoto,
    SharedPlace,
)
from bot.conversation.officer_events import PressedAsOfficer
from bot.messaging.ports import Arrival
from bot.messaging.records import storable

CHANNEL = "telegram"
READ_IN_PARTS = frozenset({"update_id", "message", "edited_message", "callback_query"})
PRESS = frozenset({"id", "from", "message", "data", "chat_instance"})
WORDS = PRESS | {"message_id", "chat", "date", "edit_date", "text", "entities", "caption", "migrate_to_chat_id"}
FILES = frozenset({"photo", "document", "voice", "audio", "video", "video_note", "animation", "location", "venue"})


log = structlog.get_logger()


def arrival_of_json(raw: Mapping[str, Any], bot: Bot | None, now: datetime) -> Arrival | None:
    """The arrival in an update as the Bot API writes it; None for what concerns nobody here.

    python-telegram-bot refuses an update as a whole over one member that it knows otherwise, so it is given
    less and less of a message. What it cannot read even then is left out with a line in the log: refusing it
    would only make Telegram bring it again, before all others, for a day.
    """
    problem = ""
    for given in (raw, _less(raw, WORDS | FILES), _less(raw, WORDS)):
        try:
            return _of_bot(arrival_of(Update.de_json(dict(given), bot), now=now, me=_identity(bot)), bot)
        except Exception as unreadable:  # noqa: BLE001 - whatever a broken update makes of the library
            problem = type(unreadable).__name__
    log.warning("telegram_update_unreadable", update_id=raw.get("update_id"), problem=problem)
    return None


def _less(raw: Mapping[str, Any], kept: frozenset[str]) -> dict[str, Any]:
    """An update whose message, or pressed button, has no members but these."""
    return {kind: _only(content, kept) for kind, content in raw.items() if kind in READ_IN_PARTS}


def _only(content: object, kept: frozenset[str]) -> object:
    if not isinstance(content, dict):
        return content
    return {name: _only(content[name], kept) if name == "message" else content[name] for name in kept & content.keys()}


def arrival_of(update: Update, *, now: datetime, me: User | None = None) -> Arrival | None:
    """The arrival in an update, or None for kinds that concern nobody here (channel posts, service notes).

    Args:
        update: as python-telegram-bot reads it.
        now: when it was received, aware; used where Telegram sends no time (a pressed button).
        me: the bot itself, to know when a group speaks to it; None while Telegram has not said who that is.
    """
    if update.message:
        return _of_message(update, update.message, me)
    if update.edited_message:
        return _of_edit(update, update.edited_message)
    if update.callback_query:
        return _of_press(update, update.callback_query, now)
    if update.my_chat_member:
        return _of_membership(update, update.my_chat_member)
    return None


def _of_message(update: Update, message: Message, me: User | None) -> Arrival | None:
    sender = sender_of(update.update_id, message.from_user, message.date)
    event: Event | None
    if message.chat.type != message.chat.PRIVATE:
        event = heard_in_group(message, _file(message), sender, me)
    else:
        event = _event_of(update, message, sender)
    return _arrival(update, message, event)


def _event_of(update: Update, message: Message, sender: UpdateSender) -> Event | None:
    """What a citizen sent in her own chat; None for the notes that Telegram itself writes there."""
    ref = str(message.message_id)
    if message.text is not None:
        return Said(text=storable(message.text), ref=ref, reply_to=answered(message), **sender.common())
    pin = message.venue.location if message.venue else message.location
    if pin:
        return SharedPlace(lat=float(pin.latitude), lon=float(pin.longitude), **sender.common())
    file = _file(message)
    if file:
        kind, file_id = file
        caption, earlier = storable(message.caption or ""), answered(message)
        return SentPhoto(kind=kind, file_id=file_id, caption=caption, ref=ref, reply_to=earlier, **sender.common())
    if filters.StatusUpdate.ALL.filter(update):
        return None
    return SentOther(**sender.common())


def _file(message: Message) -> tuple[str, str] | None:
    """Kind and file id. An animation comes with a document of the same file, so it is looked for first."""
    if message.photo:
        return "photo", max(message.photo, key=lambda size: size.width * size.height).file_id
    for kind, attachment in (
        ("video", message.animation or message.video or message.video_note),
        ("voice", message.voice or message.audio),
        ("document", message.document),
    ):
        if attachment:
            return kind, attachment.file_id
    return None


def _of_edit(update: Update, message: Message) -> Arrival | None:
    """Only words can be edited: a live position that moves on, and a file without words, are let be."""
    text = message.text if message.text is not None else message.caption
    if message.chat.type != message.chat.PRIVATE or not text:
        return None
    sender = sender_of(update.update_id, message.from_user, message.edit_date or message.date)
    return _arrival(update, message, Edited(ref=str(message.message_id), text=storable(text), **sender.common()))


def _of_press(update: Update, query: CallbackQuery, now: datetime) -> Arrival | None:
    message = query.message
    if message is None:
        return None
    sender = sender_of(update.update_id, query.from_user, now)
    event: Event
    if message.chat.type == message.chat.PRIVATE:
        event = Pressed(press=storable(query.data or ""), **sender.common())
    else:
        event = PressedAsOfficer(press=storable(query.data or ""), account=str(query.from_user.id), **sender.common())
    return Arrival(
        channel=CHANNEL,
        chat=str(message.chat.id),
        update_id=str(update.update_id),
        sequence=update.update_id,
        event=event,
        press_id=query.id,
        message_id=str(message.message_id),
    )


def _of_membership(update: Update, change: ChatMemberUpdated) -> Arrival | None:
    event = brought_or_put_out(change, sender_of(update.update_id, change.from_user, change.date))
    if event is None:
        return None
    return Arrival(CHANNEL, str(change.chat.id), str(update.update_id), update.update_id, event)


def _arrival(update: Update, message: Message, event: Event | None) -> Arrival | None:
    if event is None:
        return None
    return Arrival(
        channel=CHANNEL,
        chat=str(message.chat.id),
        update_id=str(update.update_id),
        sequence=update.update_id,
        event=event,
        message_id=str(message.message_id),
    )


def _of_bot(arrival: Arrival | None, bot: Bot | None) -> Arrival | None:
    """The same, named after the bot, too: another bot of this installation counts its updates from anywhere."""
    if arrival is None or bot is None:
        return arrival
    bot_id = bot.token.partition(":")[0]
    event = replace(arrival.event, id=event_id(arrival.sequence, bot_id))
    return replace(arrival, update_id=f"{bot_id}:{arrival.update_id}", event=event)


def _identity(bot: Bot | None) -> User | None:
    try:
        return bot.bot if bot else None
    except RuntimeError:  # python-telegram-bot's answer until getMe has succeeded once
        return None
