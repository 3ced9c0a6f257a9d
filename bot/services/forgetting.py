"""Carries out what a citizen asks about herself: her data, its end, and the news of her village."""

from __future__ import annotations

from dataclasses import dataclass, replace

from actions.cases.ports import Chance
from actions.privacy.handlers import MOST_CASES, CitizensBook, forget_reporter
from actions.regency.model import Regency, Region
from bot.conversation.events import Event, Said
from bot.conversation.others_cases.effects import StopWeekly, TakeWeekly
from bot.conversation.others_cases.events import WeeklyRefused, WeeklyStopped, WeeklyTaken
from bot.conversation.own_data.effects import ForgetMe, GatherOwnData
from bot.conversation.own_data.events import Forgotten, OwnDataGathered
from bot.messaging.abilities import Abilities
from bot.messaging.records import UnreadableRow, read_event
from bot.services.weekly import news_day
from bot.understanding.normalise import mask

PAGE = "/data-saya"
VILLAGES = frozenset({"kelurahan", "desa"})


@dataclass(frozen=True, slots=True)
class OwnDataService:
    """The handlers of what is kept of one citizen, as the talk needs them.

    `base`: what stands before a path; `abilities`: of her channel.
    """

    regency: Regency
    chance: Chance
    base: str
    channel: str
    chat: str
    language: str
    abilities: Abilities

    @property
    def citizen(self) -> str:
        """The channel and chat by which cases name this citizen as their reporter."""
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
            has_files=self.abilities.sends_documents,
            link=f"{self.base}{PAGE}" if self.abilities.opens_pages else "",
        )

    async def _forget(self, book: CitizensBook, cause: Event) -> Event:
        await self._forget_samples(book)
        elsewhere = len(await book.joined_channels(self.citizen))
        gone = await forget_reporter(book, self.regency, self.citizen, cause.at, self.chance)
        return Forgotten(id=cause.id, at=cause.at, going_on=gone.going_on, ended=gone.ended, parted=elsewhere)

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
        if not self.abilities.sends_news:
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
