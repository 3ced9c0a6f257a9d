"""`/laporan`: the cases that anybody may know of, with filters that can be linked, a feed, and a map by village."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from actions.privacy.redaction import Moderated
from actions.store.cases.redactions import moderated_of
from actions.store.statistics.listing import ListedCase, ListingCursor, list_open
from bot.conversation.screen import line
from bot.web.case.context import answer
from bot.web.chat.visit import Visit, visit_of
from bot.web.public.context import SHORTLY, PublicContext
from bot.web.public.reports.view import PAGE, MapRow, ReportsQuery, entries, filters, months, read_asked, shades
from bot.web.public.statistics.reading import Statistics
from bot.web.public.statistics.view import Voice

log = structlog.get_logger()

CASES_ON_A_PAGE: Final = 20
CASES_IN_A_FEED: Final = 40

type Make = Callable[[PublicContext, Visit, ReportsQuery], Awaitable[Response]]


def public_router(context: PublicContext) -> APIRouter:
    """The list and its feed."""
    router, chat = APIRouter(), context.case.chat

    @router.get("/laporan")
    async def page(request: Request) -> Response:
        visit = visit_of(request, chat)
        return await _answered(context, visit, _page)

    @router.get("/laporan.atom")
    async def feed(request: Request) -> Response:
        visit = visit_of(request, chat)
        return await _answered(context, visit, _feed)

    return router


async def _answered(context: PublicContext, visit: Visit, make: Make) -> Response:
    asked = read_asked(visit.request.query_params)
    if asked is None:
        return context.note(visit, 404, line("statistics-missing-title"), line("public-unreadable"))
    if not context.may_read(visit):
        return context.note(visit, 429, line("case-paused-title"), line("public-paused"))
    try:
        return await make(context, visit, asked)
    except (SQLAlchemyError, OSError) as error:
        log.warning("cases_not_read", error=type(error).__name__)
        return context.away(visit)


async def _page(context: PublicContext, visit: Visit, asked: ReportsQuery) -> Response:
    voice, statistics = context.voice(visit), await context.of_year()
    found, moderated = await _read(context, asked, CASES_ON_A_PAGE + 1)
    shown, further = found[:CASES_ON_A_PAGE], found[CASES_ON_A_PAGE:]
    last = shown[-1].statistics if further else None
    years = list(await context.years.get(""))
    html = context.site.render(
        "public/reports/list.html",
        voice.language,
        PAGE["title"],
        PAGE,
        query=asked.query(asked.after),
        feed=asked.query(),
        older=asked.query(ListingCursor(last.received_on, last.ticket)) if last else "",
        is_first=asked.after is None,
        is_filtered=bool(asked.query()),
        filters=filters(asked, context.regency, list(months(years, context.today())), voice),
        entries=entries(shown, moderated, context.regency, context.today(), voice),
        **_map(context, statistics, voice),
    )
    return answer(context.case, visit, html, 200, SHORTLY)


async def _feed(context: PublicContext, visit: Visit, asked: ReportsQuery) -> Response:
    voice = context.voice(visit)
    found = entries(*await _read(context, asked, CASES_IN_A_FEED), context.regency, context.today(), voice)
    xml = context.site.render(
        "public/reports/feed.xml",
        voice.language,
        PAGE["title"],
        PAGE,
        address=f"{context.base}/laporan.atom?{asked.query()}".rstrip("?"),
        page=f"{context.base}/laporan?{asked.query()}".rstrip("?"),
        base=context.base,
        updated=max((entry.updated for entry in found), default=f"{context.today()}T00:00:00Z"),
        entries=found,
    )
    return Response(xml, media_type="application/atom+xml; charset=utf-8", headers=SHORTLY)


async def _read(
    context: PublicContext, asked: ReportsQuery, most: int
) -> tuple[Sequence[ListedCase], Mapping[str, Moderated]]:
    async with context.case.chat.around.database.reading() as connection:
        listed = await list_open(connection, asked.filters, asked.after, most)
        return listed, await moderated_of(connection, [one.case.ticket for one in listed])


def _map(context: PublicContext, statistics: Statistics | None, voice: Voice) -> dict[str, object]:
    """The map of the last year, and its numbers."""
    if statistics is None or not statistics.villages:
        return {"map": None, "map_year": "", "map_rows": [], "map_key": []}
    year, counts = statistics.period.first[:4], statistics.villages
    title = voice.say(line("public-map-title", year=year))
    by_size = sorted(counts.items(), key=lambda village: -village[1])
    rows = [MapRow(voice.key("village", code), voice.number(count)) for code, count in by_size]
    drawn = context.map.draw(title, counts, voice)
    return {"map": drawn, "map_year": year, "map_rows": rows, "map_key": shades(counts.values())}
