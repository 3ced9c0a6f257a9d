"""Looks at the answers of closed cases: may they be published, under which title, and does something hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case, Words
from actions.privacy.handlers import latest_answer
from actions.privacy.publication import (
    HeldFor,
    Publication,
    PublicationState,
    may_be_published,
    places_around,
    publication_day,
    title_of_answer,
)
from actions.privacy.redaction import NOTHING_REDACTED
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.publications import are_enough_reporters
from actions.store.cases.redactions import SqlRedactions
from bot.services.publication.detector import KnownWords, find_names, words_of

VILLAGE_DOTS = 3


@dataclass(frozen=True, slots=True)
class LookedAt:
    """An answer with what was found in it.

    Attributes:
        case: whose it is.
        number: of its event.
        answer: its words.
        title: under which it would be published.
        held_for: what holds it; None for nothing.
        found: what in it may be a name or a number.
        words: what the reporter wrote, to compare with.
        place: code of the place that a title may name; None where nothing may be published.
    """

    case: Case
    number: int
    answer: str
    title: str
    held_for: HeldFor | None
    found: Sequence[str]
    words: Words | None
    place: str | None


@dataclass(frozen=True, slots=True)
class AnswerCheck:
    """Looks at answers within a transaction."""

    connection: AsyncConnection
    regency: Regency

    async def look(self, ticket: str) -> LookedAt | None:
        """Returns what there is of a case; None where nothing of it may be published at all."""
        book = SqlCaseBook(self.connection)
        case = await book.by_ticket(ticket)
        if case is None or not may_be_published(case, self._sensitive()):
            return None
        number = latest_answer(await book.events(ticket))
        answer = (await book.said(ticket, number)).words if number else ""
        if not answer:
            return None
        place = await self._place(case)
        title = self._title(case, place or "")
        redaction = await SqlRedactions(self.connection).of_case(ticket)
        words = await book.words(ticket)
        found = self._names_in(case, words, answer, place or "")
        held_for = HeldFor.DECIDED if redaction != NOTHING_REDACTED else HeldFor.WORDS if found else None
        held_for = HeldFor.FEW if place is None else held_for
        return LookedAt(case, number, answer, redaction.title or title, held_for, found, words, place)

    def names_in_title(self, looked_at: LookedAt, title: str) -> tuple[str, ...]:
        """What in a title that a moderator wrote may name somebody, or a place in which too few people reported."""
        return self._names_in(looked_at.case, looked_at.words, title, looked_at.place or "")

    def _names_in(self, case: Case, words: Words | None, text: str, place: str) -> tuple[str, ...]:
        told = (words.story if words else "", case.location.spoken or "")
        name = (words.name or "") if words else ""
        known = KnownWords(self._allowed(place), self._public_names(), name, " . ".join(told))
        return find_names(text, known, self.regency.publication)

    async def _place(self, case: Case) -> str | None:
        """Code of the smallest place around a case in which enough people reported the same; "" for everywhere.

        What stands in the street (a physical category) anybody may have reported who lives there or passes: there
        it is enough that so many reported anything at all.

        Returns:
            None where there are too few of the same everywhere, and nothing may be published.
        """
        kind, fewest = self.regency.categories[case.category or ""], self.regency.publication.fewest_reporters
        *named, everywhere = places_around(case)
        if not await are_enough_reporters(self.connection, kind.slug, everywhere, fewest):
            return None
        for place in named:
            if await are_enough_reporters(self.connection, None if kind.physical else kind.slug, place, fewest):
                return place.code
        return everywhere.code

    def _sensitive(self) -> frozenset[str]:
        return frozenset(leaf.slug for leaf in self.regency.leaves() if leaf.sensitive)

    def _title(self, case: Case, place: str) -> str:
        category, region = self.regency.categories.get(case.category or ""), self.regency.region(place)
        label = category.labels[self.regency.languages[0]] if category else ""
        return title_of_answer(case, label, region.name if region else "", self.regency.publication)

    def _allowed(self, place: str) -> frozenset[str]:
        """Words of agencies and categories, and of the place and what lies around it, but of no other village."""
        regency = self.regency
        villages = [region.name for region in regency.regions.values() if region.code.count(".") == VILLAGE_DOTS]
        around = [region.name for region in regency.regions.values() if f"{place}.".startswith(f"{region.code}.")]
        open_words = frozenset(words_of(*self._public_names(), *regency.agencies))
        return (open_words - frozenset(words_of(*villages))) | frozenset(words_of(*around, regency.name))

    def _public_names(self) -> tuple[str, ...]:
        """Of agencies, categories, and the kinds of problems in people's words."""
        regency = self.regency
        offices = [agency.name for agency in regency.agencies.values()]
        labels = [label for category in regency.categories.values() for label in category.labels.values()]
        return (*offices, *labels, *regency.publication.titles.values())


def proposed(looked_at: LookedAt, at: datetime, regency: Regency) -> Publication:
    """The answer as a moderator is shown it from now on: held, or to be published on its day."""
    one = Publication(
        looked_at.case.ticket, PublicationState.HELD, looked_at.number, looked_at.title, looked_at.held_for
    )
    if looked_at.held_for:
        return one
    day = publication_day(at, regency.publication, regency.calendar)
    return replace(one, state=PublicationState.PROPOSED, publish_at=day)
