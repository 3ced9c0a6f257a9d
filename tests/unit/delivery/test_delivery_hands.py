"""A chat is in one hand only, and who has lost her hold of it commits nothing."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text

from actions.store.engine.chat_leases import ChatLease, chat_leases_of
from actions.store.engine.database import Database, is_away
from actions.store.messages.messages import received
from bot.messaging.turns import CHATS_A_BATCH
from tests.databases import on_postgresql
from tests.fakes.understandings import SlowUnderstanding
from tests.unit.delivery.town import STORY, Town, a_listener

CHANNELS = ["telegram"]


async def people_write(town: Town, count: int) -> None:
    await town.arrives(*(town.said(STORY, f"chat {number}") for number in range(count)))


async def ends_sessions(database: Database) -> None:
    """The server ends every session but the one that asks for it."""
    async with database.writing() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def test_what_is_in_hand_is_given_to_nobody_else(town: Town) -> None:
    await people_write(town, 3)
    leases = chat_leases_of(town.database)
    async with leases.take(CHANNELS, 2) as first, leases.take(CHANNELS, 2) as second:
        assert [len(first.chats), len(second.chats)] == [2, 1]
        assert not set(first.chats) & set(second.chats)


async def test_what_is_let_go_is_given_again(town: Town) -> None:
    await people_write(town, 1)
    leases = chat_leases_of(town.database)
    async with leases.take(CHANNELS, 2) as first:
        pass
    async with leases.take(CHANNELS, 2) as second:
        assert second.chats == first.chats


async def test_what_a_fault_leaves_is_given_again(town: Town) -> None:
    await people_write(town, 1)
    leases = chat_leases_of(town.database)
    with pytest.raises(ZeroDivisionError):
        async with leases.take(CHANNELS, 2):
            raise ZeroDivisionError
    async with leases.take(CHANNELS, 2) as second:
        assert len(second.chats) == 1


async def test_who_comes_when_all_in_front_are_in_hand_is_given_those_behind(town: Town) -> None:
    await people_write(town, 12)
    leases = chat_leases_of(town.database)
    async with AsyncExitStack() as stack:
        taken = [await stack.enter_async_context(leases.take(CHANNELS, 4)) for _ in range(3)]
    assert len({chat for lease in taken for chat in lease.chats}) == 12


async def test_who_is_throttled_comes_behind_the_others_and_alone(town: Town) -> None:
    await people_write(town, 6)
    leases = chat_leases_of(town.database)
    throttled = [("telegram", f"chat {number}") for number in (3, 0, 1, 2, 99)]
    async with leases.take(CHANNELS, 9, throttled) as lease:
        assert [name for _, name in lease.chats] == ["chat 4", "chat 5", "chat 3"]
    async with leases.take(CHANNELS, 1, throttled) as lease:
        assert [name for _, name in lease.chats] == ["chat 4"]


async def test_where_only_the_throttled_wait_they_are_served(town: Town) -> None:
    await people_write(town, 1)
    async with chat_leases_of(town.database).take(CHANNELS, 9, [("telegram", "chat 0")]) as lease:
        assert lease.chats == [("telegram", "chat 0")]


@on_postgresql
async def test_who_is_throttled_is_in_one_hand_only_too(town: Town, another_process: Database) -> None:
    await people_write(town, 1)
    mine, theirs = chat_leases_of(town.database), chat_leases_of(another_process)
    throttled = [("telegram", "chat 0")]
    async with mine.take(CHANNELS, 9, throttled) as first, theirs.take(CHANNELS, 9, throttled) as second:
        assert (len(first.chats), len(second.chats)) == (1, 0)


@on_postgresql
async def test_what_another_process_holds_is_not_given(town: Town, another_process: Database) -> None:
    await people_write(town, 3)
    mine, theirs = chat_leases_of(town.database), chat_leases_of(another_process)
    async with mine.take(CHANNELS, 2) as first, theirs.take(CHANNELS, 9) as second:
        assert not set(first.chats) & set(second.chats)


@on_postgresql
async def test_two_processes_never_work_one_chat_at_once(town: Town, another_process: Database) -> None:
    slow = SlowUnderstanding()
    await town.arrives(town.said(STORY))
    first = asyncio.create_task(town.worker(understanding_service=a_listener(slow)).work_batch())
    await slow.thinks.wait()
    await town.arrives(town.said("dan trotoarnya rusak parah"))
    assert await town.worker(another_process).work_batch() == 0
    slow.let_go.set()
    assert await first == 1
    assert await town.worker(another_process).work_batch() == 1


@on_postgresql
async def test_two_processes_share_a_crowd(town: Town, another_process: Database) -> None:
    await people_write(town, 4 * CHATS_A_BATCH)
    workers = [town.worker(), town.worker(another_process)]
    worked = await asyncio.gather(*(worker.work_batch() for worker in workers))
    assert worked == [CHATS_A_BATCH] * 2
    assert len([state for _, state in await town.states() if state == "done"]) == 2 * CHATS_A_BATCH


async def reads(lease: ChatLease) -> int:
    async with lease.reading() as connection:
        return len(await received(connection, lease.chats, 9))


@on_postgresql
async def test_who_has_lost_the_session_neither_reads_nor_writes_any_more(
    town: Town, another_process: Database
) -> None:
    await people_write(town, 1)
    async with chat_leases_of(town.database).take(CHANNELS, 2) as lease:
        assert await reads(lease) == 1
        await ends_sessions(another_process)
        for _ in range(2):  # the second time SQLAlchemy would open another session
            with pytest.raises(Exception, match=r"terminat|lost|closed") as refused:
                async with lease.writing() as connection:
                    await connection.execute(text("SELECT 1"))
            assert is_away(refused.value)


@on_postgresql
async def test_a_turn_whose_session_is_lost_leaves_nothing_and_is_worked_once(
    town: Town, another_process: Database
) -> None:
    slow = SlowUnderstanding()
    await town.arrives(town.said(STORY))
    first = asyncio.create_task(town.worker(understanding_service=a_listener(slow)).work_batch())
    await slow.thinks.wait()
    await ends_sessions(another_process)
    assert await town.worker(another_process).work_batch() == 1
    before = await town.record()
    slow.let_go.set()
    with pytest.raises(Exception, match=r"terminat|lost|closed"):
        await first
    assert (await town.record(), len(await town.letters())) == (before, 1)


@on_postgresql
async def test_nothing_stays_locked_behind_a_batch(town: Town, another_process: Database) -> None:
    await people_write(town, 3)
    await town.works()
    async with another_process.reading() as connection:
        locks = (
            await connection.execute(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
        ).scalar_one()
    assert locks == 0
