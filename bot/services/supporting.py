"""Carries out what the talk asks for with cases of others: what is there already, and "me too"."""

from __future__ import annotations

from dataclasses import dataclass

from actions.cases.case import Location, ReportType
from actions.cases.nearby import NearbyMatch, NearbyQuery
from actions.cases.ports import WorkBook
from actions.cases.supporting import find_nearby, stop_supporting, support_case
from actions.regency.model import Regency
from bot.configuration.case_links import CaseLinks
from bot.conversation.dialogue import NearbyCase
from bot.conversation.effects import FindNearby, StopSupporting, SupportCase
from bot.conversation.events import Event, NearbyFound, Supported, SupportRefused, SupportStopped
from bot.understanding.normalise import normalise


@dataclass(frozen=True, slots=True)
class NearbyCases:
    """The handlers of cases of others, as the talk needs them."""

    regency: Regency
    links: CaseLinks

    async def find(self, book: WorkBook, citizen: str, place: Location, effect: FindNearby, cause: Event) -> Event:
        """What is there already of what a draft may be about."""
        draft = effect.draft
        sought = NearbyQuery(
            reporter=citizen,
            type=ReportType(draft.report_type),
            categories=effect.categories,
            location=place,
            story=normalise(draft.story),
            at=cause.at,
        )
        found = await find_nearby(book, self.regency, sought, normalise)
        return NearbyFound(
            id=cause.id,
            at=cause.at,
            draft_key=draft.key,
            cases=tuple(self._shown(one) for one in found),
            note=effect.note,
            in_place=effect.in_place,
        )

    async def support(self, book: WorkBook, citizen: str, language: str, effect: SupportCase, cause: Event) -> Event:
        """She says "me too", or cannot."""
        supported = await support_case(book, effect.ticket, citizen, language, cause.at)
        if supported is None:
            return SupportRefused(id=cause.id, at=cause.at, ticket=effect.ticket)
        link = self.links.public(effect.ticket)
        return Supported(
            id=cause.id,
            at=cause.at,
            ticket=effect.ticket,
            people=supported.people,
            link=link,
            draft_key=effect.draft_key,
        )

    async def stop(self, book: WorkBook, citizen: str, effect: StopSupporting, cause: Event) -> Event:
        """She says so no more."""
        await stop_supporting(book, effect.ticket, citizen)
        return SupportStopped(id=cause.id, at=cause.at, ticket=effect.ticket)

    def _shown(self, found: NearbyMatch) -> NearbyCase:
        district = self.regency.region(found.district) if found.district else None
        zone = self.regency.time_zone
        return NearbyCase(
            ticket=found.ticket,
            status=found.status.value,
            category=found.category,
            place=district.name if district else self.regency.name,
            filed_on=found.filed_at.astimezone(zone).date(),
            people=found.people,
            closed_on=None if found.is_open else found.changed_at.astimezone(zone).date(),
        )
