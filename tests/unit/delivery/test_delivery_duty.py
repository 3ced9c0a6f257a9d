"""Each task is one process's at a time, and what is done for it ends with its lease."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from actions.store.engine import row_task_leases, task_lease_rows
from actions.store.engine.database import Database
from actions.store.engine.row_task_leases import RowTaskLeases, task_leases_of
from actions.store.engine.task_lease import TaskLeases, TaskName
from bot.main.failures import CommandFailed
from bot.main.single_process import only_one_talk
from bot.messaging.leader import run_while_leader
from tests.databases import on_postgresql, on_sqlite
from tests.patience import PATIENCE_SECONDS

SENDING = TaskName("channel", "telegram")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_task_leases, "BEAT_SECONDS", 0.02)


async def ends_sessions(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def servers_of_others(database: Database) -> list[int]:
    """The processes of the server that speak with other processes of ours."""
    async with database.reading() as connection:
        others = (
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
            " AND pid <> pg_backend_pid()"
        )
        return list((await connection.execute(text(others))).scalars())


async def runs_out(database: Database, name: TaskName) -> None:
    """As if its holder had stood still for long."""
    async with database.writing() as connection:
        late = "UPDATE task_leases SET until = now() - interval '1 second' WHERE account = :account"
        await connection.execute(text(late), {"account": name.account})


@contextmanager
def silent(pids: list[int]) -> Iterator[None]:
    """These processes of the server are there, but answer nothing."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


class Work:
    """Runs until it is ended, and remembers how often it was begun and ended."""

    def __init__(self) -> None:
        self.begun, self.ended = asyncio.Semaphore(0), asyncio.Semaphore(0)

    async def run(self) -> None:
        self.begun.release()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.release()


@asynccontextmanager
async def a_process(leases: TaskLeases, work: dict[TaskName, Work]) -> AsyncIterator[None]:
    """A process that does these tasks while they are its own."""
    keeping = asyncio.create_task(leases.run())
    leading = [asyncio.create_task(run_while_leader(leases.lease(name), [one.run])) for name, one in work.items()]
    try:
        yield
    finally:
        for tasks in (leading, [keeping]):
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def within(waiting: Awaitable[object]) -> None:
    await asyncio.wait_for(waiting, timeout=PATIENCE_SECONDS)


async def until(is_so: Callable[[], bool]) -> None:
    while not is_so():
        await asyncio.sleep(0.01)


async def beats(leases: RowTaskLeases, times: int = 1) -> None:
    """So often this process looks."""
    for _ in range(times):
        await leases.beat()


@on_sqlite
async def test_on_sqlite_it_is_always_held(database: Database) -> None:
    alone, work = task_leases_of(database), Work()
    async with a_process(alone, {SENDING: work}):
        await within(work.begun.acquire())
        assert alone.lease(SENDING).is_held
    await within(work.ended.acquire())


@on_postgresql
async def test_another_process_waits_until_it_is_given_up(database: Database, another_process: Database) -> None:
    first, second = RowTaskLeases(database), RowTaskLeases(another_process)
    work, later = Work(), Work()
    async with a_process(second, {}):
        async with a_process(first, {SENDING: work}):
            await within(work.begun.acquire())
            waiting = asyncio.create_task(run_while_leader(second.lease(SENDING), [later.run]))
            await beats(second, 5)
            assert [one.lease(SENDING).is_held for one in (first, second)] == [True, False]
            assert later.begun.locked()
        await within(later.begun.acquire())
        assert [one.lease(SENDING).is_held for one in (first, second)] == [False, True]
        waiting.cancel()
        await asyncio.wait({waiting})


@on_postgresql
async def test_what_a_killed_process_held_is_anothers_when_it_has_run_out(
    database: Database, another_process: Database
) -> None:
    killed, work = RowTaskLeases(database), Work()
    waiting = asyncio.create_task(killed.wait_for(SENDING))
    await asyncio.sleep(0)
    await killed.beat()
    await waiting
    living = RowTaskLeases(another_process)
    async with a_process(living, {SENDING: work}):
        await beats(living, 5)
        assert work.begun.locked()
        await runs_out(another_process, SENDING)
        await within(work.begun.acquire())


@on_postgresql
async def test_a_session_that_is_lost_costs_no_lease(database: Database, another_process: Database) -> None:
    leases, work = RowTaskLeases(database), Work()
    async with a_process(leases, {SENDING: work}):
        await within(work.begun.acquire())
        await ends_sessions(another_process)
        await asyncio.sleep(0.2)
        assert (leases.lease(SENDING).is_held, work.ended.locked()) == (True, True)


@on_postgresql
async def test_a_lease_that_another_has_by_now_ends_the_work_which_is_taken_up_when_it_is_free(
    database: Database, another_process: Database
) -> None:
    work = Work()
    async with a_process(RowTaskLeases(database), {SENDING: work}):
        await within(work.begun.acquire())
        async with another_process.writing() as connection:
            other = "UPDATE task_leases SET epoch = nextval('task_leases_epoch_seq'), holder = 'another'"
            await connection.execute(text(f"{other} WHERE account = 'telegram'"))
        await within(work.ended.acquire())
        assert work.begun.locked()
        await runs_out(another_process, SENDING)
        await within(work.begun.acquire())


@on_postgresql
async def test_a_server_that_does_not_answer_ends_the_work_before_another_has_the_lease(
    database: Database, another_process: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_task_leases, "LOST_AFTER_SECONDS", 0.5)
    leases, work = RowTaskLeases(database), Work()
    lease = leases.lease(SENDING)
    async with a_process(leases, {SENDING: work}):
        await within(work.begun.acquire())
        servers = await servers_of_others(another_process)
        await within(until(lambda: lease.is_held))  # on a slow machine it may have lost and taken it already
        with silent(servers):
            async with another_process.reading() as connection:
                runs_out_at = await task_lease_rows.until_of(connection, SENDING)
            await within(until(lambda: not lease.is_held))
            await within(work.ended.acquire())
            assert runs_out_at is not None
            assert datetime.now(UTC) < runs_out_at
        await within(work.begun.acquire())


@on_postgresql
async def test_each_account_has_its_own_sender_and_they_are_shared_among_processes(
    database: Database, another_process: Database
) -> None:
    names = [TaskName("channel", f"account {number}") for number in range(4)]
    first, second = RowTaskLeases(database), RowTaskLeases(another_process)
    for leases in (first, second):
        await leases.beat()
    works = [{name: Work() for name in names} for _ in range(2)]
    async with a_process(first, works[0]), a_process(second, works[1]):
        everyone = [one.lease(name) for one in (first, second) for name in names]
        await within(until(lambda: sum(lease.is_held for lease in everyone) == len(names)))
        held = [sum(leases.lease(name).is_held for name in names) for leases in (first, second)]
    assert held == [2, 2]


async def test_what_fails_while_leading_is_said(database: Database) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    others, leases = Work(), task_leases_of(database)
    mains: list[Callable[[], Awaitable[None]]] = [fail, others.run]
    async with a_process(leases, {}):
        with pytest.raises(ZeroDivisionError):
            await run_while_leader(leases.lease(SENDING), mains)
    await within(others.ended.acquire())


async def test_of_two_talks_in_a_terminal_the_second_is_refused(database: Database, another_process: Database) -> None:
    async with only_one_talk(database):
        with pytest.raises(CommandFailed, match="end that one first"):
            async with only_one_talk(another_process):
                pass
    async with only_one_talk(another_process):
        pass
