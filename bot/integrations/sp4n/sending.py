"""Sends what waits for SP4N-LAPOR!: of each case in order, each thing once, until it has arrived.

That it is tried is written down before; what was begun and may have arrived is looked for there first. Their number,
the step of the case and what its reporter is told are one commit: killed before it, all of it waits as before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import NoSuchCase, Wish, act_on_case
from actions.cases.outcome import Done
from actions.cases.ports import Chance, Clock
from actions.people.roles import SYSTEM
from actions.regency.agencies import outside_agencies
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.officer_work import words_of
from actions.store.engine.database import Database
from actions.store.integrations.sp4n import (
    HANDOVER,
    Exchange,
    Sp4nCase,
    add_sp4n_case,
    begin_exchange,
    due_exchanges,
    end_exchange,
    is_still_new,
    postpone_exchange,
    put_waiting_handovers,
    sp4n_cases_of,
    tracked,
)
from actions.store.messages.messages import Chat
from bot.integrations.sp4n.handover import handover_of, is_outside, progress_of
from bot.integrations.sp4n.port import CaseProgress, ComplaintSystem, Handover, NotTaken
from bot.integrations.sp4n.state import Sp4nState
from bot.messaging.turn_ports import Notifier

log = structlog.get_logger()

PAUSES_SECONDS: Final = (30.0, 120.0, 600.0, 1800.0, 3600.0, 7200.0)
"""Before each further try; the last again and again. The first is longer than any answer is waited for."""
REFUSED_SECONDS: Final = timedelta(hours=6).total_seconds()
"""Before what they refused is tried again: by then somebody may have mended the mapping."""
SETTLING_SECONDS: Final = 30.0
"""So long after it was begun nobody begins it again: by then it has arrived there, or never will."""
AT_ONCE: Final = 20
NOT_NEEDED: Final = "not-needed"


@dataclass(frozen=True, slots=True)
class ExchangeSender:
    """Sends what is due.

    Attributes:
        notifiers: whoever tells others that a case was handed over; in the same transaction.
        told: hears after each commit which chats have a message.
    """

    database: Database
    regency: Regency
    chance: Chance
    clock: Clock
    notifiers: Sequence[Notifier]
    told: Callable[[Collection[Chat]], None]
    state: Sp4nState

    async def queue_what_waits(self) -> None:
        """Queue what came to lie outside while nobody could take it."""
        outside = outside_agencies(self.regency.agencies)
        async with self.database.writing() as connection:
            await put_waiting_handovers(connection, outside, self.clock())

    async def send_due(self, system: ComplaintSystem) -> int:
        """Everything that is due now, one after the other; returns how many things that were."""
        async with self.database.reading() as connection:
            due = await due_exchanges(connection, self.clock().timestamp(), AT_ONCE, ())
        for exchange in due:
            if not await self._send(system, exchange):
                break  # nobody answers there: the others wait for the next time
        return len(due)

    async def _send(self, system: ComplaintSystem, exchange: Exchange) -> bool:
        """One thing; False where they do not answer."""
        async with self.database.writing() as connection:
            sent = await self._what(connection, exchange)
            if sent is None:
                await end_exchange(connection, exchange.id, self.clock(), obstacle=NOT_NEEDED)
                return True
            settled = self.clock().timestamp() + SETTLING_SECONDS
            if not await begin_exchange(connection, exchange, settled):
                return True
        try:
            number = await system.push(sent, again=exchange.attempts > 0)
            await self._arrived(exchange, number)
        except NotTaken as failure:
            return await self._postpone(exchange, failure)
        self.state.answered()
        log.info("sp4n_sent", kind=exchange.kind)
        self.state.meter(exchange.kind, "done")
        return True

    async def _what(self, connection: AsyncConnection, exchange: Exchange) -> Handover | CaseProgress | None:
        """What is to be sent now; None where it need not, or may not, go any more."""
        book = SqlCaseBook(connection)
        case = await book.by_ticket(exchange.ticket)
        known = (await sp4n_cases_of(connection, [exchange.ticket])).get(exchange.ticket)
        if case is None:
            return None
        if exchange.kind == HANDOVER:
            words = (await words_of(connection, [case.ticket])).get(case.ticket)
            may_go = known is None and is_outside(case, self.regency)
            return handover_of(case, words, self.regency) if may_go else None
        number = int(exchange.item)
        event = next((one for one in await book.events(case.ticket) if one.number == number), None)
        if event is None or known is None:
            return None
        return progress_of(known.tracking_id, event, await book.said(case.ticket, number), self.regency)

    async def _arrived(self, exchange: Exchange, number: str) -> None:
        """Write down that it arrived, once.

        Raises:
            NotTaken: the number that they gave is another case's.
        """
        now, chats = self.clock(), set[Chat]()
        async with self.database.writing() as connection:
            if not await is_still_new(connection, exchange.id):
                return
            if exchange.kind == HANDOVER:
                if await tracked(connection, [number]):
                    raise NotTaken("number-of-another")
                await add_sp4n_case(connection, Sp4nCase(exchange.ticket, number, is_theirs=False))
                chats = await self._refer(connection, exchange.ticket, number)
            await end_exchange(connection, exchange.id, now, tracking_id=number)
        self.told(chats)

    async def _refer(self, connection: AsyncConnection, ticket: str, number: str) -> set[Chat]:
        """The case is theirs from now on; one that meanwhile went elsewhere stays as it is."""
        book, now = SqlCaseBook(connection), self.clock()
        case, mapping = await book.by_ticket(ticket), self.regency.sp4n
        if case is None or not is_outside(case, self.regency):
            return set()
        address = mapping.address_of(number)
        command = CaseCommand(
            action=CaseAction.REFER, body=mapping.name, contact=f"{number} ({address})" if address else number
        )
        try:
            await act_on_case(book, self.regency, Wish(ticket=ticket, command=command, who=SYSTEM), now, self.chance)
        except (StepRefused, NoSuchCase):
            log.info("sp4n_not_referred")
            return set()
        await book.flush()
        return await self._tell(connection, book.done)

    async def _tell(self, connection: AsyncConnection, all_done: Sequence[Done]) -> set[Chat]:
        now = self.clock()
        return {chat for notifier in self.notifiers for chat in await notifier.tell(connection, all_done, now)}

    async def _postpone(self, exchange: Exchange, failure: NotTaken) -> bool:
        """Keep it for later, and say at the desk what stands in its way; whether they have answered at all."""
        pause = PAUSES_SECONDS[min(exchange.attempts, len(PAUSES_SECONDS) - 1)]
        not_before = self.clock().timestamp() + (REFUSED_SECONDS if failure.is_refused else pause)
        async with self.database.writing() as connection:
            await postpone_exchange(connection, exchange.id, not_before, failure.why[:40])
        if failure.is_refused:
            log.warning("sp4n_refused", kind=exchange.kind, why=failure.why)
            self.state.answered()
        else:
            log.info("sp4n_not_taken", kind=exchange.kind, why=failure.why)
            self.state.failed(failure.why)
        self.state.meter(exchange.kind, "refused" if failure.is_refused else "later")
        return failure.is_refused
