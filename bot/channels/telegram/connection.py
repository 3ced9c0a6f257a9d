"""Telegram, open: polling, or a webhook that is posted to the web server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from telegram.error import TelegramError

from bot.channels.declaration import ChannelContext, ChannelState, OpenChannel
from bot.channels.telegram.connect import LaporBot, make_bot
from bot.channels.telegram.files import TelegramFiles
from bot.channels.telegram.menus import set_menus
from bot.channels.telegram.outgoing import TelegramChannel
from bot.channels.telegram.polling import Polling, PollingState
from bot.channels.telegram.routes import webhook_router
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.start import get_acquainted
from bot.channels.telegram.webhook import set_webhook
from bot.configuration.case_links import is_loopback
from bot.observability.supervision import keep_running

log = structlog.get_logger()

FIRST_ANSWER_SECONDS = 3.0
LONGEST_PAUSE_SECONDS = 30.0
STANDBY, WEBHOOK = ChannelState("standby"), ChannelState("webhook")
UNREACHABLE = ChannelState(PollingState.UNREACHABLE.value, is_well=False)


@asynccontextmanager
async def open_telegram(context: ChannelContext[TelegramSettings]) -> AsyncIterator[OpenChannel]:
    """Telegram, until the block ends; one that cannot be reached holds nothing up.

    Raises:
        CannotStart: the token is wrong, or a webhook stands where this wants to poll.
    """
    settings = context.settings
    bot = make_bot(settings.token, settings.telegram_api_url)
    polling = None if settings.is_posted_to else Polling(bot, context.inbox, clock=context.clock)
    connection = TelegramConnection(bot, context, polling)
    try:
        await connection.start()
        posted = webhook_router(bot, context.inbox, settings.webhook_secret, context.clock)
        yield OpenChannel(
            channel=TelegramChannel(bot, context.documents, context.topics),
            routers=() if polling else (posted,),
            tasks=() if polling else (connection.run,),
            leader_tasks=(connection.run,) if polling else (),
            state=lambda: connection.state,
            file_source=TelegramFiles(bot),
            announcement=connection.announcement,
        )
    finally:
        await bot.shutdown()


@dataclass(slots=True)
class TelegramConnection:
    """The bot, and whether Telegram is fetched from (`polling`) or posts (`polling` is None).

    Only the leader of the processes polls. Of a webhook's processes each takes what is posted to it.
    """

    bot: LaporBot
    context: ChannelContext[TelegramSettings]
    polling: Polling | None
    webhook_set: bool = False

    @property
    def state(self) -> ChannelState:
        """How it stands with Telegram."""
        if self.polling is None:
            return WEBHOOK if self.webhook_set else UNREACHABLE
        if not self.context.leader.is_held:
            return STANDBY
        return ChannelState(self.polling.state.value, is_well=self.polling.state is PollingState.POLLING)

    @property
    def name(self) -> str | None:
        """The bot's name, where Telegram has told it."""
        try:
            return f"@{self.bot.username}"
        except RuntimeError:
            return None

    def announcement(self) -> Sequence[str]:
        """What is said at a start."""
        lines = [f"Telegram: {self.name or 'not reached yet, trying again'}"]
        if is_loopback(self.context.public_url):
            lines.append(
                f"Links to {self.context.public_url} open only on this machine: set LAPOR_PUBLIC_URL to the address "
                "that citizens can reach."
            )
        return lines

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
        menus = asyncio.create_task(keep_running(self._set_menus))
        try:
            if self.polling:
                await self.polling.run()
            await self._keep_webhook()
        finally:
            menus.cancel()

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
        await get_acquainted(self.bot)
        await set_webhook(self.bot, f"{self.context.public_url}/telegram", self.context.settings.webhook_secret)
        self.webhook_set = True

    async def _set_menus(self) -> None:
        """The list of commands; without it everything works, so it is tried until it is there."""
        pause = 1.0
        while True:
            try:
                await set_menus(self.bot, self.context.commands)
            except TelegramError:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                return
