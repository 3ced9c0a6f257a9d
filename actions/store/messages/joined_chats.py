"""Which chats of one citizen are joined, and the codes by which they are.

A code is kept as a keyed digest, for minutes, and used once. What is joined is only where she is found: cases keep the
reporter whom they were filed by.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, Index, String, Table, and_, delete, false, insert, or_, select, update
from sqlalchemy import tuple_ as pair
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import Moment, dialogues, metadata
from actions.store.messages.messages import Chat

joined_chats = Table(
    "joined_chats",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("joined_as", String(32), nullable=False),
    Column("since", Moment, nullable=False),
    Column("shows_secret", Boolean, nullable=False, server_default=false()),
)
"""Chats of one `joined_as`, a random name, are joined. `shows_secret`: the others see this one's secret cases, too."""
Index("joined_chats_joined_as", joined_chats.c.joined_as)

join_codes = Table(
    "join_codes",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("shown_at", Moment, nullable=False),
    Column("typed_channel", String(16), nullable=False, server_default=""),
    Column("typed_chat", String(64), nullable=False, server_default=""),
    Column("typed_at", Moment),
)
"""The code that a chat shows, one a chat, and the chat in which it was typed."""
Index("join_codes_typed", join_codes.c.typed_channel, join_codes.c.typed_chat)


@dataclass(frozen=True, slots=True)
class JoinedChat:
    """A chat that is joined with another one; `shows_secret`: the others see its secret cases, too."""

    channel: str
    chat: str
    shows_secret: bool = False

    @property
    def reporter(self) -> str:
        """Names the person in the cases that were filed there."""
        return f"{self.channel}:{self.chat}"


async def others_of(connection: AsyncConnection, chat: Chat) -> list[JoinedChat]:
    """The chats that this one is joined with, the first joined first."""
    of, own = joined_chats.c, joined_chats.alias("own")
    same = (own.c.channel == chat[0], own.c.chat == chat[1], own.c.joined_as == of.joined_as)
    query = select(of.channel, of.chat, of.shows_secret).where(*same, or_(of.channel != chat[0], of.chat != chat[1]))
    return [JoinedChat(*row) for row in await connection.execute(query.order_by(of.since, of.channel, of.chat))]


@dataclass(frozen=True, slots=True)
class LastUsed:
    """Of joined chats the one in which she wrote last; `shows_secret`: what is secret in hers is told there, too."""

    chat: Chat
    shows_secret: bool


async def last_used(connection: AsyncConnection, chats: Collection[Chat]) -> Mapping[Chat, LastUsed]:
    """Where she wrote last, for those of these chats that are joined with another one."""
    own, other = joined_chats.alias("own"), joined_chats.alias("other")
    query = (
        select(own.c.channel, own.c.chat, own.c.shows_secret, other.c.channel, other.c.chat)
        .join(other, other.c.joined_as == own.c.joined_as)
        .join(dialogues, and_(dialogues.c.channel == other.c.channel, dialogues.c.chat == other.c.chat))
        .where(pair(own.c.channel, own.c.chat).in_(list(chats)))
        .order_by(dialogues.c.changed_at)
    )
    rows = (await connection.execute(query)).all()
    return {(row[0], row[1]): LastUsed((row[3], row[4]), row[2]) for row in rows}


async def keep_code(connection: AsyncConnection, chat: Chat, digest: str, at: datetime, old: datetime) -> None:
    """This chat shows another code now; codes shown before `old` go."""
    of = join_codes.c
    gone = or_(of.shown_at < old, and_(of.channel == chat[0], of.chat == chat[1]))
    await connection.execute(delete(join_codes).where(gone))
    row = {"channel": chat[0], "chat": chat[1], "digest": digest, "shown_at": at}
    await connection.execute(insert(join_codes), [row])


async def chat_of_code(connection: AsyncConnection, digest: str, since: datetime) -> Chat | None:
    """The chat that shows this code, where it was shown since then and typed nowhere yet."""
    of = join_codes.c
    query = select(of.channel, of.chat).where(of.digest == digest, of.shown_at >= since, of.typed_at.is_(None))
    row = (await connection.execute(query)).one_or_none()
    return (row.channel, row.chat) if row else None


async def use_code(connection: AsyncConnection, digest: str, typed: Chat, at: datetime) -> bool:
    """It was typed in this chat; False where another was faster."""
    of = join_codes.c
    used = {"typed_channel": typed[0], "typed_chat": typed[1], "typed_at": at}
    done = update(join_codes).where(of.digest == digest, of.typed_at.is_(None)).values(**used)
    return (await connection.execute(done)).rowcount == 1


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A chat that typed the code of another one, and when."""

    chat: Chat
    at: datetime


async def take_typed(connection: AsyncConnection, chat: Chat) -> TypedCode | None:
    """Who typed this chat's code; it is gone with this, whatever comes of it."""
    of = join_codes.c
    mine = delete(join_codes).where(of.channel == chat[0], of.chat == chat[1], of.typed_at.is_not(None))
    query = mine.returning(of.typed_channel, of.typed_chat, of.typed_at)
    row = (await connection.execute(query)).one_or_none()
    return TypedCode((row.typed_channel, row.typed_chat), row.typed_at) if row else None


async def join_chats(connection: AsyncConnection, first: Chat, second: Chat, person: str, at: datetime) -> None:
    """The second is joined with the first, and with those that it is joined with; `person` names them if none does."""
    of = joined_chats.c
    named = select(of.joined_as).where(of.channel == first[0], of.chat == first[1])
    known = (await connection.execute(named)).scalar_one_or_none()
    await connection.execute(delete(joined_chats).where(of.channel == second[0], of.chat == second[1]))
    new = (second,) if known else (first, second)
    rows = [{"channel": chat[0], "chat": chat[1], "joined_as": known or person, "since": at} for chat in new]
    await connection.execute(insert(joined_chats), rows)


async def part_chat(connection: AsyncConnection, chat: Chat) -> Sequence[JoinedChat]:
    """This one is joined with none any more; returns those that it was joined with. A last one alone goes, too."""
    of, others = joined_chats.c, await others_of(connection, chat)
    gone = [chat, *((one.channel, one.chat) for one in (others if len(others) == 1 else []))]
    await connection.execute(delete(joined_chats).where(pair(of.channel, of.chat).in_(gone)))
    return others


async def show_secret(connection: AsyncConnection, chat: Chat, *, is_shown: bool) -> None:
    """Whether secret cases of this chat are seen in those that it is joined with."""
    of = joined_chats.c
    hers = update(joined_chats).where(of.channel == chat[0], of.chat == chat[1])
    await connection.execute(hers.values(shows_secret=is_shown))


async def forget_joined(connection: AsyncConnection, chat: Chat) -> int:
    """Nothing is left of this chat here, neither of what it is joined with nor of codes shown or typed in it."""
    of = join_codes.c
    shown = and_(of.channel == chat[0], of.chat == chat[1])
    typed = and_(of.typed_channel == chat[0], of.typed_chat == chat[1])
    codes = (await connection.execute(delete(join_codes).where(or_(shown, typed)))).rowcount
    return codes + len(await part_chat(connection, chat))
