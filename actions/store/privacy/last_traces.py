"""The last traces of a chat that was forgotten: what was left so that she could be told, first renamed, then removed.

From the moment she is told no id of hers is left. What she was told can be read for a while under a keyed digest of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import dialogues, files, inbox, outbox
from actions.store.privacy.deletion_log import forgotten_chats
from actions.store.privacy.forgetting import belongs_to_a_case, close_window, empty_inbox, empty_outbox
from actions.store.privacy.forgotten_names import forgotten_name


@dataclass(frozen=True, slots=True)
class ToFinish:
    """A chat that was forgotten.

    Attributes:
        channel: of the chat.
        name: a keyed digest of its id; of versions before this one the id itself.
        at: when it was forgotten.
        row: the first row of the inbox that was worked in that turn, which has the id until she is told.
    """

    channel: str
    name: str
    at: datetime
    row: int


async def to_finish(connection: AsyncConnection) -> list[ToFinish]:
    """Chats that were forgotten and of which a last trace may be left, the first one first."""
    gone = forgotten_chats.c
    query = select(gone.channel, gone.chat, gone.at, gone.row).order_by(gone.at, gone.row)
    return [ToFinish(*row) for row in await connection.execute(query)]


async def take_away_id(connection: AsyncConnection, one: ToFinish, *, is_shown: bool, waits: bool = True) -> bool:
    """Take away her id once she is told; what she has said since is a new talk, which stays.

    Args:
        connection: in a transaction.
        one: the chat.
        is_shown: the talk is shown from its rows, so that what she was told stays in them for a while.
        waits: nothing is done as long as a message waits to be sent, or a file to go.

    Returns:
        Whether it is taken away now; False where it waits, and where it had been taken away before.
    """
    chat = await id_of(connection, one)
    if not chat:
        return False
    told = and_(_hers(outbox.c, one.channel, chat), outbox.c.ref.between(f"{one.row}.", f"{one.row}/"))
    sent = and_(_hers(files.c, one.channel, chat), files.c.created_at <= one.at)
    open_ones = exists().where(told, outbox.c.state == "new"), exists().where(sent, files.c.state == "unwanted")
    if waits and (await connection.execute(select(or_(*open_ones)))).scalar_one():
        return False
    worked = and_(inbox.c.id <= one.row, inbox.c.state != "new")
    if is_shown:
        await connection.execute(update(outbox).where(told).values(chat=one.name))
        hers = _hers(inbox.c, one.channel, chat)
        await connection.execute(update(inbox).where(hers, worked).values(chat=one.name))
    else:
        await empty_outbox(connection, (one.channel, chat), told)
        await empty_inbox(connection, (one.channel, chat), worked)
    await _end_talk(connection, one, chat)
    await connection.execute(delete(files).where(sent, files.c.state.in_(("gone", "refused")), ~belongs_to_a_case()))
    return True


async def remove_rest(connection: AsyncConnection, one: ToFinish) -> None:
    """Take away what stood under her digest."""
    await empty_outbox(connection, (one.channel, one.name), outbox.c.state != "new")
    await empty_inbox(connection, (one.channel, one.name), inbox.c.state != "new")
    await connection.execute(delete(dialogues).where(_hers(dialogues.c, one.channel, one.name)))
    gone = forgotten_chats.c
    done = delete(forgotten_chats).where(gone.channel == one.channel, gone.chat == one.name, gone.at == one.at)
    await connection.execute(done)


async def _end_talk(connection: AsyncConnection, one: ToFinish, chat: str) -> None:
    """What she was told is kept under her digest, and when she wrote is not kept, unless she writes on."""
    goes_on = exists().where(_hers(inbox.c, one.channel, chat), inbox.c.id > one.row)
    await connection.execute(close_window((one.channel, chat), ~goes_on))
    talk = and_(_hers(dialogues.c, one.channel, chat), ~goes_on)
    if chat != one.name:
        await connection.execute(delete(dialogues).where(_hers(dialogues.c, one.channel, one.name)))
        await connection.execute(update(dialogues).where(talk).values(chat=one.name))


async def id_of(connection: AsyncConnection, one: ToFinish) -> str:
    """Her id, where it is still to be found; "" once it was taken away."""
    worked = select(inbox.c.chat).where(inbox.c.id == one.row, inbox.c.channel == one.channel)
    found = (
        (await connection.execute(worked)).scalar_one_or_none() if one.row else await _owner_of_files(connection, one)
    )
    return found if found and found != one.name else ""


async def _owner_of_files(connection: AsyncConnection, one: ToFinish) -> str:
    """Of a chat in which nothing had arrived: whoever sent files that are to go."""
    unwanted = files.c.state.in_(("unwanted", "gone", "refused"))
    query = (
        select(files.c.chat).where(files.c.channel == one.channel, files.c.created_at <= one.at, unwanted).distinct()
    )
    owners = (await connection.execute(query)).scalars()
    return next((chat for chat in owners if forgotten_name(connection, (one.channel, chat)) == one.name), "")


def _hers(columns: object, channel: str, chat: str) -> ColumnElement[bool]:
    return and_(columns.channel == channel, columns.chat == chat)  # type: ignore[attr-defined]
