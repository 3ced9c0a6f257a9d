"""Tells subscribers once a week what has become of their villages; nothing where nothing happened.

Each row says until which day its citizen has been told; she is told of what came since, and the day moves in the same
transaction. So however many processes look, and whatever their clocks do, no week comes twice, and one on which the
service was down comes with the next. They go out a few at a time, so that nobody's answer waits behind all of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Clock
from actions.regency.model import Regency
from actions.store.engine.database import Database, is_away
from actions.store.messages.messages import Chat, put_in_outbox
from actions.store.messages.weekly import Due, VillageNews, days_due, due_subscriptions, news_of_villages, told
from bot.conversation.screen import Line, Screen, button, line, screen
from bot.messaging.button_signing import ButtonSigner
from bot.messaging.records import write_outgoing
from bot.messaging.rendering import MessageRenderer
from bot.observability.faults import place_of
from bot.services.weekly_days import may_be_told, news_day
from bot.texts.words import Texts

log = structlog.get_logger()

AT_ONCE = 100
BETWEEN_SECONDS = 8.0
"""So that at most twelve a second come in, of the thirty that Telegram takes."""
LOOK_EVERY_SECONDS = 60.0
A_WEEK = timedelta(days=7)


def weekly(village: str, news: VillageNews, since: date, until: date) -> Screen:
    """What is said of a village."""
    solved = [line("weekly-solved", count=news.solved)] if news.solved else []
    counts: tuple[Line, ...] = (*solved, *([line("weekly-new", count=news.new)] if news.new else []))
    is_a_week = until - since <= A_WEEK
    said = (
        line("weekly-news", village=village, counts=counts)
        if is_a_week
        else line("weekly-news-since", village=village, counts=counts, since=since)
    )
    return screen(said, rows=[[button("weekly-stop", "weekly-stop")]])


@dataclass(frozen=True, slots=True)
class WeeklyNews:
    """Writes the news until it is cancelled.

    Attributes:
        hears: hears after each commit which chats have a message.
    """

    database: Database
    regency: Regency
    texts: Texts
    signer: ButtonSigner
    clock: Clock
    hears: Callable[[Collection[Chat]], None]
    _counted: dict[tuple[date, date], Mapping[str, VillageNews]] = field(default_factory=dict)

    async def run(self) -> None:
        """Look every minute. A database that is away is looked at the next time."""
        while True:
            looked_at = 0
            try:
                looked_at = await self.look()
            except Exception as error:  # noqa: BLE001 - news that are not written yet are written later
                what = "weekly_news_wait_for_database" if is_away(error) else "weekly_news_wait"
                log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(BETWEEN_SECONDS if looked_at == AT_ONCE else LOOK_EVERY_SECONDS)

    async def look(self) -> int:
        """Write to some of those whose turn it is; returns how many were looked at."""
        now = self.clock()
        if not may_be_told(now, self.regency):
            return 0
        until = news_day(now, self.regency)
        async with self.database.reading() as connection:
            days = await days_due(connection, until)
            for since in days:
                await self._count(connection, since, until)
        if not days:
            self._counted.clear()
            return 0
        async with self.database.writing() as connection:
            due = await due_subscriptions(connection, until, AT_ONCE)
            rows = [row for one in due if (row := self._row(one, until, now))]
            await put_in_outbox(connection, rows)
            await told(connection, [(one.channel, one.chat) for one in due], until)
        self.hears({(str(row["channel"]), str(row["chat"])) for row in rows})
        return len(due)

    async def _count(self, connection: AsyncConnection, since: date, until: date) -> None:
        """Once for all who were told until the same day, however many looks they take."""
        if (since, until) not in self._counted:
            self._counted[since, until] = await news_of_villages(connection, since, until)

    def _row(self, one: Due, until: date, now: datetime) -> dict[str, object] | None:
        """One message; None where nothing happened in the village."""
        news = self._counted.get((one.told_until, until), {}).get(one.village)
        if news is None or one.village not in self.regency.regions:
            return None
        village = self.regency.regions[one.village].name
        wording = MessageRenderer(self.texts, self.signer, one.chat, self.texts.spoken(one.language), plain=False)
        message = wording.message(weekly(village, news, one.told_until, until), 1)
        return {
            "channel": one.channel,
            "chat": one.chat,
            "ref": f"weekly.{until.isoformat()}.{int(now.timestamp())}",
            "edits": "",
            "message": write_outgoing(message),
            "created_at": now,
        }
