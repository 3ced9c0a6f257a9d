"""`/statistik`: how offices answer, in numbers that hide nobody and nothing; and the same as open data."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from actions.regency.model import Regency
from actions.store.cases.links import all_roots
from bot.conversation.screen import Line, line
from bot.web.case.context import answer
from bot.web.chat.visit import Visit, visit_of
from bot.web.public.context import SHORTLY, PublicContext
from bot.web.public.statistics.answers import ANSWERS, read_answers, rows_of
from bot.web.public.statistics.reading import TABLES, Statistics
from bot.web.public.statistics.view import COLUMNS, METHOD, PAGE, TITLES, Voice, confidential_words, figures, sections
from bot.web.shared.spreadsheet import workbook, xlsx_answer
from bot.web.trainer.models.view import Cell, csv_answer

log = structlog.get_logger()

VILLAGES: Final = "village"
FILES: Final = (*TABLES, VILLAGES, ANSWERS)
CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def csv_of(statistics: Statistics, name: str, voice: Voice) -> Iterator[Sequence[Cell]]:
    """A table; a cell that is withheld is empty, and the row of what is put together has the code "other"."""
    if name == VILLAGES:
        yield ("code", "name", "received")
        for code, received in sorted(statistics.villages.items()):
            yield (code, voice.key("village", code), received)
        return
    yield ("code", "name", *COLUMNS)
    for row in statistics.published.tables.get(name, ()):
        numbers = [getattr(row.shown, column) for column in COLUMNS]
        yield ("other" if row.is_rest else row.key or "", voice.name(name, row), *numbers)
    if statistics.published.whole:
        yield ("total", "", *(getattr(statistics.published.whole, column) for column in COLUMNS))


def description(statistics: Statistics, regency: Regency, base: str, voice: Voice, title: str) -> Mapping[str, Any]:
    """The catalogue of a year's tables.

    Source: Data Catalog Vocabulary (DCAT) Version 3, W3C Recommendation of 22 August 2024.
    """
    year = statistics.period.first[:4]
    publisher = {"@type": "foaf:Agent", "foaf:name": regency.name}
    return {
        "@context": CONTEXT,
        "@id": f"{base}/statistik/data.jsonld?tahun={year}",
        "@type": "dcat:Catalog",
        "dct:title": title,
        "dct:publisher": publisher,
        "dct:language": voice.language,
        "foaf:homepage": {"@id": f"{base}/statistik?tahun={year}"},
        "dcat:dataset": [_dataset(statistics, name, base, publisher, voice) for name in FILES],
    }


def _dataset(
    statistics: Statistics, name: str, base: str, publisher: Mapping[str, str], voice: Voice
) -> Mapping[str, Any]:
    year = statistics.period.first[:4]
    address = f"{base}/statistik/{name}.csv?tahun={year}"
    return {
        "@id": f"{address}#data",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{name}-{year}",
        "dct:title": f"{voice.say(TITLES[name])} {year}",
        "dct:publisher": publisher,
        "dct:modified": {"@type": "xsd:date", "@value": statistics.as_of.isoformat()},
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/DAILY"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:date", "@value": f"{year}-01-01"},
            "dcat:endDate": {"@type": "xsd:date", "@value": f"{year}-12-31"},
        },
        "dct:spatial": {"@type": "dct:Location", "dct:identifier": voice.regency.code},
        "dcat:landingPage": {"@id": f"{base}/statistik?tahun={year}"},
        "dcat:distribution": {
            "@id": address,
            "@type": "dcat:Distribution",
            "dcat:downloadURL": {"@id": address},
            "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
        },
    }


YEAR = "tahun"
MOST_PAGES = 24


@dataclass(slots=True)
class _Pages:
    """Pages that are rendered already; a page is of numbers that were read, and is made anew with them."""

    _made: OrderedDict[tuple[str, str], tuple[Statistics, str]] = field(default_factory=OrderedDict)

    def page(self, context: PublicContext, statistics: Statistics, years: list[int], voice: Voice) -> str:
        """The page of a year in a language."""
        key = (statistics.period.first, voice.language)
        made = self._made.get(key)
        if made is None or made[0] is not statistics:
            made = self._made[key] = (statistics, _rendered(context, statistics, years, voice))
            while len(self._made) > MOST_PAGES:
                self._made.popitem(last=False)
        return made[1]


def statistics_router(context: PublicContext) -> APIRouter:
    """The page, its tables and their description."""
    router, pages, chat = APIRouter(), _Pages(), context.case.chat

    @router.get("/statistik")
    async def page(request: Request) -> Response:
        visit = visit_of(request, chat)
        statistics = await _numbers(context, visit)
        if isinstance(statistics, Response):
            return statistics
        html = pages.page(context, statistics, list(await context.years.get("")), context.voice(visit))
        return answer(context.case, visit, html, 200, SHORTLY)

    @router.get("/statistik/roots.csv")
    async def roots(request: Request) -> Response:
        visit = visit_of(request, chat)
        try:
            async with chat.around.database.reading() as connection:
                known = await all_roots(connection)
        except (SQLAlchemyError, OSError) as error:
            log.warning("roots_not_read", error=type(error).__name__)
            return context.away(visit)
        return csv_answer("roots.csv", [("day", "root"), *((root.day.isoformat(), root.root) for root in known)])

    @router.get("/statistik/{name}.csv")
    async def table(request: Request, name: str) -> Response:
        return await _table(context, visit_of(request, chat), name)

    @router.get("/statistik/{name}.xlsx")
    async def sheet(request: Request, name: str) -> Response:
        return await _table(context, visit_of(request, chat), name, is_workbook=True)

    @router.get("/statistik/data.jsonld")
    async def catalogue(request: Request) -> Response:
        visit = visit_of(request, chat)
        statistics = await _numbers(context, visit)
        if isinstance(statistics, Response):
            return statistics
        voice = context.voice(visit)
        told = description(statistics, context.regency, context.base, voice, voice.say(_title(statistics)))
        return Response(json.dumps(told, ensure_ascii=False, indent=1), media_type="application/ld+json")

    return router


async def _table(context: PublicContext, visit: Visit, name: str, *, is_workbook: bool = False) -> Response:
    """A table as a file; a workbook says the same as the CSV."""
    statistics = await _numbers(context, visit)
    if isinstance(statistics, Response):
        return statistics
    if name not in FILES:
        return _missing(context, visit)
    voice, called = context.voice(visit), f"{name}-{_year(statistics)}"
    try:
        rows = await _rows(context, statistics, name, voice)
    except (SQLAlchemyError, OSError) as error:
        log.warning("answers_not_read", error=type(error).__name__)
        return context.away(visit)
    if not is_workbook:
        return csv_answer(f"{called}.csv", rows)
    head, *body = rows
    made = await asyncio.to_thread(workbook, name, [str(cell) for cell in head], body)
    return xlsx_answer(f"{called}.xlsx", made)


async def _rows(context: PublicContext, statistics: Statistics, name: str, voice: Voice) -> Iterator[Sequence[Cell]]:
    if name == ANSWERS:
        return rows_of(await read_answers(context, int(_year(statistics))), voice)
    return csv_of(statistics, name, voice)


async def _numbers(context: PublicContext, visit: Visit) -> Statistics | Response:
    """The numbers of the year that is asked for, or what is answered where there are none."""
    try:
        statistics = await context.of_year(visit.request.query_params.get(YEAR, ""))
    except (SQLAlchemyError, OSError) as error:
        log.warning("statistics_not_read", error=type(error).__name__)
        return context.away(visit)
    return statistics or _missing(context, visit)


def _missing(context: PublicContext, visit: Visit) -> Response:
    return context.note(visit, 404, line("statistics-missing-title"), line("statistics-missing"))


def _year(statistics: Statistics) -> str:
    return statistics.period.first[:4]


def _title(statistics: Statistics) -> Line:
    return line("statistics-title", year=_year(statistics))


def _rendered(context: PublicContext, statistics: Statistics, years: list[int], voice: Voice) -> str:
    whole, hidden = statistics.published.whole, statistics.confidential
    return context.site.render(
        "public/statistics/statistics.html",
        voice.language,
        _title(statistics),
        PAGE,
        year=_year(statistics),
        years=[str(year) for year in years],
        about=line("statistics-about", regency=context.regency.name, day=voice.day(statistics.as_of)),
        is_complete=statistics.is_complete,
        figures=figures(whole, voice) if whole else [],
        columns=COLUMNS.values(),
        sections=sections(statistics, voice),
        whole=voice.cells(whole) if whole else [],
        confidential=confidential_words(hidden, voice) if hidden else None,
        method=METHOD,
        files=FILES,
    )
