"""Carries out what a citizen asks about herself: her data, its end, and the news of her village."""

from __future__ import annotations

from dataclasses import dataclass, replace

from actions.cases.ports import Chance
from actions.privacy.forgetting import MOST_CASES, CitizensBook, forget_reporter
from actions.regency.model import Regency, Region
from bot.conversation.effects import ForgetMe, GatherOwnData, StopWeekly, TakeWeekly
from bot.conversation.events import (
    Event,
    Forgotten,
    OwnDataGathered,
    Said,
    WeeklyRefused,
    WeeklyStopped,
    WeeklyTaken,
)
from bot.messaging.records import UnreadableRow, read_event
from bot.services.weekly_days import news_day
from bot.understanding.personal import mask

PAGE = "/data-saya"
WITH_FILES = frozenset({"telegram", "terminal"})
WITH_A_PAGE = frozenset({"web"})
WITHOUT_NEWS = frozenset({"sms"})
"""Where each news would cost the regency a text message a week and citizen."""
VILLAGES = frozenset({"kelurahan", "desa"})


@dataclass(frozen=True, slots=True)
class OwnDataService:
    """The handlers of what is kept of one citizen, as the talk needs them. `base`: what stands before a path."""

    regency: Regency
    chance: Chance
    base: str
    channel: str
    chat: str
    language: str

    @property
    def citizen(self) -> str:
        """Names her in the cases."""
        return f"{self.channel}:{self.chat}"

    async def carry_out(
        self, book: CitizensBook, effect: GatherOwnData | ForgetMe | TakeWeekly | StopWeekly, cause: Event
    ) -> Event:
        """Do what she asks, and say what came of it."""
        match effect:
            case GatherOwnData():
                return await self._gather(book, cause)
            case ForgetMe():
                return await self._forget(book, cause)
            case TakeWeekly():
                return await self._take(book, effect, cause)
            case StopWeekly():
                was_taken = await book.stop_weekly(self.citizen)
                return WeeklyStopped(id=cause.id, at=cause.at, was_taken=was_taken)

    async def _gather(self, book: CitizensBook, cause: Event) -> Event:
        cases = await book.of_reporter(self.citizen, MOST_CASES)
        return OwnDataGathered(
            id=cause.id,
            at=cause.at,
            tickets=tuple(case.ticket for case in cases),
            has_files=self.channel in WITH_FILES,
            link=f"{self.base}{PAGE}" if self.channel in WITH_A_PAGE else "",
        )

    async def _forget(self, book: CitizensBook, cause: Event) -> Event:
        await self._forget_samples(book)
        gone = await forget_reporter(book, self.regency, self.citizen, cause.at, self.chance)
        return Forgotten(id=cause.id, at=cause.at, going_on=gone.going_on, ended=gone.ended)

    async def _forget_samples(self, book: CitizensBook) -> None:
        """What trainers might learn from what she said in her talks, as far as those are still kept."""
        for row in await book.received_from(self.citizen):
            try:
                event = read_event(row)
            except UnreadableRow:
                continue
            if isinstance(event, Said):
                await book.forget_sample(self.citizen, event.at, {event.text, mask(event.text).strip()})

    async def _take(self, book: CitizensBook, effect: TakeWeekly, cause: Event) -> Event:
        refused = WeeklyRefused(id=cause.id, at=cause.at)
        if self.channel in WITHOUT_NEWS:
            return replace(refused, not_here=True)
        village = self._village(effect)
        if village is None:
            return refused
        since = news_day(cause.at, self.regency)  # the first news are of the week in which she takes them
        await book.take_weekly(self.citizen, village.code, self.language, since, cause.at)
        return WeeklyTaken(id=cause.id, at=cause.at, village=village.name)

    def _village(self, effect: TakeWeekly) -> Region | None:
        """By its code, or by its name; of two of one name that in the district that was named, else the first."""
        regions = self.regency.regions
        if effect.code:
            found = regions.get(effect.code)
            return found if found and found.level in VILLAGES else None
        named = [one for one in regions.values() if one.level in VILLAGES and one.name == effect.village]
        near = [one for one in named if self._district(one) == effect.district]
        return next(iter([*near, *named]), None)

    def _district(self, village: Region) -> str:
        district = self.regency.regions.get(village.code.rpartition(".")[0])
        return district.name if district else ""
