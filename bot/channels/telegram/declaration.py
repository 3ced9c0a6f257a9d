"""Declares Telegram."""

from __future__ import annotations

from typing import Final

from bot.channels.declaration import OFF, Advice, ChannelDeclaration
from bot.channels.telegram.connection import open_telegram
from bot.channels.telegram.incoming import CHANNEL
from bot.channels.telegram.pieces import MOST_UNITS
from bot.channels.telegram.settings import TelegramSettings
from bot.conversation.screen import line
from bot.messaging.abilities import Abilities
from bot.messaging.rate_limiter import TOGETHER_SECONDS, RateLimiter

MOST_BUTTONS: Final = 100


def rate_limit() -> RateLimiter:
    """Telegram's limits: 30 a second, one a second a chat, 20 a minute a group (whose ids are negative).

    15 in little more than half a second are at most 30 in any second and a bit, should some be held up on their way.
    """
    return RateLimiter(
        most=15, seconds=TOGETHER_SECONDS, chat=1.0, group=3.0, is_group=lambda chat: chat.startswith("-")
    )


TELEGRAM: Final = ChannelDeclaration(
    name=CHANNEL,
    label=line("desk-channel-telegram"),
    abilities=Abilities(
        buttons=MOST_BUTTONS,
        has_reply_keyboard=True,
        edits=True,
        longest_text=MOST_UNITS,
        takes_files=True,
        takes_places=True,
        sends_documents=True,
        proves_sender=True,
        shows_typing=True,
        has_groups=True,
    ),
    settings=TelegramSettings,
    open=open_telegram,
    rate_limit=rate_limit,
    routes=frozenset({"POST /telegram"}),
    state_when_off=OFF,
    advice=Advice(
        at_start=(
            "There is no Telegram token yet: write /newbot to @BotFather in Telegram and put the token it gives "
            "you into .env as LAPOR_TELEGRAM_TOKEN. Until then the chat page works, and ./lapor chat in another "
            "terminal."
        ),
        is_set="There is a Telegram token.",
        is_missing=(
            "There is no Telegram token: get one from @BotFather (/newbot) and put LAPOR_TELEGRAM_TOKEN into .env."
        ),
    ),
)
