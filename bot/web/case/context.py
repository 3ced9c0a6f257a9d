"""What the pages of cases share: their parts, templates and words, who reads them, and the limit on lookups."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import segno
from fastapi import Response
from fastapi.responses import HTMLResponse

from actions.regency.model import Regency
from bot.configuration.case_links import CaseLinks
from bot.conversation.screen import Line, line
from bot.files.serving import FileLinks
from bot.web.case.view import CaseView, Own
from bot.web.case.words import PAGE
from bot.web.chat.context import ChatContext
from bot.web.chat.transcript import asked_language
from bot.web.chat.visit import Visit
from bot.web.shared.rate_limits import MOST_REMEMBERED
from bot.web.shared.site import Site


@dataclass(frozen=True, slots=True)
class PageReader:
    """Who reads: her language, and what a link to the same page in another must carry (the key, or nothing)."""

    language: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """Renders the pages of cases."""

    site: Site
    links: CaseLinks

    def case(self, view: CaseView, reader: PageReader, own: Own | None = None) -> str:
        """The page of a case; `own` is what only its reporter sees."""
        address = self.links.public(view.ticket) if view.is_shared else ""
        page_title = line("case-page-title", ticket=view.ticket)
        return self._render("case/case.html", reader, page_title, view=view, own=own, address=address, qr=_qr(address))

    def missing(self, reader: PageReader) -> str:
        """There is no such case, or none that this reader may know of."""
        return self._render("case/note.html", reader, PAGE["missing_title"], note=PAGE["missing"])

    def draft(self, lines: Sequence[Line], reader: PageReader) -> str:
        """The page of a report that is not sent yet."""
        return self._render("case/draft.html", reader, PAGE["draft_title"], lines=lines)

    def ended(self, reader: PageReader) -> str:
        """The link of a report that is not sent leads nowhere, or did never."""
        return self._render("case/note.html", reader, PAGE["missing_title"], note=PAGE["draft_ended"])

    def paused(self, until: Line, reader: PageReader) -> str:
        """The answer to an address that has asked for too many numbers that do not exist."""
        return self._render("case/note.html", reader, PAGE["paused_title"], note=until)

    def away(self, reader: PageReader) -> str:
        """The answer for a moment in which the database cannot be read."""
        return self._render("case/note.html", reader, PAGE["away_title"], note=PAGE["away"])

    def form(self, reader: PageReader, typed: str = "", error: Line | None = None) -> str:
        """Where a number is typed, and what was wrong with it."""
        return self._render("case/find.html", reader, PAGE["check_title"], typed=typed, error=error)

    def _render(self, template: str, reader: PageReader, title: Line, **names: Any) -> str:  # noqa: ANN401 - what the template takes
        return self.site.render(template, reader.language, title, PAGE, key=reader.key, **names)


@lru_cache(maxsize=256)
def _qr(address: str) -> str:
    """A picture of an address, black on white with a margin, for an `img`."""
    return segno.make_qr(address, error="m").svg_data_uri(scale=4, border=3, light="#fff") if address else ""


AN_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class FailedLookups:
    """Failed look-ups of the last hour, by each name that a person has here: her cookie, and her address.

    A look-up counts as failed from its beginning and is forgiven when something was found, so that many at once
    are no more than many in a row.

    Attributes:
        most: as many an hour as this (`failed_lookups_an_hour` of data/limits.toml).
    """

    most: int
    _failed: OrderedDict[str, tuple[datetime, ...]] = field(default_factory=OrderedDict)

    def paused_until(self, names: Sequence[str], now: datetime) -> datetime | None:
        """When this person may look up again; None when she may now."""
        waits = [recent[-self.most] + AN_HOUR for name in names if len(recent := self._recent(name, now)) >= self.most]
        return max(waits, default=None)

    def begin(self, names: Sequence[str], now: datetime) -> None:
        """Counts a look-up before it is known whether the number exists."""
        for name in names:
            self._failed[name] = (*self._recent(name, now), now)
            self._failed.move_to_end(name)
        while len(self._failed) > MOST_REMEMBERED:
            self._failed.popitem(last=False)

    def forgive(self, names: Sequence[str], at: datetime) -> None:
        """The look-up that began then did not fail."""
        for name in names:
            left = list(self._failed.pop(name, ()))
            if at in left:
                left.remove(at)
            if left:
                self._failed[name] = tuple(left)

    def _recent(self, name: str, now: datetime) -> tuple[datetime, ...]:
        return tuple(moment for moment in self._failed.get(name, ()) if now - moment < AN_HOUR)


LANGUAGE_COOKIE: Final = "lapor_language"
LANGUAGE_SECONDS: Final = 365 * 24 * 3600
SAME_FOR_ALL: Final = {"cache-control": "no-store", "vary": "accept-language, cookie"}
OF_A_CASE: Final = {**SAME_FOR_ALL, "referrer-policy": "no-referrer"}
UNLISTED: Final = {**OF_A_CASE, "x-robots-tag": "noindex, nofollow"}
OWN: Final = {**UNLISTED, "cache-control": "private, no-store"}


@dataclass(slots=True)
class CasePageContext:
    """The parts of these pages. Language, address, cookie and assets are the chat's."""

    chat: ChatContext
    links: CaseLinks
    regency: Regency
    page: CasePage = field(init=False)
    failed: FailedLookups = field(init=False)
    files: FileLinks = field(init=False)

    def __post_init__(self) -> None:
        """Builds the parts that are derived from the fields; opens neither files nor the database."""
        around, regency = self.chat.around, self.regency
        site = Site(around.texts, self.chat.assets, regency.name, regency.languages, around.banner)
        self.page = CasePage(site, self.links)
        self.failed = FailedLookups(regency.limits.failed_lookups_an_hour)
        self.files = FileLinks(around.secret_key)


def paused(context: CasePageContext, visit: Visit, until: datetime, now: datetime) -> Response:
    """The answer for a number that is not found; it is the same whether or not there is such a case."""
    words = line("case-paused", until=until)
    wait = {"retry-after": str(min(int((until - now).total_seconds()) + 1, int(AN_HOUR.total_seconds())))}
    return answer(context, visit, context.page.paused(words, reader(context, visit)), 429, {**UNLISTED, **wait})


def answer(context: CasePageContext, visit: Visit, html: str, status: int, headers: Mapping[str, str]) -> Response:
    """A page, and the language she chose on it kept."""
    response = HTMLResponse(html, status, headers=headers)
    asked = visit.request.query_params.get("lang")
    if asked in context.regency.languages:
        response.set_cookie(
            LANGUAGE_COOKIE, asked, LANGUAGE_SECONDS, secure=visit.is_secure, httponly=True, samesite="lax"
        )
    return response


def reader(context: CasePageContext, visit: Visit, key: str = "") -> PageReader:
    """As she asked on this page, else chose before, else as her browser wishes, else the regency's own."""
    request, spoken = visit.request, context.regency.languages
    wished = asked_language(request.headers.get("accept-language", ""), spoken)
    chosen = (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE), wished)
    return PageReader(next((language for language in chosen if language in spoken), spoken[0]), key)


def names(visit: Visit) -> Sequence[str]:
    """What a person's failed look-ups are counted by: whoever throws her cookie away keeps her address."""
    address = f"address {visit.address}"
    return (address, f"visitor {visit.visitor}") if visit.visitor else (address,)
