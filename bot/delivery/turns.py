"""Works what waits in the inbox: many chats in one batch, one worker to a chat, one commit to a batch.

A batch is loaded with one SELECT a table, understood outside any transaction, advanced, and saved with dialogue,
cases, messages and "worked" in one transaction. If that fails, each chat is tried on its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from actions.ports import Clock
from actions.store.database import Database, is_away
from actions.store.letters import Chat, load_records, received, still_new, waiting_chats
from bot.conversation.talk import Talk
from bot.delivery.clerk import Clerk
from bot.delivery.desk import Desk
from bot.delivery.listening import Listener
from bot.delivery.outcome import save_outcomes
from bot.delivery.ports import Channel
from bot.delivery.preparing import Preparation, PreparedTurn
from bot.delivery.signing import ButtonSigner
from bot.delivery.to_the_end import to_the_end
from bot.faults import place_of

log = structlog.get_logger()

CHATS_A_BATCH = 50
ROWS_A_TURN = 50
"""Nobody who sends a thousand messages makes the others wait for all of them."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 10.0


@dataclass(slots=True)
class TurnWorker:
    """Works turns for the channels it is given. Several may run `run` of one worker: a chat is in one hand only."""

    database: Database
    channels: Mapping[str, Channel]
    talk: Talk
    listener: Listener
    desk: Desk
    signer: ButtonSigner
    clock: Clock
    tell: Callable[[], None]
    in_hand: set[Chat] = field(default_factory=set)
    _preparation: Preparation = field(init=False)
    _clerk: Clerk = field(init=False)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """What prepares and what works every turn."""
        self._preparation = Preparation(self.channels, self.listener, self.desk.texts, self.signer)
        self._clerk = Clerk(self.channels, self.talk, self.desk, self.signer)

    def wake(self) -> None:
        """Something arrived."""
        self._arrived.set()

    async def run(self, look_every_seconds: float = 1.0) -> None:
        """Work for ever. A database that is away is waited for; `tell` is called after every commit."""
        pause = 0.0
        while True:
            self._arrived.clear()
            try:
                looked_at = await self.work_batch()
                pause = 0.0
            except Exception as error:  # noqa: BLE001 - whatever it is, everybody's messages would wait for a restart
                looked_at, pause = 0, min(max(FIRST_PAUSE_SECONDS, pause * 2), LONGEST_PAUSE_SECONDS)
                what = "turns_wait_for_database" if is_away(error) else "turns_wait"
                log.error(what, error=type(error).__name__, where=place_of(error), seconds=pause)
                await asyncio.sleep(pause)
            if not looked_at:
                with suppress(TimeoutError):
                    async with asyncio.timeout(look_every_seconds):
                        await self._arrived.wait()

    async def work_batch(self) -> int:
        """Work one turn of each of up to fifty waiting chats; returns how many chats were looked at.

        Raises:
            Exception: what could not be saved is still in the inbox; the rest is done.
        """
        chats = await self._take_in_hand()
        try:
            if chats:
                await self._commit(await self._prepare(chats))
                self.tell()
        finally:
            self.in_hand.difference_update(chats)
        return len(chats)

    async def _take_in_hand(self) -> list[Chat]:
        async with self.database.reading() as connection:
            most = CHATS_A_BATCH + len(self.in_hand)
            waiting = await waiting_chats(connection, list(self.channels), most)
        chats = [chat for chat in waiting if chat not in self.in_hand][:CHATS_A_BATCH]
        self.in_hand.update(chats)
        return chats

    async def _prepare(self, chats: Sequence[Chat]) -> list[PreparedTurn]:
        """Read what waits, now that nobody else works it, and understand it."""
        async with self.database.reading() as connection:
            rows = await received(connection, chats, ROWS_A_TURN)
            records = await load_records(connection, chats)
        return await self._preparation.prepare(rows, records)

    async def _commit(self, turns: Sequence[PreparedTurn]) -> None:
        if not turns:
            return
        try:
            await self._commit_together(turns)
        except Exception as error:  # noqa: BLE001 - whose fault it is, is found out one by one
            log.warning("batch_failed", chats=len(turns), error=type(error).__name__, where=place_of(error))
        else:
            return
        failures = [failure for turn in turns if (failure := await self._commit_alone(turn))]
        if failures:
            raise failures[-1]

    async def _commit_alone(self, turn: PreparedTurn) -> Exception | None:
        """Commit one turn, or that it failed; returns the error when not even that can be saved."""
        try:
            await self._commit_together([turn])
        except Exception as error:  # noqa: BLE001 - it costs this turn a try
            if is_away(error):
                return error
            return await self._commit_fault(turn.failed(error))
        return None

    async def _commit_fault(self, turn: PreparedTurn) -> Exception | None:
        try:
            await self._commit_together([turn])
        except Exception as error:  # noqa: BLE001 - the others come first, then it is raised
            return error
        return None

    async def _commit_together(self, turns: Sequence[PreparedTurn]) -> None:
        await to_the_end(self._transaction(turns))

    async def _transaction(self, turns: Sequence[PreparedTurn]) -> None:
        async with self.database.writing() as connection:
            unworked = await still_new(connection, [row.id for turn in turns for row in turn.rows])
            mine = [turn for turn in turns if all(row.id in unworked for row in turn.rows)]
            outcomes = [await self._clerk.work(connection, turn) for turn in mine]
            await save_outcomes(connection, outcomes, self.clock())
