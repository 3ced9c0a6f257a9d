"""`lapor start`: brings every part up in the order in which citizens need it, and down without leaving any behind."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import structlog
from fastapi import FastAPI

from actions.store.engine import schema
from actions.store.engine.task_lease import POST, task_lease_of
from actions.store.messages.messages import Chat
from actions.store.statistics.filling import StatisticsFiller
from bot.configuration.clock import steady_wall
from bot.configuration.settings import Settings, web_address
from bot.main.announcement import Announcement
from bot.main.assembly import Service, assemble
from bot.main.channels_wiring import Doors, open_doors
from bot.main.desk_wiring import open_desk
from bot.main.health import HealthWatch
from bot.main.open311_wiring import open311_routers
from bot.main.restart import Restart
from bot.main.running import Running
from bot.main.single_process import only_one
from bot.main.training_wiring import gatherer, open_trainers
from bot.main.understanding_wiring import lasting_understanding, model_context_of, promoted_of
from bot.main.webhooks_wiring import hook_sender
from bot.messaging.leader import run_while_leader
from bot.observability.logs import set_up_logs
from bot.observability.metrics import Metrics
from bot.ops.chain_files import ChainFiles
from bot.ops.day_roots import DayRoots
from bot.services.retention_sweep import RetentionSweep
from bot.training.models.coverage import unpredicted, what_to_do
from bot.training.models.subprocesses import Commands
from bot.understanding.danger.rules import learn_examples
from bot.understanding.port import Understanding
from bot.understanding.time.finder import warm
from bot.web.account.context import SignInContext
from bot.web.account.routes import sign_in_router
from bot.web.case.routes import case_router
from bot.web.chat.own_data import own_data_router
from bot.web.chat.routes import chat_router
from bot.web.desk.routes import desk_routers
from bot.web.public.routes import public_routers
from bot.web.public.statistics.reading import StatisticsAhead
from bot.web.shared.access import check_guards
from bot.web.shared.app import make_app
from bot.web.shared.health import health_router, metrics_router
from bot.web.shared.response_headers import GuardHeaders
from bot.web.shared.server import listen, make_server, serve_on, warm_up
from bot.web.trainer.models.context import ModelsContext
from bot.web.trainer.models.one_model import model_actions_router, model_router
from bot.web.trainer.models.routes import models_router
from bot.web.trainer.routes import trainer_routers
from bot.web.trainer.watch.routes import watch_router

log = structlog.get_logger()

TURN_LOOPS = 2
END_WITHIN_SECONDS = 4.0
SWITCH_SECONDS = 0.0005
"""Ten times as often as usual: the loop waits so long for the interpreter, several times in one commit."""


async def serve(settings: Settings, announcement: Announcement, restart: Restart) -> bool:
    """Run until SIGINT or SIGTERM, until it is to begin anew, or until something happens that running on cannot mend.

    Args:
        settings: what it runs with.
        announcement: tells whoever started it what it begins with, and how its understanding gets on.
        restart: knows when it is to begin anew.

    Returns:
        Whether it is to begin anew.

    Raises:
        Exception: one of `FAILURES`, whose message says what stands in the way.
    """
    stop = _stop_on_signals()
    service = assemble(settings)
    if settings.test_clock:
        log.warning("clock_is_a_tests")
    with only_one(service.database.file):
        running = asyncio.create_task(_run(service, announcement, restart))
        await asyncio.wait({stop, running}, return_when=asyncio.FIRST_COMPLETED)
        running.cancel()  # also while it is still starting
        with suppress(asyncio.CancelledError):
            await running
    return restart.is_due and not stop.done()


async def _run(service: Service, announcement: Announcement, restart: Restart) -> None:
    """Run until one of the parts ends."""
    async with _running(service, announcement, restart) as tasks:
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


@asynccontextmanager
async def _running(
    service: Service, announcement: Announcement, restart: Restart
) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Every part, running; the tasks are those whose end ends the service."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(service.database.close)
        await service.database.check()
        await schema.upgrade_apart(service.database)
        await asyncio.to_thread(warm, service.clock().date())
        await asyncio.to_thread(learn_examples)
        settings, metrics = service.settings, Metrics()
        set_up_logs(settings.log, metrics.logged)
        task_lease = task_lease_of(service.database, POST)
        running = Running(task_lease)
        listening = stack.enter_context(listen(settings.http_host, settings.http_port))
        doors = await stack.enter_async_context(open_doors(service, task_lease, running.arrived))
        understanding = await stack.enter_async_context(lasting_understanding(service, announcement.say, metrics))
        worker = service.worker(doors.channels, understanding, running.committed)
        await worker.warm_up()
        running.workers.append(worker)
        running.senders += doors.senders(service.database, steady_wall(service.clock))
        running.fetchers.append(doors.files.fetcher)
        running.pages.append(doors.chat.sse_signals)
        running.are_counted_by(metrics)
        metrics.open_channels(tuple(doors.channels))
        commands = Commands(settings, model_context_of(service), promoted_of(understanding))
        stack.push_async_callback(commands.close)
        watch = _watch(service, doors, understanding, metrics)
        app = web_app(service, doors, watch, commands, running.told, restart)
        await warm_up(app)
        server = make_server(app)
        tasks = await stack.enter_async_context(
            _tasks(
                serve_on(server, listening, doors.chat.sse_signals.close),
                restart.wait(listening),
                *(worker.run() for _ in range(TURN_LOOPS)),
                service.sweeper(running.told).run(),
                service.digests(running.told).run(),
                service.weekly_news(running.told).run(),
                *(main() for main in doors.always),
                run_while_leader(
                    task_lease,
                    (
                        *(sender.run for sender in running.senders),
                        doors.files.fetcher.run,
                        RetentionSweep(service.database, service.clock, service.retention).run,
                        DayRoots(service.database, service.regency, service.clock, ChainFiles(settings.data_dir)).run,
                        gatherer(service).run,
                        StatisticsFiller(service.database, service.regency).run,
                        StatisticsAhead(service.database, service.regency, service.clock).run,
                        hook_sender(service).run,
                        *doors.run_while_leader,
                    ),
                ),
            )
        )
        host, port = listening.getsockname()[:2]
        name = doors.telegram.name if doors.telegram else None
        _tune_interpreter()
        announcement.begin(settings, web_address(host, port), name, service.regency.name)
        if slugs := await unpredicted(commands.bench):
            announcement.say(what_to_do(slugs))
        yield tasks


def _tune_interpreter() -> None:
    """What is in memory now stays until the end: the collector need not look at it again and again, nor at the end.

    No module read from now on is written down compiled: on a full disk half of it would be, for good. And whoever
    calculates in a thread lets citizens go first.
    """
    sys.dont_write_bytecode = True
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()


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


def _watch(service: Service, doors: Doors, understanding: Understanding, metrics: Metrics) -> HealthWatch:
    has_sms = doors.sms is not None
    return HealthWatch(service.database, understanding, doors.telegram, metrics, has_sms=has_sms, clock=service.clock)


def web_app(
    service: Service,
    doors: Doors,
    watch: HealthWatch,
    commands: Commands,
    told: Callable[[Collection[Chat]], None],
    restart: Restart,
) -> FastAPI:
    """Every page and address there is, each with its guard; `told` hears which chats have a message."""
    settings, chat = service.settings, doors.chat
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    sign_in = SignInContext(chat)
    trainers = open_trainers(service, sign_in)
    models = ModelsContext(trainers, commands)
    app = make_app(
        [
            *doors.routers(service),  # who posts to them waits for an answer, and posts the most
            chat_router(chat),
            case_router(chat, service.effect_runner.links, service.regency),
            own_data_router(chat, service.documents),
            *public_routers(chat, service.effect_runner.links, service.regency),
            *open311_routers(service, chat, watch.metrics.case_filed),
            sign_in_router(sign_in),
            *desk_routers(open_desk(service, sign_in, told, doors.files.fetcher, restart)),
            *trainer_routers(trainers),
            models_router(models),
            model_router(models),
            model_actions_router(models),
            watch_router(models),
            health_router(watch.look),
            metrics_router(watch.metrics.registry, token, watch.look),
        ]
    )
    check_guards(app)
    app.add_middleware(GuardHeaders, addresses=chat.addresses, public_url=settings.public_url)
    return app
