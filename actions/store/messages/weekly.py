"""Who takes the news of which village, whose turn it is, and what has become of the villages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, delete, func, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.messages.messages import Chat
from actions.store.messages.weekly_tables import weekly_subscriptions
from actions.store.statistics.case_statistics import IS_OPEN, case_statistics


@dataclass(frozen=True, slots=True)
class Subscription:
    """A village by its code, the language it is told in, and the day until which she has been told."""

    village: str
    language: str
    told_until: date


@dataclass(frozen=True, slots=True)
class Due:
    """A subscription whose weekly news are due."""

    channel: str
    chat: str
    village: str
    language: str
    told_until: date


@dataclass(frozen=True, slots=True)
class VillageNews:
    """How many public cases of a village were filed in a time, and how many closed after an answer."""

    new: int = 0
    solved: int = 0


async def subscribe(connection: AsyncConnection, chat: Chat, wanted: Subscription, at: datetime) -> None:
    """This chat takes these news, in the place of any other's."""
    known = {"village": wanted.village, "language": wanted.language, "told_until": wanted.told_until, "since": at}
    new = insert_into(connection, weekly_subscriptions).values(channel=chat[0], chat=chat[1], **known)
    await connection.execute(new.on_conflict_do_update(index_elements=["channel", "chat"], set_=known))


async def unsubscribe(connection: AsyncConnection, chat: Chat) -> bool:
    """This chat takes none any more; False where it did not."""
    rows = weekly_subscriptions.c
    gone = delete(weekly_subscriptions).where(rows.channel == chat[0], rows.chat == chat[1])
    return (await connection.execute(gone)).rowcount > 0


async def days_due(connection: AsyncConnection, until: date) -> Sequence[date]:
    """Until which days those have been told who are to be told of what happened before this one; none when all were."""
    last = weekly_subscriptions.c.told_until
    return (await connection.execute(select(last).where(last < until).distinct())).scalars().all()


async def due_subscriptions(connection: AsyncConnection, until: date, most: int) -> Sequence[Due]:
    """Whose turn it is, held until the transaction ends; those that another process holds are left to it."""
    rows = weekly_subscriptions.c
    query = (
        select(rows.channel, rows.chat, rows.village, rows.language, rows.told_until)
        .where(rows.told_until < until)
        .order_by(rows.told_until, rows.channel, rows.chat)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return [Due(*row) for row in await connection.execute(query)]


async def told(connection: AsyncConnection, chats: Collection[Chat], until: date) -> None:
    """Notes that these subscribers have been told of what happened before this day."""
    rows = weekly_subscriptions.c
    which = tuple_(rows.channel, rows.chat).in_(list(chats))
    await connection.execute(update(weekly_subscriptions).where(which).values(told_until=until))


async def news_of_villages(connection: AsyncConnection, since: date, until: date) -> Mapping[str, VillageNews]:
    """By village, of each in which something happened: cases that anybody finds in the list, and no others."""
    known = case_statistics.c
    counted = dict[str, dict[str, int]]()
    for name, day in (("new", known.received_on), ("solved", known.solved_on)):
        is_then = and_(text(IS_OPEN), day >= since, day < until, known.village.is_not(None))
        query = select(known.village, func.count()).where(is_then).group_by(known.village)
        for village, count in await connection.execute(query):
            counted.setdefault(village, {})[name] = count
    return {village: VillageNews(**counts) for village, counts in counted.items()}
