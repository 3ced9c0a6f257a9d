"""The groups of agencies in Telegram, one group an agency, bound with a one-time code; and their topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    String,
    Table,
    and_,
    delete,
    exists,
    false,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.database import Database
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, RowId, cases, metadata
from actions.store.messages.officer_cards import officer_cards, officer_drafts

officer_groups = Table(
    "officer_groups",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("agency", String(48), nullable=False, unique=True),
    Column("bound_at", Moment, nullable=False),
    Column("bound_by", RowId, nullable=False),
    Column("has_topics", Boolean, nullable=False, server_default=false()),
)
"""The one group of an agency; `bound_by` is the person who sent the code. `has_topics`: it is divided into topics."""

officer_topics = Table(
    "officer_topics",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("ticket", String(12), primary_key=True),
    Column("thread", BigInteger, nullable=False),
)
"""The topic of a case in a group that has topics, by the number that Telegram gave it."""

officer_group_codes = Table(
    "officer_group_codes",
    metadata,
    Column("agency", String(48), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("until", Moment, nullable=False),
)
"""One-time codes that bind a group, as digests."""

officer_digests = Table(
    "officer_digests",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("at", Moment, nullable=False),
)
"""The days on which a group has had its digest."""

Index("cases_of_agency", cases.c.agency, cases.c.status, cases.c.deadline)


@dataclass(frozen=True, slots=True)
class SqlTopics:
    """Every topic; each call is a transaction of its own. A group is named by its chat, a topic by its case."""

    database: Database

    async def thread(self, chat: str, ticket: str) -> int | None:
        """The number of the topic; 0 where it is still to be opened, None where the group has no topics."""
        groups, topics = officer_groups, officer_topics
        of_case = and_(topics.c.chat == groups.c.chat, topics.c.ticket == ticket)
        query = select(groups.c.has_topics, topics.c.thread).select_from(groups.outerjoin(topics, of_case))
        async with self.database.reading() as connection:
            found = (await connection.execute(query.where(groups.c.chat == chat))).one_or_none()
        return (found.thread or 0) if found and found.has_topics else None

    async def keep(self, chat: str, ticket: str, thread: int) -> None:
        """Stores the topic that was opened for a case."""
        async with self.database.writing() as connection:
            await _forget(connection, chat, ticket)
            await connection.execute(insert(officer_topics), [{"chat": chat, "ticket": ticket, "thread": thread}])

    async def forget(self, chat: str, ticket: str) -> None:
        """Forgets the topic of a case; the next message about the case opens another one."""
        async with self.database.writing() as connection:
            await _forget(connection, chat, ticket)

    async def do_without(self, chat: str) -> None:
        """None can be opened in this group, until somebody writes there again."""
        async with self.database.writing() as connection:
            await note_topics(connection, chat, has_topics=False)


async def note_topics(connection: AsyncConnection, chat: str, *, has_topics: bool) -> None:
    """A bound group is divided into topics, or no longer."""
    changed = update(officer_groups).where(officer_groups.c.chat == chat, officer_groups.c.has_topics != has_topics)
    await connection.execute(changed.values(has_topics=has_topics))


async def _forget(connection: AsyncConnection, chat: str, ticket: str) -> None:
    of_case = and_(officer_topics.c.chat == chat, officer_topics.c.ticket == ticket)
    await connection.execute(delete(officer_topics).where(of_case))


@dataclass(frozen=True, slots=True)
class BoundGroup:
    """A group that gets an agency's cases; `bound_by` is the number of a person."""

    chat: str
    agency: str
    bound_at: datetime
    bound_by: int


@dataclass(frozen=True, slots=True)
class SqlGroups:
    """Every bound group, within the transaction of this connection."""

    connection: AsyncConnection

    async def set_code(self, agency: str, digest: str, until: datetime) -> None:
        """Keep a one-time code; the one before holds no more."""
        await self._drop_code(agency)
        row = {"agency": agency, "digest": digest, "until": until}
        await self.connection.execute(insert(officer_group_codes), [row])

    async def agency_of_code(self, digest: str, now: datetime) -> str | None:
        """Whose code this is, unless it was used or its time is over; nobody else uses it meanwhile."""
        codes = officer_group_codes
        query = select(codes.c.agency).where(codes.c.digest == digest, codes.c.until > now).with_for_update()
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def bind(self, chat: str, agency: str, person: int, at: datetime) -> None:
        """This group is the agency's from now on, and its code is used up; what either was bound to before is not."""
        await self._drop_code(agency)
        held = select(officer_groups.c.chat).where(officer_groups.c.agency == agency)
        former = (await self.connection.execute(held)).scalar_one_or_none()
        for gone in {chat, former} - {None}:
            await self.unbind(str(gone))
        row = {"chat": chat, "agency": agency, "bound_at": at, "bound_by": person}
        await self.connection.execute(insert(officer_groups), [row])

    async def unbind(self, chat: str) -> None:
        """This group is nobody's, and what stands in it is no card any more."""
        await self.connection.execute(delete(officer_groups).where(officer_groups.c.chat == chat))
        await self.connection.execute(delete(officer_cards).where(officer_cards.c.chat == chat))
        for table in (officer_drafts, officer_topics):
            await self.connection.execute(delete(table).where(table.c.chat == chat))

    async def move(self, chat: str, to: str) -> None:
        """A group has become a supergroup of another id. The messages of the old one are out of reach."""
        groups = officer_groups
        await self.connection.execute(delete(officer_cards).where(officer_cards.c.chat == chat))
        if await self.agency_of(to) is None:
            await self.connection.execute(update(groups).where(groups.c.chat == chat).values(chat=to))
        for table in (officer_drafts, officer_digests, officer_topics):
            await self.connection.execute(delete(table).where(table.c.chat == chat))

    async def agency_of(self, chat: str) -> str | None:
        """The agency of a group; None for a group that is bound to none."""
        query = select(officer_groups.c.agency).where(officer_groups.c.chat == chat)
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def chats(self) -> Mapping[str, str]:
        """The group of each agency that has one."""
        query = select(officer_groups.c.agency, officer_groups.c.chat)
        return {row.agency: row.chat for row in await self.connection.execute(query)}

    async def all(self) -> list[BoundGroup]:
        """Every bound group, by agency."""
        groups = officer_groups
        query = select(groups.c.chat, groups.c.agency, groups.c.bound_at, groups.c.bound_by).order_by(groups.c.agency)
        return [BoundGroup(*row) for row in await self.connection.execute(query)]

    async def _drop_code(self, agency: str) -> None:
        codes = officer_group_codes
        await self.connection.execute(delete(codes).where(codes.c.agency == agency))


async def take_digest(connection: AsyncConnection, chat: str, day: date, at: datetime) -> bool:
    """Whether the digest of this day is this process's to write: each is one's only, and one's for ever."""
    new = insert_into(connection, officer_digests).values(chat=chat, day=day, at=at).on_conflict_do_nothing()
    return (await connection.execute(new.returning(officer_digests.c.chat))).scalar_one_or_none() is not None


async def without_digest(connection: AsyncConnection, day: date) -> list[BoundGroup]:
    """The groups that have not had the digest of this day."""
    groups, had = officer_groups, officer_digests
    query = select(groups.c.chat, groups.c.agency, groups.c.bound_at, groups.c.bound_by)
    has = exists().where(had.c.chat == groups.c.chat, had.c.day == day)
    return [BoundGroup(*row) for row in await connection.execute(query.where(~has).order_by(groups.c.agency))]
