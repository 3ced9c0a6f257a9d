"""Sends what waits in the outbox: per chat in order, within the channel's limits, no chat waiting for another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions.store.database import Database
from actions.store.letters import Chat, ToSend, give_up_chat, heads_to_send, mark_sent, message_id_of
from bot.delivery.group_commit import GroupCommit
from bot.delivery.outgoing import Outgoing, OutgoingKind
from bot.delivery.pace import Pace
from bot.delivery.ports import Channel, Impossible, NeverAgain, NotNow
from bot.delivery.records import read_outgoing

log = structlog.get_logger()

MOST_AT_ONCE = 60
LONGEST_PAUSE_SECONDS = 300.0
LONGEST_PAUSE_OF_ALL_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one message, as a row."""

    row: int
    state: str
    attempts: int
    not_before: float = 0.0
    message_id: str = ""


@dataclass(slots=True)
class Sender:
    """Sends for one channel."""

    database: Database
    channel: Channel
    pace: Pace
    wall: Callable[[], float] = time.time
    _in_flight: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _results: GroupCommit[Sent] = field(init=False)
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Results are written together."""
        self._results = GroupCommit(self._write)

    def wake(self) -> None:
        """There may be something to send."""
        self._more.set()

    async def run(self, look_every_seconds: float = 0.5) -> None:
        """Send for ever; other processes' messages are found by looking."""
        while True:
            self._more.clear()
            try:
                await self.send_waiting()
            except (SQLAlchemyError, OSError) as error:
                log.error("sender_waits_for_database", error=type(error).__name__)
            with suppress(TimeoutError):
                async with asyncio.timeout(look_every_seconds):
                    await self._more.wait()

    async def send_waiting(self) -> int:
        """Begin sending the first message of every chat that is not being sent to; returns how many."""
        async with self.database.reading() as connection:
            heads = await heads_to_send(connection, self.channel.name, self.wall(), MOST_AT_ONCE)
        free = [head for head in heads if head.chat not in self._in_flight]
        for head in free:
            task = asyncio.create_task(self._send(head))
            self._in_flight[head.chat] = task
            task.add_done_callback(partial(self._landed, head.chat))
        return len(free)

    async def settle(self) -> None:
        """Wait until nothing is in flight."""
        while self._in_flight:
            await asyncio.gather(*self._in_flight.values(), return_exceptions=True)
            await asyncio.sleep(0)

    def _landed(self, chat: str, task: asyncio.Task[None]) -> None:
        self._in_flight.pop(chat, None)
        if not task.cancelled() and (error := task.exception()):
            log.error("sending_failed", error=type(error).__name__)
        self._more.set()

    async def _send(self, row: ToSend) -> None:
        outgoing = read_outgoing(row.message)
        if outgoing.kind is OutgoingKind.MESSAGE:
            await self.pace.wait(row.chat)
        elif outgoing.kind is OutgoingKind.EDIT:
            await self.pace.wait()
        outgoing = await self._aimed(row, outgoing)
        try:
            message_id = await self.channel.send(row.chat, outgoing)
        except NotNow as later:
            await self._later(row, later)
        except NeverAgain:
            await self._give_up((row.channel, row.chat))
        except Impossible:
            log.warning("message_impossible", kind=outgoing.kind.value)
            await self._results.put([Sent(row.id, "failed", row.attempts + 1)])
        else:
            await self._results.put([Sent(row.id, "sent", row.attempts + 1, message_id=message_id)])

    async def _aimed(self, row: ToSend, outgoing: Outgoing) -> Outgoing:
        """An edit with the channel's id of the message it changes."""
        if not row.edits:
            return outgoing
        async with self.database.reading() as connection:
            target = await message_id_of(connection, row.channel, row.chat, row.edits)
        return replace(outgoing, target=target)

    async def _later(self, row: ToSend, later: NotNow) -> None:
        longest = LONGEST_PAUSE_OF_ALL_SECONDS if later.everybody else LONGEST_PAUSE_SECONDS
        growing = min(later.seconds * 2 ** min(row.attempts, 8), longest)
        pause = later.seconds if later.asked else growing
        if later.everybody:
            self.pace.pause(later.seconds)
        log.info("message_later", seconds=round(pause, 1))
        await self._results.put([Sent(row.id, "new", row.attempts + 1, not_before=self.wall() + pause)])

    async def _give_up(self, chat: Chat) -> None:
        log.info("chat_unreachable")
        async with self.database.writing() as connection:
            await give_up_chat(connection, *chat)

    async def _write(self, results: Sequence[Sent]) -> None:
        async with self.database.writing() as connection:
            await mark_sent(
                connection,
                [
                    {
                        "row": sent.row,
                        "state": sent.state,
                        "attempts": sent.attempts,
                        "not_before": sent.not_before,
                        "message_id": sent.message_id,
                    }
                    for sent in results
                ],
            )
