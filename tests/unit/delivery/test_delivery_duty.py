"""The duty is one process's, and what is done on it ends with it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine import task_lease
from actions.store.engine.database import Database
from actions.store.engine.task_lease import POST, AdvisoryLockTaskLease, task_lease_of
from bot.main.failures import CommandFailed
from bot.main.single_process import only_one_talk
from bot.messaging.leader import run_while_leader
from tests.databases import on_postgresql, on_sqlite
from tests.patience import PATIENCE_SECONDS


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_lease, "TRY_EVERY_SECONDS", 0.01)


async def ends_sessions(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def session_on_duty(database: Database) -> int:
    """The process of the server that speaks with whoever has the duty."""
    async with database.reading() as connection:
        holding = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = :duties AND granted"
        return int((await connection.execute(text(holding), {"duties": task_lease.DUTIES})).scalar_one())


@contextmanager
def silent(pid: int) -> Iterator[None]:
    """This process of the server is there, but answers nothing."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
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


async def within(waiting: Awaitable[object]) -> None:
    await asyncio.wait_for(waiting, timeout=PATIENCE_SECONDS)


@on_sqlite
async def test_on_sqlite_it_is_always_held(database: Database) -> None:
    alone, work = task_lease_of(database, POST), Work()
    running = asyncio.create_task(run_while_leader(alone, [work.run]))
    await within(work.begun.acquire())
    assert alone.is_held
    running.cancel()
    await within(work.ended.acquire())


@on_postgresql
async def test_another_process_waits_until_it_is_given_up(
    database: Database, another_process: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = asyncio.Semaphore(0)
    try_once = task_lease.try_task_lease

    async def try_task_lease(connection: AsyncConnection, name: str) -> bool:
        tried.release()
        return await try_once(connection, name)

    monkeypatch.setattr(task_lease, "try_task_lease", try_task_lease)
    first, second = task_lease_of(database, POST), task_lease_of(another_process, POST)
    work, later = Work(), Work()
    holding = asyncio.create_task(run_while_leader(first, [work.run]))
    await within(work.begun.acquire())
    waiting = asyncio.create_task(run_while_leader(second, [later.run]))
    for _ in range(4):  # the first try was that of the holder
        await within(tried.acquire())
    assert (first.is_held, second.is_held, later.begun.locked()) == (True, False, True)
    holding.cancel()
    await within(later.begun.acquire())
    assert (first.is_held, second.is_held) == (False, True)
    waiting.cancel()
    await asyncio.wait({holding, waiting})


@on_postgresql
async def test_who_loses_the_session_ends_the_work_and_takes_it_up_again(
    database: Database, another_process: Database
) -> None:
    work = Work()
    running = asyncio.create_task(run_while_leader(task_lease_of(database, POST), [work.run]))
    await within(work.begun.acquire())
    await ends_sessions(another_process)
    await within(work.ended.acquire())
    await within(work.begun.acquire())
    running.cancel()
    await asyncio.wait({running})


@on_postgresql
async def test_a_session_that_does_not_answer_is_taken_for_lost(
    database: Database, another_process: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task_lease, "LOST_AFTER_SECONDS", 0.2)
    work = Work()
    running = asyncio.create_task(run_while_leader(AdvisoryLockTaskLease(database, POST), [work.run]))
    await within(work.begun.acquire())
    with silent(await session_on_duty(another_process)):
        await within(work.ended.acquire())
    await within(work.begun.acquire())
    running.cancel()
    await asyncio.wait({running})


@on_postgresql
async def test_who_gives_it_up_while_the_session_is_asked_ends_the_question_first(
    database: Database, another_process: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_ask = asyncio.Event()
    asked: asyncio.Queue[asyncio.Task[object] | None] = asyncio.Queue()
    ask = task_lease._ask

    async def ask_then(connection: AsyncConnection) -> bool:
        await may_ask.wait()
        asked.put_nowait(asyncio.current_task())
        return await ask(connection)

    monkeypatch.setattr(task_lease, "_ask", ask_then)
    monkeypatch.setattr(task_lease, "LOST_AFTER_SECONDS", PATIENCE_SECONDS)
    work = Work()
    running = asyncio.create_task(run_while_leader(AdvisoryLockTaskLease(database, POST), [work.run]))
    await within(work.begun.acquire())
    with silent(await session_on_duty(another_process)):
        may_ask.set()
        question = await asyncio.wait_for(asked.get(), PATIENCE_SECONDS)
        assert question is not None
        running.cancel()
        await within(asyncio.wait({running}))
        assert question.done()
        assert question.result() is False


async def test_what_fails_on_duty_is_said(database: Database) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    others = Work()
    mains: list[Callable[[], Awaitable[None]]] = [fail, others.run]
    with pytest.raises(ZeroDivisionError):
        await run_while_leader(task_lease_of(database, POST), mains)
    await within(others.ended.acquire())


async def test_of_two_talks_in_a_terminal_the_second_is_refused(database: Database, another_process: Database) -> None:
    async with only_one_talk(database):
        with pytest.raises(CommandFailed, match="end that one first"):
            async with only_one_talk(another_process):
                pass
    async with only_one_talk(another_process):
        pass
