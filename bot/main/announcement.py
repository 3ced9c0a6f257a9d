"""What `start` tells the person who started it, on stdout."""

from __future__ import annotations

from collections.abc import Callable

from bot.configuration.case_links import is_loopback
from bot.configuration.settings import Settings


class Announcement:
    """Sentences for the person at the terminal."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """`say` takes one sentence."""
        self.say = say

    def begin(self, settings: Settings, address: str, bot_name: str | None, regency: str) -> None:
        """Where the chat is, and what is still to be done."""
        self.say(f"lapor serves {regency}.")
        self.say(f"Chat: {address}/")
        self.say(f"Health: {address}/health/ready")
        if settings.telegram_token is None:
            self.say(
                "There is no Telegram token yet: write /newbot to @BotFather in Telegram and put the token it gives "
                "you into .env as LAPOR_TELEGRAM_TOKEN. Until then the chat page works, and ./lapor chat in another "
                "terminal."
            )
            return
        self.say(f"Telegram: {bot_name or 'not reached yet, trying again'}")
        if is_loopback(settings.public_url):
            self.say(
                f"Links to {settings.public_url} open only on this machine: set LAPOR_PUBLIC_URL to the address "
                "that citizens can reach."
            )
