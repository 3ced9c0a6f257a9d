"""Parts of messages as they come: kept, known when they come again, and given back once a message is to be worked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.messages.message_parts import message_parts, unconfirmed_arrivals
from actions.store.messages.messages import Chat

PARTS: Final = 0x4C500005
"""The number of the advisory lock under which the parts of one chat are looked at (others in `advisory_locks.py`)."""


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A row of `message_parts`."""

    chat: str
    reference: str
    message: str
    number: int
    total: int
    text: str
    digest: str
    state: str
    received_at: datetime


_COLUMNS = message_parts.c["chat", "reference", "message", "number", "total", "text", "digest", "state", "received_at"]


async def hold_parts_of(connection: AsyncConnection, chat: Chat) -> None:
    """Nobody else looks at the parts of this chat until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(PARTS, func.hashtext("\n".join(chat)))))


async def parts_of(connection: AsyncConnection, chat: Chat) -> list[StoredPart]:
    """The parts of this chat, those that were worked among them, in the order in which they came."""
    of = message_parts.c
    query = select(*_COLUMNS).where(of.channel == chat[0], of.chat == chat[1]).order_by(of.id)
    return [StoredPart(*row) for row in await connection.execute(query)]


async def keep_part(connection: AsyncConnection, channel: str, part: StoredPart) -> None:
    """Writes a part that is new."""
    row = {name: getattr(part, name) for name in StoredPart.__slots__}
    await connection.execute(insert(message_parts), [row | {"channel": channel}])


async def mark_joined(connection: AsyncConnection, chat: Chat, messages: Collection[str]) -> None:
    """The parts of these messages were worked: their text goes, and their digest stays for those that come again."""
    of = message_parts.c
    which = (of.channel == chat[0], of.chat == chat[1], of.message.in_(messages))
    await connection.execute(update(message_parts).where(*which).values(state="done", text=""))


async def chats_with_parts_before(connection: AsyncConnection, channel: str, before: datetime) -> list[str]:
    """Chats in which a part has waited since before this moment."""
    of = message_parts.c
    query = select(of.chat).where(of.channel == channel, of.state == "new", of.received_at < before).distinct()
    return list((await connection.execute(query)).scalars())


async def drop_joined_before(connection: AsyncConnection, channel: str, before: datetime) -> None:
    """Parts that were worked are not expected once more after so long."""
    of = message_parts.c
    old = (of.channel == channel, of.state == "done", of.received_at < before)
    await connection.execute(delete(message_parts).where(*old))


async def is_unconfirmed(connection: AsyncConnection, channel: str, digest: str, since: datetime) -> bool:
    """Whether this message came since then, and the other side may not know that it was taken."""
    of = unconfirmed_arrivals.c
    query = select(of.digest).where(of.channel == channel, of.digest == digest, of.received_at >= since)
    return (await connection.execute(query)).first() is not None


async def keep_unconfirmed(connection: AsyncConnection, channel: str, digest: str, at: datetime) -> None:
    """Notes that this message was taken, until its acknowledgement has arrived."""
    new = insert_into(connection, unconfirmed_arrivals).values(channel=channel, digest=digest, received_at=at)
    again = {"received_at": new.excluded.received_at}
    await connection.execute(new.on_conflict_do_update(index_elements=["channel", "digest"], set_=again))


async def confirm(connection: AsyncConnection, channel: str, digests: Sequence[str]) -> None:
    """The acknowledgements of these have arrived: whatever comes from now on is another message."""
    of = unconfirmed_arrivals.c
    await connection.execute(delete(unconfirmed_arrivals).where(of.channel == channel, of.digest.in_(digests)))
