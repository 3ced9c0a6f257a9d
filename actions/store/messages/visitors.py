"""What is stored of visitors on the web: their talk, only read here, and where their browsers take notices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import BROWSERS, inbox, outbox, push_subscriptions
from actions.store.privacy.forgotten_names import forgotten_name

MOST_OF_A_VISITOR = 5
"""Browsers that one visitor may have; the one that was added first goes."""


async def subscribe(connection: AsyncConnection, visitor: str, endpoint: str, at: datetime) -> None:
    """Give this visitor notices there; an address belongs to whoever asked last."""
    new = insert_into(connection, push_subscriptions).values(endpoint=endpoint, visitor=visitor, since=at)
    await connection.execute(
        new.on_conflict_do_update(index_elements=["endpoint"], set_={"visitor": visitor, "since": at})
    )
    kept = await subscriptions_of(connection, visitor)
    await unsubscribe(connection, kept[MOST_OF_A_VISITOR:])


async def subscriptions_of(connection: AsyncConnection, visitor: str) -> list[str]:
    """The addresses of this visitor, the latest first."""
    query = (
        select(push_subscriptions.c.endpoint)
        .where(push_subscriptions.c.visitor == visitor)
        .order_by(push_subscriptions.c.since.desc(), push_subscriptions.c.endpoint)
    )
    return list((await connection.execute(query)).scalars())


async def unsubscribe(connection: AsyncConnection, endpoints: list[str]) -> None:
    """Removes addresses that no longer take notices."""
    if endpoints:
        await connection.execute(delete(push_subscriptions).where(push_subscriptions.c.endpoint.in_(endpoints)))


async def forget_visitor(connection: AsyncConnection, visitor: str) -> None:
    """Removes the addresses of a visitor who has left this browser."""
    await connection.execute(delete(push_subscriptions).where(push_subscriptions.c.visitor == visitor))


MOST_SHOWN = 200
"""Rows of each side: what was said before is kept, and not shown."""

_WEB: ColumnElement[str] = literal_column(f"'{BROWSERS}'")
_NEW: ColumnElement[str] = literal_column("'new'")
"""Written out, not bound: the indexes are for these alone."""


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """A message of the visitor: a row of the inbox."""

    id: int
    event: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A message to the visitor: a row of the outbox."""

    id: int
    ref: str
    edits: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Transcript:
    """The last rows of a talk, each side in its own order. `is_whole`: there were none before these."""

    came: tuple[InboxEntry, ...]
    went: tuple[OutboxEntry, ...]
    is_whole: bool


async def load_transcript(connection: AsyncConnection, visitor: str, most: int = MOST_SHOWN) -> Transcript:
    """The last rows of this visitor's talk, with one SELECT for each side; of one just forgotten what she was told."""
    chats = (visitor, forgotten_name(connection, (BROWSERS, visitor)))
    received = (
        select(inbox.c.id, inbox.c.event, inbox.c.received_at)
        .where(inbox.c.channel == _WEB, inbox.c.chat.in_(chats))
        .order_by(inbox.c.id.desc())
        .limit(most)
    )
    sent = (
        select(outbox.c.id, outbox.c.ref, outbox.c.edits, outbox.c.message, outbox.c.created_at)
        .where(outbox.c.channel == _WEB, outbox.c.chat.in_(chats))
        .order_by(outbox.c.id.desc())
        .limit(most)
    )
    came = [InboxEntry(*row) for row in await connection.execute(received)]
    went = [OutboxEntry(*row) for row in await connection.execute(sent)]
    return Transcript(tuple(reversed(came)), tuple(reversed(went)), max(len(came), len(went)) < most)


async def waits_for_answer(connection: AsyncConnection, visitor: str) -> bool:
    """Whether something that she sent is still to be worked."""
    new = exists().where(inbox.c.state == _NEW, inbox.c.channel == _WEB, inbox.c.chat == visitor)
    return bool((await connection.execute(select(new))).scalar_one())


async def already_came(connection: AsyncConnection, update_ids: Collection[str]) -> set[str]:
    """Returns those of these updates that are in the inbox already."""
    query = select(inbox.c.update_id).where(inbox.c.channel == _WEB, inbox.c.update_id.in_(list(update_ids)))
    return set((await connection.execute(query)).scalars())


@dataclass(frozen=True, slots=True)
class Newest:
    """The last rows of inbox and outbox, of whatever channel."""

    came: int
    went: int


async def newest(connection: AsyncConnection) -> Newest:
    """Returns the newest rows of inbox and outbox in this talk."""
    ends = select(
        select(func.coalesce(func.max(inbox.c.id), 0)).scalar_subquery(),
        select(func.coalesce(func.max(outbox.c.id), 0)).scalar_subquery(),
    )
    return Newest(*(await connection.execute(ends)).one())


async def visitors_since(connection: AsyncConnection, known: Newest) -> set[str]:
    """Visitors in whose talks something was said by either side after these rows."""
    came = select(inbox.c.chat).where(inbox.c.id > known.came, inbox.c.channel == _WEB)
    went = select(outbox.c.chat).where(outbox.c.id > known.went, outbox.c.channel == _WEB)
    return set((await connection.execute(came.union(went))).scalars())
