"""Tells when a message in a group is meant for the bot, which has nothing to say to any other."""

from __future__ import annotations

from telegram import Message, MessageEntity, User

COMMAND, MENTION, NAMED = MessageEntity.BOT_COMMAND, MessageEntity.MENTION, MessageEntity.TEXT_MENTION


def is_for_bot(message: Message, me: User | None) -> bool:
    """Whether it is a command, mentions the bot, answers it, or tells that it was brought into the group.

    Args:
        message: from a group or supergroup.
        me: the bot; while it is not known, only a command that names no bot counts.
    """
    if message.chat.type not in {message.chat.GROUP, message.chat.SUPERGROUP}:
        return False
    if any(_names_bot(entity, words, me) for entity, words in _named(message)):
        return True
    return me is not None and (_answers(message, me) or me.id in {one.id for one in message.new_chat_members})


def _named(message: Message) -> list[tuple[MessageEntity, str]]:
    """The commands and mentions in a message or its caption, with their words."""
    wanted: list[str | None] = [COMMAND, MENTION, NAMED]
    in_text = message.parse_entities(wanted) if message.text else {}
    in_caption = message.parse_caption_entities(wanted) if message.caption else {}
    return [*in_text.items(), *in_caption.items()]


def _names_bot(entity: MessageEntity, words: str, me: User | None) -> bool:
    if entity.type == NAMED:
        return me is not None and entity.user is not None and entity.user.id == me.id
    name = words.partition("@")[2]
    if not name:
        return entity.type == COMMAND
    return me is not None and name.casefold() == (me.username or "").casefold()


def _answers(message: Message, me: User) -> bool:
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.id == me.id
