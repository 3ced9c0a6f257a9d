"""Inbox, outbox and dialogue rows: what came, what is to go out, where each talk stands. Opaque here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, insert, literal_column, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.tables import dialogues, inbox, outbox

type Chat = tuple[str, str]
"""A channel's name and the chat's id in it."""

NEW: ColumnElement[str] = literal_column("'new'")
ASIDE: ColumnElement[str] = literal_column("'aside'")
"""Written out, not bound: there are indexes of these states alone."""


@dataclass(frozen=True, slots=True)
class Received:
    """A row of the inbox that is still to be worked."""

    id: int
    channel: str
    chat: str
    event: str
    press_id: str
    attempts: int


@dataclass(frozen=True, slots=True)
class ToSend:
    """A row of the outbox."""

    id: int
    channel: str
    chat: str
    ref: str
    edits: str
    message: str
    attempts: int


async def put_in_inbox(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Write what arrived; an update that is already there changes nothing."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    await connection.execute(dialect.insert(inbox).on_conflict_do_nothing(), rows)


async def waiting_chats(connection: AsyncConnection, channels: Collection[str], most: int) -> list[Chat]:
    """Chats with something to work, the longest waiting first."""
    query = longest_waiting(channels, most)
    return [(row.channel, row.chat) for row in await connection.execute(query)]


def longest_waiting(channels: Collection[str], most: int, after: int = 0) -> Select[tuple[str, str]]:
    """The same as a query, without the first `after` of them."""
    return (
        select(inbox.c.channel, inbox.c.chat)
        .where(inbox.c.state == NEW, inbox.c.channel.in_(channels))
        .group_by(inbox.c.channel, inbox.c.chat)
        .order_by(func.min(inbox.c.id))
        .limit(most)
        .offset(after)
    )


async def received(connection: AsyncConnection, chats: Collection[Chat], most_a_chat: int) -> list[Received]:
    """What is to be worked next in these chats, in each chat's own order."""
    place = func.row_number().over(
        partition_by=(inbox.c.channel, inbox.c.chat), order_by=(inbox.c.sequence, inbox.c.id)
    )
    # Channels and chats once more on their own: SQLite finds an index by single columns, not by a pair.
    waiting = (
        select(inbox, place.label("place"))
        .where(
            inbox.c.state == NEW,
            inbox.c.channel.in_({channel for channel, _ in chats}),
            inbox.c.chat.in_({chat for _, chat in chats}),
            tuple_(inbox.c.channel, inbox.c.chat).in_(list(chats)),
        )
        .subquery()
    )
    of = waiting.c
    query = (
        select(of.id, of.channel, of.chat, of.event, of.press_id, of.attempts)
        .where(of.place <= most_a_chat)
        .order_by(of.channel, of.chat, of.place)
    )
    return [Received(*row) for row in await connection.execute(query)]


async def still_new(connection: AsyncConnection, rows: Collection[int]) -> set[int]:
    """Which of these inbox rows nobody has worked meanwhile; they are held until the transaction ends."""
    query = select(inbox.c.id).where(inbox.c.id.in_(rows), inbox.c.state == NEW).with_for_update(skip_locked=True)
    return set((await connection.execute(query)).scalars())


async def mark_received(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Set state and attempts of inbox rows: `{"row": id, "state": …, "attempts": …}`."""
    if rows:
        query = update(inbox).where(inbox.c.id == bindparam("row"))
        changes = query.values(state=bindparam("state"), attempts=bindparam("attempts"))
        await connection.execute(changes, rows)


async def load_records(connection: AsyncConnection, chats: Collection[Chat]) -> dict[Chat, str]:
    """Where the talks of these chats stand."""
    query = select(dialogues.c.channel, dialogues.c.chat, dialogues.c.record).where(
        tuple_(dialogues.c.channel, dialogues.c.chat).in_(list(chats))
    )
    return {(row.channel, row.chat): row.record for row in await connection.execute(query)}


async def save_records(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Save where talks stand: `{"channel", "chat", "record", "changed_at"}`."""
    if rows:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        new = dialect.insert(dialogues)
        saved = new.on_conflict_do_update(
            index_elements=["channel", "chat"],
            set_={"record": new.excluded.record, "changed_at": new.excluded.changed_at},
        )
        await connection.execute(saved, rows)


async def put_in_outbox(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Queue messages: `{"channel", "chat", "ref", "edits", "message", "created_at"}`."""
    if rows:
        await connection.execute(insert(outbox), rows)


async def heads_to_send(connection: AsyncConnection, channel: str, now: float, most: int) -> list[ToSend]:
    """The first unsent message of each chat whose time has come (`now` in seconds since 1970)."""
    heads = (
        select(func.min(outbox.c.id)).where(outbox.c.state == NEW, outbox.c.channel == channel).group_by(outbox.c.chat)
    )
    query = (
        select(*outbox.c["id", "channel", "chat", "ref", "edits", "message", "attempts"])
        .where(outbox.c.id.in_(heads), outbox.c.not_before <= now)
        .order_by(outbox.c.id)
        .limit(most)
    )
    return [ToSend(*row) for row in await connection.execute(query)]


async def message_id_of(connection: AsyncConnection, channel: str, chat: str, ref: str) -> str:
    """The channel's id of the message that was sent as `ref`, or now stands in its place; "" when there is none."""
    query = (
        select(outbox.c.message_id)
        .where(
            outbox.c.channel == channel,
            outbox.c.chat == chat,
            or_(outbox.c.ref == ref, outbox.c.edits == ref),
            outbox.c.message_id != "",
        )
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return (await connection.execute(query)).scalar_one_or_none() or ""


async def mark_sent(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Set what became of outbox rows: `{"row", "state", "attempts", "not_before", "message_id"}`.

    One that another process has finished stays as it is: it would be sent once more.
    """
    if rows:
        query = update(outbox).where(outbox.c.id == bindparam("row"), outbox.c.state == NEW)
        names = ("state", "attempts", "not_before", "message_id")
        await connection.execute(query.values({name: bindparam(name) for name in names}), rows)


async def end_waits_beyond(connection: AsyncConnection, channel: str, latest: float) -> None:
    """No message waits for a time after `latest` (seconds since 1970): it is sent at once instead."""
    query = update(outbox).where(outbox.c.state == NEW, outbox.c.channel == channel, outbox.c.not_before > latest)
    await connection.execute(query.values(not_before=0.0))


async def give_up_chat(connection: AsyncConnection, channel: str, chat: str) -> None:
    """Nothing more can be sent there."""
    query = update(outbox).where(outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.state == NEW)
    await connection.execute(query.values(state="failed"))


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits, and since when."""

    inbox: int
    set_aside: int
    outbox: int
    oldest: datetime | None


async def backlog(connection: AsyncConnection) -> Backlog:
    """What waits to be worked, what could not be worked, and what waits to be sent."""
    new = select(func.count(), func.min(inbox.c.received_at)).where(inbox.c.state == NEW)
    count, oldest = (await connection.execute(new)).one()
    aside = select(func.count()).select_from(inbox).where(inbox.c.state == ASIDE)
    unsent = select(func.count()).select_from(outbox).where(outbox.c.state == NEW)
    return Backlog(
        count,
        (await connection.execute(aside)).scalar_one(),
        (await connection.execute(unsent)).scalar_one(),
        oldest,
    )
