"""Every way in and out that the settings open: the web, Telegram, SMS, and the files that come along."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from fastapi import APIRouter

from actions.store.engine.database import Database
from actions.store.engine.task_lease import TaskLease
from actions.store.messages.topics import SqlTopics
from bot.channels.telegram.routes import webhook_router
from bot.conversation.commands import MENU_COMMANDS
from bot.conversation.screen import line
from bot.main.assembly import Service
from bot.main.files_wiring import FileDoor, open_files
from bot.main.sms_wiring import SmsDoor, open_sms
from bot.main.telegram_wiring import Menus, TelegramDoor, open_telegram
from bot.main.web_wiring import open_chat
from bot.messaging.inbox import SqlInbox
from bot.messaging.leader import Main
from bot.messaging.ports import Channel
from bot.messaging.rate_limiter import RateLimiter, telegram_rate_limiter
from bot.messaging.sender import Sender
from bot.web.chat.context import ChatContext


@dataclass(frozen=True, slots=True)
class Doors:
    """The doors, open; Telegram and SMS only where the settings name them."""

    inbox: SqlInbox
    chat: ChatContext
    telegram: TelegramDoor | None
    sms: SmsDoor | None
    files: FileDoor

    @property
    def channels(self) -> Mapping[str, Channel]:
        """By name."""
        return {channel.name: channel for channel, _ in self._rate_limited()}

    @property
    def always(self) -> list[Main]:
        """What keeps them open in each process."""
        return [self.chat.run, *self._telegram(polls=False)]

    @property
    def run_while_leader(self) -> list[Main]:
        """What only one process does: ask Telegram for news, where nobody posts them."""
        return self._telegram(polls=True)

    def senders(self, database: Database, wall: Callable[[], float]) -> list[Sender]:
        """One for each channel, at its pace; `wall` is in seconds since 1970."""
        return [Sender(database, channel, rate_limiter, wall) for channel, rate_limiter in self._rate_limited()]

    def routers(self, service: Service) -> list[APIRouter]:
        """What others post to, and where files lie."""
        routers = [self.files.router]
        if self.sms:
            routers.append(self.sms.router)
        secret = service.settings.telegram_webhook_secret
        if self.telegram and self.telegram.polling is None and secret:
            known = secret.get_secret_value()
            routers.append(webhook_router(self.telegram.bot, self.inbox, known, service.clock))
        return routers

    def _telegram(self, *, polls: bool) -> list[Main]:
        return [self.telegram.run] if self.telegram and (self.telegram.polling is not None) is polls else []

    def _rate_limited(self) -> list[tuple[Channel, RateLimiter]]:
        rate_limited: list[tuple[Channel, RateLimiter]] = [(self.chat.channel, RateLimiter())]
        if self.telegram:
            rate_limited.append((self.telegram.channel, telegram_rate_limiter()))
        if self.sms:
            rate_limited.append((self.sms.channel, RateLimiter()))
        return rate_limited


@asynccontextmanager
async def open_doors(service: Service, task_lease: TaskLease, arrived: Callable[[], None]) -> AsyncIterator[Doors]:
    """The doors, until the block ends; a Telegram that cannot be reached holds nothing up.

    Args:
        service: with its settings and database.
        task_lease: of polling and sending.
        arrived: called when the inbox has something new.

    Raises:
        CannotStart: Telegram's token is wrong, or a webhook stands where this wants to poll.
        WrongSetting: a setting is missing beside another, or cannot be.
    """
    settings, inbox = service.settings, SqlInbox(service.database, service.clock, arrived)
    topics = SqlTopics(service.database)
    async with AsyncExitStack() as stack:
        telegram = open_telegram(settings, inbox, _menus(service), service.clock, task_lease, service.documents, topics)
        if telegram:
            stack.push_async_callback(telegram.close)
            await telegram.start()
        sms = await stack.enter_async_context(open_sms(settings, inbox, service.clock))
        files = open_files(service, telegram.bot if telegram else None, arrived)
        await files.sweep()
        yield Doors(inbox, open_chat(service, inbox), telegram, sms, files)


def _menus(service: Service) -> Menus:
    """The list of commands in each language."""
    return {
        language: [(name, service.texts.say(language, line(f"command-{name}"))) for name in MENU_COMMANDS]
        for language in service.regency.languages
    }
