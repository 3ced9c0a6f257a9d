"""What is said about cases after they were filed, who supports them, what was merged, and which are due."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    Column,
    Delete,
    Index,
    Integer,
    String,
    Table,
    Text,
    Update,
    bindparam,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case, CaseEvent, is_forgotten
from actions.cases.event_words import Enclosure, Saying
from actions.cases.outcome import Done
from actions.cases.rerouting import is_reroute
from actions.cases.ticket import Ticket, read_back
from actions.people.roles import Role
from actions.store.cases.rerouting import keep_reroute
from actions.store.cases.supporters import Support, case_supporters, end_supports, pass_supporters_on, write_supports
from actions.store.engine.tables import cases, metadata, outbox
from actions.store.messages.joined_chats import others_of
from actions.store.people.people import people, people_roles
from actions.store.statistics.case_statistics import keep_statistics

case_sayings = Table(
    "case_sayings",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("words", Text, nullable=False),
    Column("mend", Text, nullable=False, server_default=""),
    Column("body", Text, nullable=False, server_default=""),
    Column("contact", Text, nullable=False, server_default=""),
    Column("salt", String(32), nullable=False),
)
"""What was typed with an event, under its number; erasing it leaves the event and its digest."""

case_saying_files = Table(
    "case_saying_files",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("file_id", Text, nullable=False),
)
"""What was sent with an event, in its order; `file_id` is the channel's own name for it, as in `files`."""

case_merges = Table(
    "case_merges",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("parent", String(12), nullable=False),
)
"""Which case a merged one has become part of."""
Index("case_merges_of_parent", case_merges.c.parent)


SENT = "sent"


@dataclass(slots=True)
class HandlingRows:
    """What is to be written of it, gathered until the flush.

    Attributes:
        done: what others are to be told of then.
        steps: the same, until it is written.
    """

    done: list[Done] = field(default_factory=list)
    steps: list[Done] = field(default_factory=list)
    sayings: list[dict[str, object]] = field(default_factory=list)
    enclosures: list[dict[str, object]] = field(default_factory=list)
    merges: list[tuple[Case, str, datetime]] = field(default_factory=list)
    taken_out: list[Case] = field(default_factory=list)
    postponed: dict[str, datetime | None] = field(default_factory=dict)
    supports: list[Support] = field(default_factory=list)
    unsupported: list[tuple[str, str]] = field(default_factory=list)

    def say(self, event: CaseEvent, saying: Saying) -> None:
        """Gather what was said and sent with an event."""
        under = {"ticket": event.ticket, "number": event.number}
        if saying.typed:
            told = {name: getattr(saying, name) for name in ("words", "mend", "body", "contact", "salt")}
            self.sayings.append(under | told)
        for place, enclosure in enumerate(saying.enclosures, 1):
            sent = {name: getattr(enclosure, name) for name in ("kind", "channel", "chat", "file_id")}
            self.enclosures.append(under | sent | {"place": place})

    def take_over(self, other: HandlingRows) -> None:
        """Takes over the rows that another one has gathered."""
        self.done += other.done
        self.steps += other.steps
        self.sayings += other.sayings
        self.enclosures += other.enclosures
        self.merges += other.merges
        self.taken_out += other.taken_out
        self.postponed |= other.postponed
        self.supports += other.supports
        self.unsupported += other.unsupported

    async def write(self, connection: AsyncConnection) -> None:
        """Writes the gathered rows with one statement a table; the cases must have been written before."""
        for table, rows in ((case_sayings, self.sayings), (case_saying_files, self.enclosures)):
            if rows:
                await connection.execute(insert(table), rows)
        await end_supports(connection, self.unsupported)
        await write_supports(connection, self.supports)
        for case in self.taken_out:
            await self._take_out(connection, case)
        for case, parent, at in self.merges:
            await self._merge(connection, case, parent, at)
        await keep_statistics(connection, self.steps)
        for done in self.steps:
            if is_reroute(done):
                await keep_reroute(connection, done)
        if self.postponed:
            rows = [{"which": ticket, "until": until} for ticket, until in self.postponed.items()]
            await connection.execute(_POSTPONED, rows)

    async def _merge(self, connection: AsyncConnection, case: Case, parent: str, at: datetime) -> None:
        await connection.execute(delete(case_merges).where(case_merges.c.ticket == case.ticket))
        await connection.execute(insert(case_merges), [{"ticket": case.ticket, "parent": parent}])
        if not is_forgotten(case.reporter):
            await write_supports(connection, [Support(parent, case.reporter, case.language, at)])
        await pass_supporters_on(connection, case.ticket, parent, at)

    async def _take_out(self, connection: AsyncConnection, case: Case) -> None:
        was_in = select(case_merges.c.parent).where(case_merges.c.ticket == case.ticket)
        parent = (await connection.execute(was_in)).scalar_one_or_none()
        for gone in _gone(case, parent):
            await connection.execute(gone)


_POSTPONED: Update = update(cases).where(cases.c.ticket == bindparam("which")).values(next_due_at=bindparam("until"))


def _gone(case: Case, parent: str | None) -> tuple[Delete, Delete]:
    supports = (case_supporters.c.ticket == parent, case_supporters.c.supporter == case.reporter)
    return delete(case_merges).where(case_merges.c.ticket == case.ticket), delete(case_supporters).where(*supports)


async def hold_cases(connection: AsyncConnection, tickets: Collection[str]) -> None:
    """Nobody else changes these until the transaction ends; in one order, so that two never wait for each other."""
    query = select(cases.c.id).where(cases.c.ticket.in_(tickets)).order_by(cases.c.id).with_for_update()
    await connection.execute(query)


async def due_tickets(connection: AsyncConnection, at: datetime, most: int) -> list[str]:
    """Cases that the service itself must look at, the longest due first, held until the transaction ends.

    Those that another process holds are left to it.
    """
    due = select(cases.c.ticket).where(cases.c.next_due_at <= at).order_by(cases.c.next_due_at).limit(most)
    return list((await connection.execute(due.with_for_update(skip_locked=True))).scalars())


async def row_number(connection: AsyncConnection, ticket: str) -> int:
    """The number of a case's row: names it in the log, where no ticket number may stand."""
    number: int = (await connection.execute(select(cases.c.id).where(cases.c.ticket == ticket))).scalar_one()
    return number


async def next_due(connection: AsyncConnection) -> datetime | None:
    """When the first case is due; None where none ever is."""
    moment: datetime | None = (await connection.execute(select(func.min(cases.c.next_due_at)))).scalar_one_or_none()
    return moment


async def agency_of_officer(connection: AsyncConnection, person: str) -> str | None:
    """The agency of an officer who may sign in and works on its cases; None where there is none of this id."""
    if not person.isdecimal() or len(person) > MOST_DIGITS_OF_A_PERSON:
        return None
    hers = people.join(people_roles, people_roles.c.person == people.c.id)
    query = select(people.c.agency).select_from(hers).where(people.c.id == int(person), people.c.is_active)
    query = query.where(people_roles.c.role.in_([Role.LIAISON.value, Role.AGENCY_ADMIN.value])).limit(1)
    agency: str | None = (await connection.execute(query)).scalar_one_or_none()
    return agency


MOST_DIGITS_OF_A_PERSON = 9


async def without_liaison(connection: AsyncConnection, agencies: Collection[str]) -> frozenset[str]:
    """Those of these agencies that have no liaison; none where nobody at all is one yet."""
    liaisons = people.join(people_roles, people_roles.c.person == people.c.id)
    query = select(people.c.agency).distinct().select_from(liaisons)
    query = query.where(people_roles.c.role == Role.LIAISON.value, people.c.is_active)
    staffed = frozenset((await connection.execute(query)).scalars())
    return frozenset(agencies) - staffed if staffed else frozenset()


async def ancestors_of(connection: AsyncConnection, ticket: str) -> frozenset[str]:
    """The cases that this one was merged into, all the way up."""
    above = select(case_merges.c.parent).where(case_merges.c.ticket == ticket).cte("above", recursive=True)
    again = select(case_merges.c.parent).join(above, case_merges.c.ticket == above.c.parent)
    return frozenset((await connection.execute(select(above.union(again).c.parent))).scalars())


async def count_delivered_to(connection: AsyncConnection, reporter: str, refs: Sequence[str]) -> int:
    """How many of these messages have reached somebody, in this chat of hers or in one that is joined with it."""
    channel, _, chat = reporter.partition(":")
    hers = [(channel, chat), *((one.channel, one.chat) for one in await others_of(connection, (channel, chat)))]
    query = select(func.count(func.distinct(outbox.c.ref))).where(
        tuple_(outbox.c.channel, outbox.c.chat).in_(hers), outbox.c.ref.in_(refs), outbox.c.state == SENT
    )
    return (await connection.execute(query)).scalar_one()


async def case_of_message(connection: AsyncConnection, reporter: str, message: str) -> str | None:
    """The number of the case that a message to a reporter is about; messages about cases are named after them.

    `message` is the channel's own name of what was sent.
    """
    channel, _, chat = reporter.partition(":")
    query = select(outbox.c.ref, outbox.c.edits).where(
        outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.message_id == message
    )
    rows = await connection.execute(query.order_by(outbox.c.id.desc()).limit(1))
    numbers = [name.partition(".")[0] for row in rows for name in (row.edits, row.ref)]
    return next((number for number in numbers if read_back(number) == [Ticket(number)]), None)


async def sayings_of(connection: AsyncConnection, ticket: str) -> dict[int, Saying]:
    """What was said and sent with each event of a case, by its number; nothing of what was erased."""
    files = select(case_saying_files).where(case_saying_files.c.ticket == ticket).order_by(case_saying_files.c.place)
    sent: dict[int, tuple[Enclosure, ...]] = {}
    for row in await connection.execute(files):
        enclosure = Enclosure(row.kind, row.channel, row.chat, row.file_id)
        sent[row.number] = (*sent.get(row.number, ()), enclosure)
    said = {number: Saying(enclosures=enclosures) for number, enclosures in sent.items()}
    for row in await connection.execute(select(case_sayings).where(case_sayings.c.ticket == ticket)):
        said[row.number] = Saying(
            words=row.words,
            mend=row.mend,
            body=row.body,
            contact=row.contact,
            salt=row.salt,
            enclosures=sent.get(row.number, ()),
        )
    return said
