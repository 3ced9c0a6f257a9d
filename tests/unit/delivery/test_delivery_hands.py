"""A chat is in one hand only, and who has lost her hold of it commits nothing."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import func, select, text, update

from actions.store.engine import row_chat_leases
from actions.store.engine.chat_leases import ChatLease, LeaseLost
from actions.store.engine.database import Database
from actions.store.engine.lease_tables import chat_leases
from actions.store.engine.row_chat_leases import chat_leases_of
from actions.store.messages.messages import put_in_inbox
from actions.store.messages.waiting import settle_waiting
from bot.messaging.inbox import inbox_row
from bot.messaging.turns import CHATS_A_BATCH, ROWS_A_TURN
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


async def runs_out(database: Database) -> None:
    """Whoever holds a chat has stood still for longer than that may last."""
    async with database.writing() as connection:
        await connection.execute(update(chat_leases).values(until=func.now() - text("interval '1 second'")))


async def held_rows(database: Database) -> int:
    async with database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(chat_leases))).scalar_one()


@on_postgresql
async def test_who_was_too_slow_and_is_followed_by_another_writes_nothing(
    town: Town, another_process: Database
) -> None:
    await people_write(town, 2)
    mine, theirs = chat_leases_of(town.database), chat_leases_of(another_process)
    async with mine.take(CHANNELS, 2) as late:
        await runs_out(another_process)
        async with theirs.take(CHANNELS, 1) as now:
            with pytest.raises(LeaseLost):
                async with late.writing(late.chats):
                    pytest.fail("it is another's")
            async with late.writing([chat for chat in late.chats if chat not in now.chats]):
                pass  # what nobody has taken is still hers
            async with now.writing(now.chats):
                pass


@on_postgresql
async def test_who_took_it_again_herself_does_not_write_by_what_she_held_before(town: Town) -> None:
    await people_write(town, 1)
    leases = chat_leases_of(town.database)
    async with leases.take(CHANNELS, 1) as before:
        await runs_out(town.database)
        async with leases.take(CHANNELS, 1) as now:
            assert now.chats == before.chats
            with pytest.raises(LeaseLost):
                async with before.writing(before.chats):
                    pytest.fail("the epoch is another")


async def takes(database: Database) -> int:
    async with chat_leases_of(database).take(CHANNELS, 1) as lease:
        return len(lease.chats)


@on_postgresql
async def test_a_turn_that_takes_long_is_renewed_and_stays_in_one_hand(
    town: Town, another_process: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_chat_leases, "LEASE_SECONDS", 0.5)
    monkeypatch.setattr(row_chat_leases, "RENEW_EVERY_SECONDS", 0.1)
    await people_write(town, 1)
    async with chat_leases_of(town.database).take(CHANNELS, 1) as lease:
        await asyncio.sleep(1.2)
        assert await takes(another_process) == 0
        async with lease.writing(lease.chats):
            pass


@on_postgresql
async def test_sessions_that_are_lost_while_words_are_understood_cost_no_turn(
    town: Town, another_process: Database
) -> None:
    slow = SlowUnderstanding()
    await town.arrives(town.said(STORY))
    first = asyncio.create_task(town.worker(understanding_service=a_listener(slow)).work_batch())
    await slow.thinks.wait()
    await ends_sessions(another_process)
    assert await town.worker(another_process).work_batch() == 0
    slow.let_go.set()
    assert await first == 1
    assert len(await town.letters()) == 1


@on_postgresql
async def test_a_turn_whose_lease_ran_out_leaves_nothing_and_is_worked_once(
    town: Town, another_process: Database
) -> None:
    slow = SlowUnderstanding()
    await town.arrives(town.said(STORY))
    first = asyncio.create_task(town.worker(understanding_service=a_listener(slow)).work_batch())
    await slow.thinks.wait()
    await runs_out(another_process)
    assert await town.worker(another_process).work_batch() == 1
    before = await town.record()
    slow.let_go.set()
    await first
    assert (await town.record(), len(await town.letters())) == (before, 1)
    assert [state for _, state in await town.states()] == ["done"]


@on_postgresql
async def test_no_lease_stays_behind_a_batch_nor_behind_a_process_that_was_killed(
    town: Town, another_process: Database
) -> None:
    await people_write(town, 3)
    async with another_process.writing() as connection:
        row = {"channel": "telegram", "chat": "of one killed", "holder": "gone"}
        until = func.now() - text("interval '2 minutes'")
        await connection.execute(chat_leases.insert().values(**row, until=until))
    await town.works()
    assert await held_rows(another_process) == 0


async def test_a_chat_waits_until_all_of_it_is_worked(town: Town) -> None:
    await town.arrives(*(town.said(f"pesan {number}") for number in range(ROWS_A_TURN + 1)))
    worker = town.worker()
    assert await worker.work_batch() == 1
    await town.works()
    assert {state for _, state in await town.states()} == {"done"}
    assert await worker.work_batch() == 0


@on_postgresql
async def test_what_arrives_while_a_turn_is_committed_waits_for_the_next(town: Town, another_process: Database) -> None:
    """The arrival is committed between the turn's look at the inbox and its end."""
    await town.arrives(town.said(STORY))
    leases = chat_leases_of(town.database)
    async with leases.take(CHANNELS, 1) as lease:
        async with lease.writing(lease.chats) as connection:
            await connection.execute(text("UPDATE inbox SET state = 'done'"))
            await settle_waiting(connection, lease.chats)
            arriving = asyncio.create_task(town.arrives(town.said("satu lagi")))
            await asyncio.sleep(0.2)
            assert not arriving.done()
        await arriving
    async with chat_leases_of(another_process).take(CHANNELS, 1) as lease:
        assert len(lease.chats) == 1


@on_postgresql
async def test_an_arrival_that_is_being_written_when_a_turn_ends_is_not_overlooked(
    town: Town, another_process: Database
) -> None:
    await town.arrives(town.said(STORY))
    async with chat_leases_of(town.database).take(CHANNELS, 1) as lease:
        async with another_process.writing() as arriving:
            await put_in_inbox(arriving, [inbox_row(town.said("satu lagi"), town.now)])
            ending = asyncio.create_task(ends(lease))
            await asyncio.sleep(0.2)
            assert not ending.done()
        await ending
    assert await takes(another_process) == 1


async def ends(lease: ChatLease) -> None:
    async with lease.writing(lease.chats) as connection:
        await connection.execute(text("UPDATE inbox SET state = 'done' WHERE id = 1"))
        await settle_waiting(connection, lease.chats)
