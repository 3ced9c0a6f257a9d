"""The topics of cases in officers' groups that are divided into topics."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.database import Database
from actions.store.messages.officer_tables import officer_groups, officer_topics


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
        """It is open."""
        async with self.database.writing() as connection:
            await _forget(connection, chat, ticket)
            await connection.execute(insert(officer_topics), [{"chat": chat, "ticket": ticket, "thread": thread}])

    async def forget(self, chat: str, ticket: str) -> None:
        """It is gone; the next message about this case opens another."""
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
