"""Inbox, outbox and dialogue rows: what came, what is to go out, where each talk stands. Opaque here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import NOBODY
from actions.people.people import MAIL_CHANNEL
from actions.store.engine.tables import dialogues, inbox, outbox
from actions.store.messages.waiting import note_waiting
from actions.store.messages.weekly_tables import weekly_subscriptions
from actions.store.people.mail_tables import note_bounce
from actions.store.privacy.forgotten_names import forgotten_name

type Chat = tuple[str, str]
"""A channel's name and the chat's id in it."""

NEW: ColumnElement[str] = literal_column("'new'")
ASIDE: ColumnElement[str] = literal_column("'aside'")
"""Written out, not bound: there are indexes of these states alone.

Statements of every turn are built once: building one anew costs as much as running it.
"""


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
    """A row of the outbox.

    `target` is the channel's id of the message that is to be edited; "" where none is, or none was ever sent.
    """

    id: int
    channel: str
    chat: str
    ref: str
    message: str
    attempts: int
    target: str


_ARRIVED = {
    "sqlite": sqlite.insert(inbox).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(inbox).on_conflict_do_nothing(),
}


async def put_in_inbox(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Write what arrived, and whose chats wait; an update that is already there changes nothing."""
    await connection.execute(_ARRIVED[connection.dialect.name], rows)
    await note_waiting(connection, rows)


async def unknown_updates(connection: AsyncConnection, channel: str, updates: Collection[str]) -> set[str]:
    """Those of these updates of a channel that never arrived."""
    query = select(inbox.c.update_id).where(inbox.c.channel == channel, inbox.c.update_id.in_(updates))
    return {*updates} - {*(await connection.execute(query)).scalars()}


def _received() -> Select[int, str, str, str, str, int]:
    place = func.row_number().over(
        partition_by=(inbox.c.channel, inbox.c.chat), order_by=(inbox.c.sequence, inbox.c.id)
    )
    # Channels and chats once more on their own: SQLite finds an index by single columns, not by a pair.
    waiting = (
        select(inbox, place.label("place"))
        .where(
            inbox.c.state == NEW,
            inbox.c.channel.in_(bindparam("channels", expanding=True)),
            inbox.c.chat.in_(bindparam("names", expanding=True)),
            tuple_(inbox.c.channel, inbox.c.chat).in_(bindparam("chats", expanding=True)),
        )
        .subquery()
    )
    of = waiting.c
    return (
        select(of.id, of.channel, of.chat, of.event, of.press_id, of.attempts)
        .where(of.place <= bindparam("most"))
        .order_by(of.channel, of.chat, of.place)
    )


_RECEIVED = _received()


async def received(connection: AsyncConnection, chats: Collection[Chat], most_a_chat: int) -> list[Received]:
    """What is to be worked next in these chats, in each chat's own order."""
    channels, names = list({channel for channel, _ in chats}), list({chat for _, chat in chats})
    asked = {"channels": channels, "names": names, "chats": list(chats), "most": most_a_chat}
    return [Received(*row) for row in await connection.execute(_RECEIVED, asked)]


_STILL_NEW = (
    select(inbox.c.id)
    .where(inbox.c.id.in_(bindparam("rows", expanding=True)), inbox.c.state == NEW)
    .with_for_update(skip_locked=True)
)


async def still_new(connection: AsyncConnection, rows: Collection[int]) -> set[int]:
    """Which of these inbox rows nobody has worked meanwhile; they are held until the transaction ends."""
    return set((await connection.execute(_STILL_NEW, {"rows": list(rows)})).scalars())


_MARK_RECEIVED = (
    update(inbox).where(inbox.c.id == bindparam("row")).values(state=bindparam("state"), attempts=bindparam("attempts"))
)


async def mark_received(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Set state and attempts of inbox rows: `{"row": id, "state": …, "attempts": …}`."""
    if rows:
        await connection.execute(_MARK_RECEIVED, rows)


_RECORDS = select(dialogues.c.channel, dialogues.c.chat, dialogues.c.record).where(
    tuple_(dialogues.c.channel, dialogues.c.chat).in_(bindparam("chats", expanding=True))
)


async def load_records(connection: AsyncConnection, chats: Collection[Chat]) -> dict[Chat, str]:
    """Loads the stored state of these chats' conversations; of one that was just forgotten what she was told last."""
    rows = await connection.execute(_RECORDS, {"chats": list(chats)})
    found = {(channel, chat): record for channel, chat, record in rows}
    forgotten = {(chat[0], forgotten_name(connection, chat)): chat for chat in chats if chat not in found}
    if forgotten:
        rows = await connection.execute(_RECORDS, {"chats": list(forgotten)})
        found |= {forgotten[channel, name]: record for channel, name, record in rows}
    return found


_REWRITE = update(inbox).where(inbox.c.id == bindparam("row")).values(event=bindparam("event"))


async def rewrite_received(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Put another event in the place of one that came: `{"row": id, "event": …}`."""
    await connection.execute(_REWRITE, rows)


def _saved(new: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    return new.on_conflict_do_update(
        index_elements=["channel", "chat"],
        set_={"record": new.excluded.record, "changed_at": new.excluded.changed_at},
    )


_SAVED = {"sqlite": _saved(sqlite.insert(dialogues)), "postgresql": _saved(postgresql.insert(dialogues))}


async def save_records(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Save where talks stand: `{"channel", "chat", "record", "changed_at"}`."""
    if rows:
        await connection.execute(_SAVED[connection.dialect.name], rows)


_QUEUED = insert(outbox)


async def put_in_outbox(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Queue messages: `{"channel", "chat", "ref", "edits", "message", "created_at"}`.

    One to somebody who was forgotten is none: whoever tells of a case need not know whether anybody is left to hear it.
    """
    known = [row for row in rows if not str(row["chat"]).startswith(NOBODY)]
    if known:
        await connection.execute(_QUEUED, known)


async def known_places(connection: AsyncConnection, named: Collection[tuple[str, str, str]]) -> set[str]:
    """Those of these places of messages, each as (channel, chat, name), that were ever opened. By name alone."""
    query = select(outbox.c.edits).where(tuple_(outbox.c.channel, outbox.c.chat, outbox.c.edits).in_(named))
    return set((await connection.execute(query)).scalars()) if named else set()


def _heads() -> Select[int, str, str, str, str, int, str]:
    first = (
        select(func.min(outbox.c.id))
        .where(outbox.c.state == NEW, outbox.c.channel == bindparam("channel"))
        .group_by(outbox.c.chat)
    )
    earlier = outbox.alias("earlier")
    # Sent under the name that is to be edited, or in the place of that message.
    edited = (
        select(earlier.c.message_id)
        .where(
            earlier.c.channel == outbox.c.channel,
            earlier.c.chat == outbox.c.chat,
            or_(earlier.c.ref == outbox.c.edits, earlier.c.edits == outbox.c.edits),
            earlier.c.message_id != "",
        )
        .order_by(earlier.c.id.desc())
        .limit(1)
        .correlate(outbox)
        .scalar_subquery()
    )
    target = case((outbox.c.edits == "", ""), else_=func.coalesce(edited, ""))
    return (
        select(*outbox.c["id", "channel", "chat", "ref", "message", "attempts"], target)
        .where(outbox.c.id.in_(first), outbox.c.not_before <= bindparam("now"))
        .order_by(outbox.c.id)
        .limit(bindparam("most"))
    )


_HEADS = _heads()


async def heads_to_send(connection: AsyncConnection, channel: str, now: float, most: int) -> list[ToSend]:
    """The first unsent message of each chat whose time has come (`now` in seconds since 1970)."""
    asked = {"channel": channel, "now": now, "most": most}
    return [ToSend(*row) for row in await connection.execute(_HEADS, asked)]


_RESULT = ("row", "state", "attempts", "not_before", "message_id", "sent_at")
_MARK_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == NEW)
    .values({name: bindparam(name) for name in _RESULT[1:]})
)


async def mark_sent(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Set what became of outbox rows: `{"row", "state", "attempts", "not_before", "message_id", "sent_at"}`.

    One that another process has finished stays as it is: it would be sent once more.
    """
    if rows:
        await connection.execute(_MARK_SENT, [{name: row[name] for name in _RESULT} for row in rows])


async def moments_of(
    connection: AsyncConnection, names: Collection[tuple[str, str, str]]
) -> Mapping[tuple[str, str, str], datetime | None]:
    """When messages were sent, by channel, chat and name; None for one that waits. Of others nothing is known."""
    if not names:
        return {}
    name = (outbox.c.channel, outbox.c.chat, outbox.c.ref)
    query = select(*name, outbox.c.state, outbox.c.sent_at).where(tuple_(*name).in_(sorted(names)))
    rows = await connection.execute(query)
    return {(row[0], row[1], row[2]): row.sent_at for row in rows if row.state == "new" or row.sent_at}


async def put_another_message(connection: AsyncConnection, rows: Sequence[int], message: str) -> None:
    """Another message stands in these outbox rows from now on; whether it is sent does not change."""
    if rows:
        await connection.execute(update(outbox).where(outbox.c.id.in_(rows)).values(message=message))


async def end_waits_beyond(connection: AsyncConnection, channel: str, latest: float) -> None:
    """No message waits for a time after `latest` (seconds since 1970): it is sent at once instead."""
    query = update(outbox).where(outbox.c.state == NEW, outbox.c.channel == channel, outbox.c.not_before > latest)
    await connection.execute(query.values(not_before=0.0))


async def give_up_chat(connection: AsyncConnection, channel: str, chat: str) -> None:
    """Marks what waits for a chat that cannot be reached as failed, ends its weekly news, and marks an address."""
    query = update(outbox).where(outbox.c.channel == channel, outbox.c.chat == chat)
    await connection.execute(query.where(outbox.c.state.in_(["new", "held"])).values(state="failed"))
    taken = weekly_subscriptions.c
    await connection.execute(delete(weekly_subscriptions).where(taken.channel == channel, taken.chat == chat))
    if channel == MAIL_CHANNEL:
        await note_bounce(connection, chat)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many rows wait, and since when."""

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
