"""`lapor start`: brings every part up in the order in which citizens need it, and down without leaving any behind."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

import structlog
from fastapi import APIRouter

from actions.store import schema
from bot.announcement import Announcement
from bot.assembly import Service, assemble
from bot.cli.output import console
from bot.conversation.commands import MENU_COMMANDS
from bot.conversation.screen import line
from bot.delivery.inbox import SqlInbox
from bot.delivery.pace import Pace, telegram_pace
from bot.delivery.ports import Channel, Inbox
from bot.delivery.sender import Sender
from bot.delivery.turns import TurnWorker
from bot.file_door import open_files
from bot.files.fetcher import FileFetcher
from bot.lock import only_one
from bot.settings import Settings, web_address
from bot.sms_door import open_sms
from bot.telegram_door import Menus, TelegramDoor, open_telegram
from bot.understanding.when import warm
from bot.understanding_choice import lasting_understanding
from bot.watch import Metrics, Watch
from bot.web.app import make_app
from bot.web.case import case_router
from bot.web.chat import chat_router
from bot.web.chat_door import ChatDoor
from bot.web.guard_headers import GuardHeaders
from bot.web.health import health_router, metrics_router
from bot.web.server import QuietServer, listen, make_server
from bot.web.webhook import webhook_router
from bot.web_door import open_chat

log = structlog.get_logger()

TURN_LOOPS = 2
END_WITHIN_SECONDS = 4.0


async def serve(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM, or until something happens that running on cannot mend.

    Raises:
        Exception: one of `FAILURES`, whose message says what stands in the way.
    """
    stop = _stop_on_signals()
    service = assemble(settings)
    with only_one(service.database.file):
        running = asyncio.create_task(_run(service))
        await asyncio.wait({stop, running}, return_when=asyncio.FIRST_COMPLETED)
        running.cancel()  # also while it is still starting
        with suppress(asyncio.CancelledError):
            await running


async def _run(service: Service) -> None:
    """Run until one of the parts ends."""
    async with _running(service) as tasks:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in ended:
        task.result()


def _stop_on_signals() -> asyncio.Future[None]:
    loop = asyncio.get_running_loop()
    stop = loop.create_future()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _settle, stop)
    return stop


def _settle(stop: asyncio.Future[None]) -> None:
    if not stop.done():
        stop.set_result(None)


@dataclass(slots=True)
class Running:
    """The parts of a running service that tell each other that there is something to do."""

    workers: list[TurnWorker] = field(default_factory=list)
    senders: list[Sender] = field(default_factory=list)
    fetchers: list[FileFetcher] = field(default_factory=list)

    def arrived(self) -> None:
        """The inbox has something new."""
        for worker in self.workers:
            worker.wake()

    def committed(self) -> None:
        """The outbox has something new, and perhaps a file is wanted."""
        for sender in self.senders:
            sender.wake()
        for fetcher in self.fetchers:
            fetcher.wake()


@asynccontextmanager
async def _running(service: Service) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Every part, running; the tasks are those whose end ends the service."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(service.database.close)
        await service.database.check()
        await schema.upgrade(service.database)
        await asyncio.to_thread(warm, service.clock().date())
        settings, running = service.settings, Running()
        inbox = SqlInbox(service.database, service.clock, running.arrived)
        listening = stack.enter_context(listen(settings.http_host, settings.http_port))
        telegram = open_telegram(settings, inbox, _menus(service))
        if telegram:
            stack.push_async_callback(telegram.close)
            await telegram.start()
        announcement = Announcement(console)
        understanding = await stack.enter_async_context(lasting_understanding(service, announcement.say))
        chat = open_chat(service, inbox)
        channels: dict[str, Channel] = {chat.channel.name: chat.channel}
        if telegram:
            channels[telegram.channel.name] = telegram.channel
        sms = await stack.enter_async_context(open_sms(settings, inbox, service.clock))
        if sms:
            channels[sms.channel.name] = sms.channel
            running.senders.append(Sender(service.database, sms.channel, Pace()))
        worker = service.worker(channels, understanding, running.committed)
        running.workers.append(worker)
        running.senders.append(Sender(service.database, chat.channel, Pace()))
        if telegram:
            running.senders.append(Sender(service.database, telegram.channel, telegram_pace()))
        files = open_files(service, telegram.bot if telegram else None, running.arrived)
        running.fetchers.append(files.fetcher)
        watch = Watch(service.database, understanding, telegram, Metrics(), has_sms=sms is not None)
        server = _server(service, inbox, chat, telegram, watch, [files.router, *([sms.router] if sms else [])])
        tasks = await stack.enter_async_context(
            _tasks(
                server.serve(sockets=[listening]),
                *(worker.run() for _ in range(TURN_LOOPS)),
                *(sender.run() for sender in running.senders),
                chat.run(),
                files.fetcher.run(),
                *([telegram.run()] if telegram else []),
            )
        )
        host, port = listening.getsockname()[:2]
        announcement.begin(settings, web_address(host, port), telegram.name if telegram else None, service.regency.name)
        yield tasks


@asynccontextmanager
async def _tasks(*mains: Coroutine[object, object, None]) -> AsyncIterator[list[asyncio.Task[None]]]:
    """These run until the block ends, and are then ended."""
    tasks = [asyncio.create_task(main) for main in mains]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=END_WITHIN_SECONDS)


def _menus(service: Service) -> Menus:
    """The list of commands in each language."""
    return {
        language: [(name, service.texts.say(language, line(f"command-{name}"))) for name in MENU_COMMANDS]
        for language in service.regency.languages
    }


def _server(
    service: Service,
    inbox: Inbox,
    chat: ChatDoor,
    telegram: TelegramDoor | None,
    watch: Watch,
    more: Iterable[APIRouter],
) -> QuietServer:
    settings = service.settings
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    routers = [
        chat_router(chat),
        case_router(chat, service.desk.links, service.regency),
        health_router(watch.look),
        metrics_router(watch.metrics.registry, token, watch.look),
    ]
    routers += more
    if telegram and telegram.polling is None and settings.telegram_webhook_secret:
        secret = settings.telegram_webhook_secret.get_secret_value()
        routers.append(webhook_router(telegram.bot, inbox, secret, service.clock))
    app = make_app(routers)
    app.add_middleware(GuardHeaders, addresses=chat.addresses, public_url=settings.public_url)
    return make_server(app)
