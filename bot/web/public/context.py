"""What the pages for the public share: their parts, and the numbers that are kept for a few minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from fastapi import Response

from actions.regency.model import Regency
from bot.conversation.screen import Label, Line
from bot.web.case.context import CasePageContext, answer, reader
from bot.web.case.words import PAGE
from bot.web.chat.visit import Visit
from bot.web.public.reports.map import VillageMap
from bot.web.public.statistics.reading import RefreshedCache, Statistics, count_year, kept_year, read_years
from bot.web.public.statistics.view import Voice
from bot.web.shared.client_address import LOCAL
from bot.web.shared.rate_limits import Bucket
from bot.web.shared.site import Site

SHORTLY: Final = {"cache-control": "public, max-age=60", "vary": "accept-language, cookie"}
NOT_KEPT: Final = {"cache-control": "no-store", "retry-after": "30"}
PAGES_AT_ONCE: Final = 90
PAGES_A_SECOND: Final = 1.5


@dataclass(slots=True)
class PublicContext:
    """The parts of these pages; language and address are read as for the page of a case."""

    case: CasePageContext
    pages: Bucket = field(default_factory=lambda: Bucket(PAGES_AT_ONCE, PAGES_A_SECOND))
    years: RefreshedCache[str, Sequence[int]] = field(init=False)
    statistics: RefreshedCache[int, Statistics] = field(init=False)
    map: VillageMap = field(init=False)

    def __post_init__(self) -> None:
        """Reads nothing yet."""
        database = self.case.chat.around.database
        self.years = RefreshedCache(lambda _: read_years(database))
        self.statistics = RefreshedCache(
            lambda year: count_year(database, year, self.today(), self.case.chat.now),
            read_before=lambda year: kept_year(database, year),
        )
        self.map = VillageMap(self.regency)

    @property
    def regency(self) -> Regency:
        """Whose cases they are."""
        return self.case.regency

    @property
    def site(self) -> Site:
        """Renders."""
        return self.case.page.site

    @property
    def base(self) -> str:
        """What stands before every path in an address."""
        return self.case.links.base

    def today(self) -> date:
        """By the region's own calendar."""
        return self.regency.calendar.day(self.case.chat.now())

    def voice(self, visit: Visit) -> Voice:
        """Numbers and names in the reader's language."""
        language = reader(self.case, visit).language

        def say(words: Line | Label | str) -> str:
            return self.site.say(language, words)

        return Voice(self.regency, language, say)

    def may_read(self, visit: Visit) -> bool:
        """Whether this address has not asked for more pages than anybody reads."""
        return visit.address == LOCAL or self.pages.take(visit.address)

    async def of_year(self, asked: str = "") -> Statistics | None:
        """The numbers of a year, the last that has any where none is asked for; None of one that has none."""
        years = await self.years.get("") or [self.today().year]
        year = next((year for year in years if asked in {"", str(year)}), None)
        return await self.statistics.get(year) if year is not None else None

    def note(self, visit: Visit, status: int, title: Line, note: Line) -> Response:
        """A page that only says something."""
        html = self.site.render("case/note.html", self.voice(visit).language, title, PAGE, note=note)
        return answer(self.case, visit, html, status, NOT_KEPT)

    def away(self, visit: Visit) -> Response:
        """The database cannot be read now."""
        return self.note(visit, 503, PAGE["away_title"], PAGE["away"])
