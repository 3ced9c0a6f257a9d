"""`lapor start`: brings every part up in the order in which citizens need it, and down without leaving any behind."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial

import structlog

from actions.cases.outcome import SP4N
from actions.store.engine import schema
from actions.store.engine.row_task_leases import task_leases_of
from actions.store.engine.task_lease import TaskName
from actions.store.messages.waiting import note_all_waiting
from actions.store.statistics.filling import StatisticsFiller
from bot.channels.declaration import ChannelState
from bot.configuration.clock import steady_wall
from bot.configuration.file_modes import keep_to_ourselves
from bot.configuration.settings import ChannelSettings, Settings, web_address
from bot.integrations.sp4n.state import Sp4nState
from bot.integrations.transcription.http import TRANSCRIBER, HttpTranscriber
from bot.main.announcement import Announcement
from bot.main.assembly import Service, assemble
from bot.main.channels import Channels, open_channels
from bot.main.health import HealthWatch
from bot.main.integrations_wiring import hook_sender, recording_worker, sp4n_bridge, transcriber_of
from bot.main.private_files import log_private_files, make_files_private
from bot.main.restart import Restart
from bot.main.running import Running
from bot.main.single_process import only_one
from bot.main.supervised import kept, kept_on_duty
from bot.main.training_wiring import gatherer
from bot.main.understanding_wiring import lasting_understanding, model_context_of, promoted_of
from bot.main.web_app import web_app
from bot.messaging.leader import Task, run_while_leader
from bot.observability.logs import set_up_logs
from bot.observability.metrics import Metrics
from bot.ops.chain_files import ChainFiles
from bot.ops.day_roots import DayRoots
from bot.services.publication.sweep import PublicationSweep
from bot.training.models.coverage import unpredicted, what_to_do
from bot.training.models.subprocesses import Commands
from bot.understanding.acts.baseline import known_acts
from bot.understanding.danger.rules import read_model
from bot.understanding.matters.baseline import known_matters
from bot.understanding.purpose.baseline import known_purposes
from bot.understanding.time.finder import warm
from bot.web.public.statistics.reading import StatisticsAhead
from bot.web.shared.server import listen, make_server, serve_on, warm_up

log = structlog.get_logger()

TURN_LOOPS = 2
WORK = "work"
"""The kind of task that is done for the whole installation."""
END_WITHIN_SECONDS = 4.0
SWITCH_SECONDS = 0.0005
"""Ten times as often as usual: the loop waits so long for the interpreter, several times in one commit."""


async def serve(
    settings: Settings, channels: Mapping[str, ChannelSettings], announcement: Announcement, restart: Restart
) -> bool:
    """Run until SIGINT or SIGTERM, until it is to begin anew, or until something happens that running on cannot mend.

    Args:
        settings: what it runs with.
        channels: the settings of each channel, by its name.
        announcement: tells whoever started it what it begins with, and how its understanding gets on.
        restart: knows when it is to begin anew.

    Returns:
        Whether it is to begin anew.

    Raises:
        Exception: one of `FAILURES`, whose message says what stands in the way.
    """
    stop = _stop_on_signals()
    keep_to_ourselves()
    service = assemble(settings)
    private_files = make_files_private(settings, service.database.file)
    if settings.test_clock:
        log.warning("clock_is_a_tests")
    with only_one(service.database.file):
        running = asyncio.create_task(_run(service, channels, announcement, restart, private_files))
        await asyncio.wait({stop, running}, return_when=asyncio.FIRST_COMPLETED)
        running.cancel()  # also while it is still starting
        with suppress(asyncio.CancelledError):
            await running
    return restart.is_due and not stop.done()


async def _run(
    service: Service,
    channels: Mapping[str, ChannelSettings],
    announcement: Announcement,
    restart: Restart,
    private_files: list[tuple[str, str]],
) -> None:
    """Run until one of the parts ends."""
    async with _running(service, channels, announcement, restart) as tasks:
        log_private_files(private_files)
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
    service: Service, settings_of: Mapping[str, ChannelSettings], announcement: Announcement, restart: Restart
) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Every part, running; the tasks are those whose end ends the service."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(service.database.close)
        await service.database.check()
        await schema.upgrade_apart(service.database)
        async with service.database.writing() as connection:
            await note_all_waiting(connection)
        await asyncio.to_thread(warm, service.clock().date())
        await asyncio.to_thread(read_model)
        await asyncio.to_thread(known_acts)
        await asyncio.to_thread(known_matters)
        await asyncio.to_thread(known_purposes)
        settings, metrics = service.settings, Metrics()
        set_up_logs(settings.log, metrics.logged)
        task_leases = task_leases_of(service.database)
        running = Running()
        listening = stack.enter_context(listen(settings.http_host, settings.http_port))
        channels = await stack.enter_async_context(open_channels(service, settings_of, task_leases, running.arrived))
        understanding = await stack.enter_async_context(lasting_understanding(service, announcement.say, metrics))
        worker = service.worker(channels.by_name, understanding, running.committed)
        await worker.warm_up()
        running.workers.append(worker)
        running.senders += channels.senders(service.database, steady_wall(service.clock), service.regency.prices)
        running.fetchers.append(channels.files.fetcher)
        running.wakes, running.leaders = channels.wakes, channels.leases
        running.are_counted_by(metrics)
        metrics.open_channels(tuple(channels.by_name))
        commands = Commands(settings, model_context_of(service), promoted_of(understanding))
        stack.push_async_callback(commands.close)
        sp4n = Sp4nState(metrics.exchanged)
        transcriber = transcriber_of(settings)
        states = partial(_states, service, channels, sp4n, transcriber)
        watch = HealthWatch(service.database, understanding, states, metrics, service.clock)
        app = web_app(service, channels, watch, commands, running.told, restart)
        await warm_up(app)
        server = make_server(app, channels.chat.addresses)
        bridge = sp4n_bridge(service, running.told, metrics.case_filed, sp4n)
        recordings = recording_worker(service, channels.files.fetcher, transcriber, metrics, running.arrived)
        work = _work(service) | {
            "files": [channels.files.fetcher.run, *([recordings.run] if recordings else [])],
            "sp4n": [bridge.run] if bridge else [],
        }
        tasks_of_leaders = [
            *((task_leases.lease(TaskName(WORK, name)), mains) for name, mains in work.items() if mains),
            *channels.leader_tasks(running.senders),
        ]
        tasks = await stack.enter_async_context(
            _tasks(
                serve_on(server, listening, channels.chat.sse_signals.close),
                *kept(
                    partial(restart.wait, listening),
                    *(worker.run for _ in range(TURN_LOOPS)),
                    service.sweeper(running.told).run,
                    service.digests(running.told).run,
                    service.weekly_news(running.told).run,
                    *channels.tasks,
                    task_leases.run,
                    *(partial(run_while_leader, lease, kept_on_duty(*mains)) for lease, mains in tasks_of_leaders),
                ),
            )
        )
        host, port = listening.getsockname()[:2]
        _tune_interpreter()
        announcement.begin(web_address(host, port), service.regency.name, channels.announcement())
        if slugs := await unpredicted(commands.bench):
            announcement.say(what_to_do(slugs))
        yield tasks


def _states(
    service: Service, channels: Channels, sp4n: Sp4nState, transcriber: HttpTranscriber | None
) -> Mapping[str, ChannelState]:
    """How it stands with each channel, and with SP4N-LAPOR! and the transcriber where they are spoken with."""
    others = {SP4N: sp4n()} if service.settings.speaks_with_sp4n else {}
    return {**channels.states(), **others, **({TRANSCRIBER: transcriber.state} if transcriber else {})}


def _work(service: Service) -> dict[str, Sequence[Task]]:
    """By name what one process of an installation does for all of them, whatever the channels."""
    sweep = service.retention_sweep()
    day_roots = DayRoots(service.database, service.regency, service.clock, ChainFiles(service.settings.data_dir))
    filler = StatisticsFiller(service.database, service.regency)
    ahead = StatisticsAhead(service.database, service.regency, service.clock)
    return {
        "retention": [sweep.run, sweep.last_traces.run],
        "day_roots": [day_roots.run],
        "samples": [gatherer(service).run],
        "statistics": [filler.run, ahead.run],
        "publication": [PublicationSweep(service.database, service.regency, service.clock).run],
        "webhooks": [hook_sender(service).run],
    }


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
