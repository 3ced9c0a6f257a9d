"""Tells when a message in a group is meant for the bot, and for officers; it has nothing to say to any other."""

from __future__ import annotations

from telegram import ChatMember, ChatMemberUpdated, Message, MessageEntity, User

from bot.channels.telegram.sender import UpdateSender
from bot.conversation.commands import taken_apart
from bot.conversation.events import Event, WroteInGroup
from bot.conversation.officer_events import GROUP_COMMANDS, GroupMoved, LeftGroup, WroteAsOfficer
from bot.messaging.records import storable

COMMAND, MENTION, NAMED = MessageEntity.BOT_COMMAND, MessageEntity.MENTION, MessageEntity.TEXT_MENTION


OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})


def heard_in_group(
    message: Message, file: tuple[str, str] | None, sender: UpdateSender, me: User | None
) -> Event | None:
    """What concerns the bot in a group, with its words only where it may be an officer's; None for all the rest.

    `file`: kind and id of what came along.
    """
    if message.migrate_to_chat_id:
        return GroupMoved(**sender.common(), to=str(message.migrate_to_chat_id))
    if not is_for_bot(message, me):
        return None
    if not is_for_officers(message) or message.from_user is None:
        return WroteInGroup(**sender.common())
    kind, file_id = file or ("", "")
    return WroteAsOfficer(
        **sender.common(),
        account=str(message.from_user.id),
        text=storable(message.text or message.caption or ""),
        reply_to=answered(message),
        kind=kind,
        file_id=file_id,
        has_topics=bool(message.chat.is_forum),
    )


def brought_or_put_out(change: ChatMemberUpdated, sender: UpdateSender) -> Event | None:
    """That the bot was brought into a group, or put out of it."""
    if change.chat.type not in {change.chat.GROUP, change.chat.SUPERGROUP}:
        return None
    was_out, is_out = (one.status in OUTSIDE for one in (change.old_chat_member, change.new_chat_member))
    if was_out == is_out:
        return None
    return LeftGroup(**sender.common()) if is_out else WroteInGroup(**sender.common())


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


def is_for_officers(message: Message) -> bool:
    """Whether it answers a message of a bot's, or is a command for officers: of nothing else are the words kept."""
    name, _ = taken_apart(message.text) if message.text and message.text.startswith("/") else ("", "")
    return name in GROUP_COMMANDS or answered(message) != ""


def answered(message: Message) -> str:
    """The id of the bot's message that this one answers; "" where it answers none."""
    earlier = _earlier(message)
    is_bots = earlier is not None and earlier.from_user is not None and earlier.from_user.is_bot
    return str(earlier.message_id) if earlier and is_bots else ""


def _earlier(message: Message) -> Message | None:
    """What it answers. Of whatever is written in a topic Telegram says that it answers the topic's beginning."""
    earlier = message.reply_to_message
    return None if earlier is None or earlier.forum_topic_created else earlier


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
    earlier = _earlier(message)
    return earlier is not None and earlier.from_user is not None and earlier.from_user.id == me.id
