"""Sends what waits in the outbox: per chat in order, within the channel's limits, no chat waiting for another."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

import stamina
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.database import Database, is_away
from actions.store.engine.fair_share import FairShare, fairest
from actions.store.messages.costs import add_units, units_of
from actions.store.messages.messages import (
    Chat,
    ToSend,
    end_waits_beyond,
    give_up_chat,
    heads_to_send,
    mark_sent,
    put_another_message,
)
from actions.store.messages.receipts import settle
from actions.store.messages.reply_windows import HELD, hold, release_due, shut_windows
from bot.configuration.clock import steady_wall
from bot.messaging.abilities import free
from bot.messaging.batching import BatchInterval, GroupCommit, to_the_end
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Channel, Impossible, NeverAgain, NotNow, TemplateRefused, WindowShut
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.records import UnreadableRow, read_outgoing, write_outgoing
from bot.messaging.reply_gate import HeldBack, ReplyGate, in_full
from bot.messaging.turn_log import turn_of_message
from bot.observability.faults import place_of
from bot.observability.meter import UNMETERED, Meter

log = structlog.get_logger()

MOST_AT_ONCE = 60
"""So many messages wait for their pace; the rest waits in the outbox. Those that a channel has in hand do not count."""
THROTTLED_AT_ONCE = 4
"""Of these so many may be to chats that were sent much lately: nobody overtakes what waits for its pace."""
LONGEST_PAUSE_SECONDS = 300.0
LONGEST_PAUSE_OF_ALL_SECONDS = 20.0
LONGEST_WRITING_PAUSE_SECONDS = 5.0
END_WITHIN_SECONDS = 2.0
EMPTY = write_outgoing(OutboxMessage(OutboxMessageKind.MESSAGE))
"""What stays of a message that is not to be kept."""
RELEASE_EVERY_SECONDS = 30.0
BILLED, FREE = "billed", "free"
_RESULTS = {"new": "later"}
"""A row that is tried again is as new."""


class NotOurs(Exception):
    """Another process sends for this channel by now: the message is left to it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The result of one message that was sent, as it is written to the outbox."""

    row: int
    state: str
    attempts: int
    not_before: float = 0.0
    message_id: str = ""
    is_kept: bool = True
    charges: Mapping[str, int] = field(default_factory=dict)
    follows: Mapping[str, str] | None = None
    sent_at: datetime | None = None


@dataclass(slots=True)
class Sender:
    """Sends for one channel.

    Attributes:
        wall: seconds since 1970.
        first_pause_seconds: before what became of a message is written again, where the database did not take it.
        charges: what a message takes of what is billed.
        gate: decides whether a message goes in free words, as a template, or waits; None: it always goes.
        free_a_month: so many of `charges` of the kind "billed" are counted as "free" each month.
        has_receipts: the channel is told later whether messages have arrived, perhaps before they are written as sent.
        may_send: whether this process sends for the channel now; asked before each message is handed over, for the
            machine may have stood still since this was told to end.
    """

    database: Database
    channel: Channel
    rate_limiter: RateLimiter
    wall: Callable[[], float] = field(default_factory=steady_wall)
    first_pause_seconds: float = 0.5
    meter: Meter = UNMETERED
    has_receipts: bool = False
    gate: ReplyGate | None = None
    free_a_month: int = 0
    charges: Callable[[OutboxMessage], Mapping[str, int]] = free
    may_send: Callable[[], bool] = lambda: True
    _in_flight: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _handed_over: set[str] = field(default_factory=set)
    _has_begun: bool = False
    _released_at: float = 0.0
    _results: GroupCommit[Sent] = field(init=False)
    _more: asyncio.Event = field(default_factory=asyncio.Event)
    _batch_interval: BatchInterval = field(default_factory=BatchInterval)
    _fair_share: FairShare[str] = field(default_factory=FairShare)

    def __post_init__(self) -> None:
        """Prepares the group commit with which results are written."""
        self._results = GroupCommit(self._write)

    def wake(self) -> None:
        """Has the sender look at the outbox at once."""
        self._more.set()

    async def run(self, look_every_seconds: float = 0.5) -> None:
        """Send until cancelled; other processes' messages are found by looking."""
        self._has_begun = False
        try:
            while True:
                await self._batch_interval.beat()
                self._more.clear()
                await self._send_what_waits()
                with suppress(TimeoutError):
                    async with asyncio.timeout(look_every_seconds):
                        await self._more.wait()
        finally:
            await self._end()

    async def _send_what_waits(self) -> None:
        try:
            await self._begin()
            self._batch_interval.count(await self.send_waiting())
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody's message must wait for a restart
            what = "sender_waits_for_database" if is_away(error) else "sender_waits"
            log.error(what, error=type(error).__name__, where=place_of(error))

    async def _begin(self) -> None:
        """A pause longer than any of ours was written before somebody set the clock back: nobody waits it out."""
        if not self._has_begun:
            async with self.database.writing() as connection:
                await end_waits_beyond(connection, self.channel.name, self.wall() + LONGEST_PAUSE_SECONDS)
            self._has_begun = True

    async def _end(self) -> None:
        """What is on its way is written down, so that it does not arrive a second time; what is not stays here."""
        for chat, task in self._in_flight.items():
            if chat not in self._handed_over:
                task.cancel()
        if self._in_flight:
            _, unfinished = await asyncio.wait(self._in_flight.values(), timeout=END_WITHIN_SECONDS)
            for task in unfinished:
                task.cancel()

    async def send_waiting(self) -> int:
        """Begin sending the first messages of chats that are not being sent to; returns how many.

        The oldest go first, but to chats that were sent much lately they go behind the others.
        """
        busy = frozenset(self._in_flight)  # as it was before the look: what lands meanwhile still seems unsent to it
        waiting, throttled = busy - self._handed_over, self._fair_share.throttled()
        most = MOST_AT_ONCE - len(waiting)
        if most <= 0:
            return 0
        await self._release()
        async with self.database.reading() as connection:
            seen = most + len(busy) + len(throttled)
            heads = await heads_to_send(connection, self.channel.name, self.wall(), seen)
        free = {head.chat: head for head in heads if head.chat not in busy | self._in_flight.keys()}
        chats = fairest(free, throttled, most, THROTTLED_AT_ONCE - len(waiting.intersection(throttled)))
        for chat in chats:
            self._begin_sending(free[chat])
        return len(chats)

    async def _release(self) -> None:
        """What waited for a time goes on, looked at now and then."""
        now = self.wall()
        if self.gate and not 0 <= now - self._released_at < RELEASE_EVERY_SECONDS:
            async with self.database.writing() as connection:
                await release_due(connection, self.channel.name, now)
            self._released_at = now

    def _begin_sending(self, head: ToSend) -> None:
        task = asyncio.create_task(self._send(head))
        self._in_flight[head.chat] = task
        task.add_done_callback(partial(self._landed, head.chat))
        self._fair_share.count(head.chat)

    async def settle(self) -> None:
        """Waits until everything that was begun has ended."""
        while self._in_flight:
            await asyncio.gather(*self._in_flight.values(), return_exceptions=True)
            await asyncio.sleep(0)

    def _landed(self, chat: str, task: asyncio.Task[None]) -> None:
        self._in_flight.pop(chat, None)
        self._handed_over.discard(chat)
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, NotOurs):
            return
        if error:  # it was not sent; the next look finds it again
            log.error("sending_failed", error=type(error).__name__, where=place_of(error))
        else:
            self._more.set()

    async def _send(self, row: ToSend) -> None:
        """Send one message and write down what became of it; until that is written, nothing else goes to this chat."""
        structlog.contextvars.bind_contextvars(channel=row.channel, **turn_of_message(row.ref))  # of this task alone
        sent = await self._try(row)
        async for attempt in stamina.retry_context(
            on=Exception,
            attempts=None,
            timeout=None,
            wait_initial=self.first_pause_seconds,
            wait_max=LONGEST_WRITING_PAUSE_SECONDS,
            wait_jitter=self.first_pause_seconds,
        ):
            with attempt:
                await (self._results.put([sent]) if sent else to_the_end(self._give_up((row.channel, row.chat))))
        self._account_for(row, sent)

    def _account_for(self, row: ToSend, sent: Sent | None) -> None:
        result = _RESULTS.get(sent.state, sent.state) if sent else "unreachable"
        self.meter.message_out(row.channel, result)
        if result == "sent":
            log.info("message_sent", tries=row.attempts + 1)

    async def _try(self, row: ToSend) -> Sent | None:
        """What became of one message; None when its chat can no longer be reached."""
        try:
            outgoing = read_outgoing(row.message)
        except UnreadableRow:
            log.error("message_unreadable", row=row.id)
            return Sent(row.id, "failed", row.attempts + 1)
        decided = await self.gate.decide((row.channel, row.chat), outgoing, self._now) if self.gate else outgoing
        if isinstance(decided, HeldBack):
            log.info("message_held", for_budget=decided.for_budget)
            return Sent(row.id, HELD, row.attempts, not_before=decided.until)
        return await self._hand_over(row, outgoing, decided)

    @property
    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.wall(), UTC)

    async def _hand_over(self, row: ToSend, whole: OutboxMessage, outgoing: OutboxMessage) -> Sent | None:
        """What became of a message that is sent as `outgoing`; of a template's the whole follows her next word."""
        if outgoing.kind is not OutboxMessageKind.ANSWER:
            await self.rate_limiter.wait(row.chat if outgoing.kind is not OutboxMessageKind.EDIT else None)
        if not self.may_send():
            raise NotOurs
        self._handed_over.add(row.chat)
        began = datetime.fromtimestamp(self.wall(), UTC)
        try:
            message_id = await self.channel.send(row.chat, _aimed(outgoing, row))
        except NotNow as later:
            return self._later(row, later)
        except WindowShut:
            await self._shut(row)
            return Sent(row.id, "new", row.attempts + 1)
        except TemplateRefused:
            log.error("template_refused", template=outgoing.target)
            return Sent(row.id, HELD, row.attempts + 1)
        except NeverAgain:
            return None
        except Impossible:
            log.warning("message_impossible", kind=outgoing.kind.value)
            return Sent(row.id, "failed", row.attempts + 1, is_kept=outgoing.is_kept)
        except Exception as error:  # noqa: BLE001 - a fault of ours, which must not make it arrive for ever
            log.error("sending_failed", error=type(error).__name__, where=place_of(error))
            return self._later(row, NotNow(1.0))
        return Sent(
            row.id,
            "sent",
            row.attempts + 1,
            message_id=message_id,
            is_kept=outgoing.is_kept,
            charges=self.charges(outgoing),
            follows=_following(row, in_full(whole)) if outgoing is not whole else None,
            sent_at=began,
        )

    async def _shut(self, row: ToSend) -> None:
        async with self.database.writing() as connection:
            await shut_windows(connection, row.channel, [row.chat])

    def _later(self, row: ToSend, later: NotNow) -> Sent:
        longest = LONGEST_PAUSE_OF_ALL_SECONDS if later.everybody else LONGEST_PAUSE_SECONDS
        growing = min(later.seconds * 2 ** min(row.attempts, 8), longest)
        pause = later.seconds if later.asked else growing
        if later.everybody:
            self.rate_limiter.pause(later.seconds)
        log.info("message_later", seconds=round(pause, 1))
        return Sent(row.id, "new", row.attempts + 1, not_before=self.wall() + pause)

    async def _give_up(self, chat: Chat) -> None:
        log.info("chat_unreachable")
        async with self.database.writing() as connection:
            await give_up_chat(connection, *chat)

    async def _write(self, results: Sequence[Sent]) -> None:
        async with self.database.writing() as connection:
            await mark_sent(connection, [asdict(sent) for sent in results])
            now = datetime.fromtimestamp(self.wall(), UTC)
            await self._bill(connection, sum((Counter(sent.charges) for sent in results), Counter[str]()), now)
            await hold(connection, [{**sent.follows, "created_at": now} for sent in results if sent.follows])
            if self.has_receipts:
                named = {sent.message_id for sent in results} - {""}
                await settle(connection, self.channel.name, named, now)
            await put_another_message(connection, [sent.row for sent in results if not sent.is_kept], EMPTY)

    async def _bill(self, connection: AsyncConnection, units: Counter[str], now: datetime) -> None:
        """Count what was sent; the first of a month are free where the provider gives some for nothing."""
        month = f"{now:%Y-%m}"
        if self.free_a_month and units[BILLED]:
            left = self.free_a_month - await units_of(connection, self.channel.name, month, FREE)
            free = min(max(left, 0), units[BILLED])
            units = +Counter({**units, BILLED: units[BILLED] - free, FREE: free})
        await add_units(connection, self.channel.name, month, units)


def _following(row: ToSend, whole: OutboxMessage) -> dict[str, str]:
    """The row of the message that a template has announced."""
    return {
        "channel": row.channel,
        "chat": row.chat,
        "ref": f"{row.ref}.words",
        "message": write_outgoing(whole),
    }


def _aimed(outgoing: OutboxMessage, row: ToSend) -> OutboxMessage:
    """With its name; an edit with the channel's id of the message it changes."""
    named = replace(outgoing, name=row.ref)
    return replace(named, target=row.target) if outgoing.kind is OutboxMessageKind.EDIT else named
