"""What the pages of cases share: their parts, who reads them, and the headers of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from fastapi import Response
from fastapi.responses import HTMLResponse

from actions.regency.model import Regency
from bot.configuration.case_links import CaseLinks
from bot.conversation.screen import line
from bot.files.links import FileLinks
from bot.web.case.lookup_limits import AN_HOUR, FailedLookups
from bot.web.case.page import CasePage, PageReader
from bot.web.chat.context import ChatContext
from bot.web.chat.transcript import asked_language
from bot.web.chat.visit import Visit
from bot.web.shared.site import Site

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
        """Put them together; opens nothing."""
        around, regency = self.chat.around, self.regency
        self.page = CasePage(Site(around.texts, self.chat.assets, regency.name, regency.languages), self.links)
        self.failed = FailedLookups(regency.limits.failed_lookups_an_hour)
        self.files = FileLinks(around.secret_key)


def paused(context: CasePageContext, visit: Visit, until: datetime, now: datetime) -> Response:
    """The same for every number, whether or not there is such a case."""
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
