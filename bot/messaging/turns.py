"""Works what waits in the inbox: many chats in one batch, one worker to a chat, one commit to a batch.

A batch is loaded with one SELECT a table, understood outside any transaction, advanced, and saved with dialogue,
cases, messages and "worked" in one transaction. If that fails, each chat is tried on its own.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from actions.cases.ports import Clock
from actions.store.engine.chat_leases import THROTTLED_AT_ONCE, ChatLease, ChatLeases, LeaseLost
from actions.store.engine.database import Database, is_away
from actions.store.engine.fair_share import ALLOWED_AT_ONCE, FairShare, in_bursts
from actions.store.engine.row_chat_leases import chat_leases_of
from actions.store.messages.messages import Received, load_records, put_in_inbox, received, still_new
from actions.store.messages.waiting import Chat, settle_waiting
from bot.conversation.events import Said
from bot.messaging.batching import BatchInterval, to_the_end
from bot.messaging.earlier_screens import moments_of_screens
from bot.messaging.inbox import inbox_row
from bot.messaging.ports import Arrival, Channel
from bot.messaging.turn_handler import TurnHandler
from bot.messaging.turn_log import account_for
from bot.messaging.turn_outcome import Outcome, save_outcomes
from bot.messaging.turn_ports import Notifier
from bot.messaging.turn_preparation import Preparation, PreparedTurn
from bot.messaging.understanding_service import UnderstandingService
from bot.observability.faults import place_of
from bot.observability.meter import UNMETERED, Meter

log = structlog.get_logger()

CHATS_A_BATCH = 50
ROWS_A_TURN = 50
"""Nobody who sends a thousand messages makes the others wait for all of them."""
ROWS_A_BATCH = 50
"""Where more wait, who sent many of them waits for a later batch."""
TURNS_WHILE_OTHERS_WAIT = 4
"""So many turns are committed before whoever waits to write, such as an arrival that is to be acknowledged."""
REHEARSAL = "rehearsal"
"""A chat that no channel has."""
REHEARSED = ("selamat pagi, lampu jalan mati sejak kemarin", "lewati", "kirim")
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 10.0


class _WarmUpUndone(Exception):
    """Raised to roll back a transaction that was only a rehearsal."""


@dataclass(slots=True)
class TurnWorker:
    """Works turns for the channels it is given. Several may run `run` of one worker: a chat is in one hand only."""

    database: Database
    channels: Mapping[str, Channel]
    understanding_service: UnderstandingService
    turn_handler: TurnHandler
    clock: Clock
    tell: Callable[[Sequence[Outcome]], None]
    notifiers: Sequence[Notifier] = ()
    meter: Meter = UNMETERED
    leases: ChatLeases = field(init=False)
    _preparation: Preparation = field(init=False)
    _arrived: asyncio.Queue[None] = field(default_factory=lambda: asyncio.Queue(1))
    _batch_interval: BatchInterval = field(default_factory=BatchInterval)
    _fair_share: FairShare[Chat] = field(default_factory=FairShare)

    def __post_init__(self) -> None:
        """What holds chats, and what prepares every turn."""
        self.leases = chat_leases_of(self.database)
        texts, signer = self.turn_handler.texts, self.turn_handler.signer
        self._preparation = Preparation(self.channels, self.understanding_service, texts, signer)

    async def warm_up(self) -> None:
        """Work a talk that nobody holds, and leave nothing of it.

        What is slow the first time, such as a statement that is not written yet, is so before a citizen waits for it.
        """
        channel = min(self.channels)
        with suppress(_WarmUpUndone):
            async with self.database.writing() as connection:
                for number, words in enumerate(REHEARSED * 2):
                    said = Said(id=f"r{number}", at=self.clock(), text=words, ref=str(number))
                    await put_in_inbox(
                        connection, [inbox_row(Arrival(channel, REHEARSAL, said.id, number, said), said.at)]
                    )
                    chats = [(channel, REHEARSAL)]
                    rows = await received(connection, chats, ROWS_A_TURN)
                    turns = await self._preparation.prepare(rows, await load_records(connection, chats))
                    outcomes = [await self.turn_handler.work(connection, turn) for turn in turns]
                    await save_outcomes(connection, outcomes, self.clock(), self.notifiers)
                raise _WarmUpUndone

    def wake(self) -> None:
        """Something arrived: one of the loops that wait looks for it."""
        with suppress(asyncio.QueueFull):
            self._arrived.put_nowait(None)

    async def run(self, look_every_seconds: float = 1.0) -> None:
        """Work for ever. A database that is away is waited for; `tell` hears what every commit leaves behind."""
        pause = 0.0
        while True:
            try:
                await self._batch_interval.beat()
                looked_at = await self.work_batch()
                pause = 0.0
                self._batch_interval.count(looked_at)
                if looked_at == CHATS_A_BATCH:
                    self._batch_interval.hurry()
                    self.wake()  # there may be more than one loop can carry
            except Exception as error:  # noqa: BLE001 - whatever it is, everybody's messages would wait for a restart
                looked_at, pause = 0, min(max(FIRST_PAUSE_SECONDS, pause * 2), LONGEST_PAUSE_SECONDS)
                what = "turns_wait_for_database" if is_away(error) else "turns_wait"
                log.error(what, error=type(error).__name__, where=place_of(error), seconds=pause)
                await asyncio.sleep(pause)
            if not looked_at:
                with suppress(TimeoutError):
                    async with asyncio.timeout(look_every_seconds):
                        await self._arrived.get()

    async def work_batch(self) -> int:
        """Work one turn of each of up to fifty waiting chats; returns how many chats were looked at.

        A chat that floods comes behind the others.

        Raises:
            Exception: what could not be saved is still in the inbox; the rest is done.
        """
        async with self.leases.take(list(self.channels), CHATS_A_BATCH, self._fair_share.throttled()) as lease:
            if lease.chats:
                turns = await self._prepare(lease)
                for turn in turns:
                    self._fair_share.count(turn.chat, turn.cost)
                await self._commit(lease, turns)
        return len(lease.chats)

    async def _prepare(self, lease: ChatLease) -> list[PreparedTurn]:
        """Read what waits, now that nobody else works it, and understand it."""
        async with self.database.reading() as connection:
            found = await received(connection, lease.chats, ROWS_A_TURN)
            records = await load_records(connection, lease.chats)
            moments = await moments_of_screens(connection, records)
        if idle := {*lease.chats} - {(row.channel, row.chat) for row in found}:
            async with lease.writing(idle) as connection:
                await settle_waiting(connection, idle)
        rows = self._fair(found)
        return await self._preparation.prepare(rows, records, moments)

    def _fair(self, rows: Sequence[Received]) -> list[Received]:
        """Leave those with many messages for a later batch, from now on throttled, where this one has too many."""
        waiting = Counter((row.channel, row.chat) for row in rows)
        later = in_bursts(waiting, ROWS_A_BATCH, THROTTLED_AT_ONCE)
        for chat in later:
            self._fair_share.count(chat, waiting[chat] + ALLOWED_AT_ONCE)
        return [row for row in rows if (row.channel, row.chat) not in later]

    async def _commit(self, lease: ChatLease, turns: Sequence[PreparedTurn]) -> None:
        if not turns:
            return
        try:
            await self._commit_together(lease, turns)
        except Exception as error:  # noqa: BLE001 - whose fault it is, is found out one by one
            log.warning("batch_failed", chats=len(turns), error=type(error).__name__, where=place_of(error))
        else:
            return
        failures = [failure for turn in turns if (failure := await self._commit_alone(lease, turn))]
        if failures:
            raise failures[-1]

    async def _commit_alone(self, lease: ChatLease, turn: PreparedTurn) -> Exception | None:
        """Commit one turn, or that it failed; returns the error when not even that can be saved."""
        try:
            await self._commit_together(lease, [turn])
        except LeaseLost:
            log.warning("turn_left_to_another")
        except Exception as error:  # noqa: BLE001 - it costs this turn a try
            if is_away(error):
                return error
            return await self._commit_fault(lease, turn.failed(error))
        return None

    async def _commit_fault(self, lease: ChatLease, turn: PreparedTurn) -> Exception | None:
        try:
            await self._commit_together(lease, [turn])
        except LeaseLost:
            log.warning("turn_left_to_another")
        except Exception as error:  # noqa: BLE001 - the others come first, then it is raised
            return error
        return None

    async def _commit_together(self, lease: ChatLease, turns: Sequence[PreparedTurn]) -> None:
        while turns:
            outcomes, left = await to_the_end(self._transaction(lease, turns))
            account_for(turns, outcomes, self.meter)
            self.tell(outcomes)
            turns = left

    async def _transaction(
        self, lease: ChatLease, turns: Sequence[PreparedTurn]
    ) -> tuple[list[Outcome], Sequence[PreparedTurn]]:
        """Commit these turns, or the first of them where others wait; returns also those that are left."""
        async with lease.writing([turn.chat for turn in turns]) as connection:
            unworked = await still_new(connection, [row.id for turn in turns for row in turn.rows])
            mine = [turn for turn in turns if all(row.id in unworked for row in turn.rows)]
            outcomes = list[Outcome]()
            for turn in mine:
                if len(outcomes) >= TURNS_WHILE_OTHERS_WAIT and self.database.is_wanted:
                    break
                outcomes.append(await self.turn_handler.work(connection, turn))
                await asyncio.sleep(0)  # whoever writes meanwhile is heard between them
            await save_outcomes(connection, outcomes, self.clock(), self.notifiers)
        return outcomes, mine[len(outcomes) :]
