"""Opens Telegram as the settings say: polling, or a webhook that is posted to the web server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog
from telegram.error import TelegramError

from actions.cases.ports import Clock
from actions.store.engine.task_lease import TaskLease
from bot.channels.telegram.connect import LaporBot, make_bot
from bot.channels.telegram.menus import set_menus
from bot.channels.telegram.outgoing import TelegramChannel
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.start import CannotStart, get_acquainted
from bot.channels.telegram.webhook import set_webhook
from bot.configuration.settings import Settings
from bot.messaging.ports import Documents, Inbox, Topics

log = structlog.get_logger()

FIRST_ANSWER_SECONDS = 3.0
LONGEST_PAUSE_SECONDS = 30.0
NO_SECRET = (
    "LAPOR_TELEGRAM_MODE=webhook needs LAPOR_TELEGRAM_WEBHOOK_SECRET: set it to 32 random letters and digits in .env"  # noqa: S105 - a sentence
)

type Menus = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(slots=True)
class TelegramDoor:
    """Telegram, open. `state` is what `/health/ready` says of it.

    Attributes:
        task_lease: who polls has it; the others stand by. A webhook needs none: whoever is posted to takes it.
    """

    bot: LaporBot
    channel: TelegramChannel
    settings: Settings
    menus: Menus
    polling: Polling | None
    task_lease: TaskLease
    webhook_set: bool = False

    @property
    def state(self) -> str:
        """How it stands with Telegram."""
        if self.polling is not None:
            return self.polling.state.value if self.task_lease.is_held else "standby"
        return "webhook" if self.webhook_set else "unreachable"

    @property
    def name(self) -> str | None:
        """The bot's name, where Telegram has told it."""
        try:
            return f"@{self.bot.username}"
        except RuntimeError:
            return None

    async def start(self) -> None:
        """Make sure that it can work. A Telegram that cannot be reached, or is slow, holds nothing up.

        Raises:
            CannotStart: the token is wrong, or a webhook stands where this wants to poll.
        """
        try:
            async with asyncio.timeout(FIRST_ANSWER_SECONDS):
                await (self.polling.start() if self.polling else self._set_webhook())
        except (TelegramError, TimeoutError):
            log.warning("telegram_unreachable")

    async def run(self) -> None:
        """Keep it open until cancelled.

        Raises:
            CannotStart: what only showed once Telegram could be reached.
        """
        menus = asyncio.create_task(self._set_menus())
        try:
            if self.polling:
                await self.polling.run()
            await self._keep_webhook()
        finally:
            menus.cancel()

    async def close(self) -> None:
        """Close the connections."""
        await self.bot.shutdown()

    async def _keep_webhook(self) -> None:
        pause = 1.0
        while not self.webhook_set:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            try:
                await self._set_webhook()
            except TelegramError:
                continue
        await asyncio.Event().wait()

    async def _set_webhook(self) -> None:
        secret = self.settings.telegram_webhook_secret
        if secret is None:
            raise CannotStart(NO_SECRET)
        await get_acquainted(self.bot)
        await set_webhook(self.bot, f"{self.settings.public_url}/telegram", secret.get_secret_value())
        self.webhook_set = True

    async def _set_menus(self) -> None:
        """The list of commands; without it everything works, so it is tried until it is there."""
        pause = 1.0
        while True:
            try:
                await set_menus(self.bot, self.menus)
            except TelegramError:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                return


def open_telegram(
    settings: Settings,
    inbox: Inbox,
    menus: Menus,
    clock: Clock,
    task_lease: TaskLease,
    documents: Documents,
    topics: Topics,
) -> TelegramDoor | None:
    """The door that the settings ask for, not yet started; None without a token.

    `documents` writes files to be sent, `topics` knows the topics of cases in groups.

    Raises:
        CannotStart: a webhook is wanted and has no secret.
    """
    if settings.telegram_token is None:
        return None
    by_webhook = settings.telegram_mode == "webhook"
    if by_webhook and settings.telegram_webhook_secret is None:
        raise CannotStart(NO_SECRET)
    bot = make_bot(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    polling = None if by_webhook else Polling(bot, inbox, clock=clock)
    return TelegramDoor(bot, TelegramChannel(bot, documents, topics), settings, menus, polling, task_lease)
