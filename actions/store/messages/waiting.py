"""Which chats have something in the inbox that is still to be worked: one row a chat, so that choosing work is cheap.

A chat's row is written with what arrived, in its transaction, and goes with the turn that worked the last of it. The
inbox stays the truth: whoever settles a chat looks there, while it holds the chat's row, and whoever writes an arrival
waits for that. So a chat never waits without its row; one that has a row and waits for nothing is settled when it is
chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Delete,
    Index,
    Select,
    String,
    Table,
    Update,
    bindparam,
    delete,
    exists,
    false,
    func,
    literal_column,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import inbox, metadata

type Chat = tuple[str, str]
"""As in `messages.py`, which writes what is counted here."""

waiting = Table(
    "waiting",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("since", BigInteger, nullable=False),
)
"""`since` is the row of the inbox from which on it waits: rows have one order, whatever machines say of the time."""
Index("waiting_since", waiting.c.since)

_NEW: ColumnElement[str] = literal_column("'new'")


def _noted(new: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    """Where it waits already nothing is written, but its row is held: whoever settles it waits for this arrival."""
    hers = (
        select(inbox.c.channel, inbox.c.chat, func.min(inbox.c.id))
        .where(
            inbox.c.channel == bindparam("of"),
            inbox.c.update_id.in_(bindparam("updates", expanding=True)),
            inbox.c.state == _NEW,
        )
        .group_by(inbox.c.channel, inbox.c.chat)
        .order_by(inbox.c.channel, inbox.c.chat)
    )
    again = {"since": new.excluded.since}
    return new.from_select(["channel", "chat", "since"], hers).on_conflict_do_update(
        index_elements=["channel", "chat"], set_=again, where=false()
    )


_NOTED: Final = {"sqlite": _noted(sqlite.insert(waiting)), "postgresql": _noted(postgresql.insert(waiting))}


async def note_waiting(connection: AsyncConnection, rows: Sequence[Mapping[str, object]]) -> None:
    """The chats of these rows of the inbox wait, where a row is new; the rows have just been written."""
    for channel in sorted({str(row["channel"]) for row in rows}):
        updates = [row["update_id"] for row in rows if row["channel"] == channel]
        await connection.execute(_NOTED[connection.dialect.name], {"of": channel, "updates": updates})


def longest_waiting(
    channels: Collection[str], most: int, *, among: Collection[Chat] = (), without: Collection[Chat] = ()
) -> Select[tuple[str, str]]:
    """A query for chats with something to work, the longest waiting first; of some chats only, or of all but some."""
    chat = tuple_(waiting.c.channel, waiting.c.chat)
    chosen = [*([chat.in_(among)] if among else []), *([chat.not_in(without)] if without else [])]
    # No condition that an index of channels fits: all of a channel would be read, and then put in order.
    served = func.coalesce(waiting.c.channel.in_(channels), false())
    return select(waiting.c.channel, waiting.c.chat).where(served, *chosen).order_by(waiting.c.since).limit(most)


async def waiting_chats(
    connection: AsyncConnection, channels: Collection[str], most: int, *, among: Collection[Chat] = ()
) -> list[Chat]:
    """Chats with something to work, the longest waiting first."""
    query = longest_waiting(channels, most, among=among)
    return [(row.channel, row.chat) for row in await connection.execute(query)]


_CHATS = tuple_(waiting.c.channel, waiting.c.chat).in_(bindparam("chats", expanding=True))
_HELD = (
    select(waiting.c.channel, waiting.c.chat)
    .where(_CHATS)
    .order_by(waiting.c.channel, waiting.c.chat)
    .with_for_update()
)
_HERS = (inbox.c.channel == waiting.c.channel, inbox.c.chat == waiting.c.chat, inbox.c.state == _NEW)


def _gone() -> Delete:
    return delete(waiting).where(_CHATS, ~exists().where(*_HERS).correlate(waiting))


def _goes_on() -> Update:
    first = select(func.min(inbox.c.id)).where(*_HERS).correlate(waiting).scalar_subquery()
    return update(waiting).where(_CHATS).values(since=first)


_GONE, _GOES_ON = _gone(), _goes_on()


async def settle_waiting(connection: AsyncConnection, chats: Collection[Chat]) -> None:
    """Of these chats some rows were worked: those of which all were wait no more, the others from the next row on.

    First the rows are held, then the inbox is looked at: what had arrived until then is seen, and what comes waits.
    """
    asked = {"chats": list(chats)}
    if chats and (await connection.execute(_HELD, asked)).all():
        gone = await connection.execute(_GONE, asked)
        if gone.rowcount < len({*chats}):
            await connection.execute(_GOES_ON, asked)


async def note_all_waiting(connection: AsyncConnection) -> int:
    """Write the rows that are missing, as after a version that did not know them; returns how many there were."""
    hers = select(inbox.c.channel, inbox.c.chat, func.min(inbox.c.id)).where(inbox.c.state == _NEW)
    missing = hers.where(~exists().where(waiting.c.channel == inbox.c.channel, waiting.c.chat == inbox.c.chat))
    ordered = missing.group_by(inbox.c.channel, inbox.c.chat).order_by(inbox.c.channel, inbox.c.chat)
    new = insert_into(connection, waiting).from_select(["channel", "chat", "since"], ordered)
    return (await connection.execute(new.on_conflict_do_nothing())).rowcount
