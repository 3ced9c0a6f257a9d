"""What must hold before the bot can serve over Telegram, and the sentences for when it does not."""

from __future__ import annotations

from urllib.parse import urlsplit

from telegram.error import InvalidToken

from bot.channels.declaration import CannotStart
from bot.channels.telegram.connect import LaporBot

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that are asked for."""

NOT_ACCEPTED = (
    "Telegram does not accept the token in LAPOR_TELEGRAM_TOKEN: copy it anew from @BotFather (/mybots, "
    "API Token), and leave LAPOR_TELEGRAM_API_URL empty unless you run a Bot API server of your own."
)
ANOTHER_POLLER = (
    "Another process fetches this bot's messages: stop it, or give this one a bot of its own (LAPOR_TELEGRAM_TOKEN)."
)


async def get_acquainted(bot: LaporBot) -> None:
    """Ask Telegram who the bot is, which also opens the connections.

    Raises:
        CannotStart: Telegram does not know the token.
        TelegramError: Telegram could not be asked; the connections are open all the same.
    """
    try:
        await bot.initialize()
    except InvalidToken:  # its words hold the token
        raise CannotStart(NOT_ACCEPTED) from None


async def refuse_webhook(bot: LaporBot) -> None:
    """Make sure that no webhook stands, and leave one that does alone: somebody relies on it.

    Raises:
        CannotStart: one does.
        TelegramError: Telegram could not be asked.
    """
    if url := await bot.webhook_url():
        raise CannotStart(webhook_stands(url))


def webhook_stands(url: str) -> str:
    """What to say about a webhook at this address, of which only the host is told."""
    host = urlsplit(url).hostname or "an unknown host"
    return (
        f"This bot's messages go to a webhook at {host}: remove it with Telegram's deleteWebhook, "
        "or set LAPOR_TELEGRAM_MODE=webhook to have them come here instead."
    )
