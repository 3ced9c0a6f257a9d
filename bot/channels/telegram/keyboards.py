"""Turns our buttons into Telegram's keyboards."""

from __future__ import annotations

from telegram import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.conversation.screen import ButtonKind
from bot.messaging.outbox_message import Keyboard, OutboxMessage, WordedButton

type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


def markup(outgoing: OutboxMessage) -> Markup | None:
    """The keyboard below a message; None for none."""
    match outgoing.keyboard:
        case Keyboard.REMOVE:
            return ReplyKeyboardRemove()
        case Keyboard.REPLY:
            return ForceReply()
        case Keyboard.LETTERS if outgoing.rows:
            rows = [[_letters_button(button) for button in row] for row in outgoing.rows]
            return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)
        case _:
            return inline(outgoing)


def inline(outgoing: OutboxMessage) -> InlineKeyboardMarkup | None:
    """The buttons that stand in a message itself, the only ones that an edited message can have."""
    rows = [[_inline_button(button) for button in row if button.kind is not ButtonKind.CALL] for row in outgoing.rows]
    shown = [row for row in rows if row]
    return InlineKeyboardMarkup(shown) if shown and outgoing.keyboard is Keyboard.INLINE else None


def _inline_button(button: WordedButton) -> InlineKeyboardButton:
    if button.kind is ButtonKind.COPY:
        return InlineKeyboardButton(button.words, copy_text=CopyTextButton(button.press))
    return InlineKeyboardButton(button.words, callback_data=button.press)


def _letters_button(button: WordedButton) -> KeyboardButton:
    return KeyboardButton(button.words, request_location=button.kind is ButtonKind.SHARE_PLACE or None)
