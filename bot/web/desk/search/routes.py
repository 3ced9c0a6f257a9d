"""`/desk/search`: cases by number, by their words and by what is known of them, as far as the reader's role goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Final

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case
from actions.cases.ticket import Mistyped, Ticket, read_back
from actions.people.people import MAY, Permission, Person, Reach
from actions.privacy.visibility import Reader, is_confidential, see
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.officer_work import words_of
from actions.store.cases.search import CaseQuery, SearchPage, search_cases
from bot.conversation.screen import Label, Line, line
from bot.web.account.context import HEADERS
from bot.web.desk.context import DeskContext
from bot.web.desk.search.query import PAGE, SearchQuery, UnreadableSearch, read_asked, sought
from bot.web.desk.search.view import COLUMNS, Hit, csv_row, filters, hit_of, pattern_of
from bot.web.shared.access import guarded, person_of
from bot.web.shared.spreadsheet import workbook, xlsx_answer
from bot.web.trainer.models.view import Cell, csv_text

log = structlog.get_logger()

A_PAGE: Final = 20
ROWS_AT_ONCE: Final = 500
CSV_TYPE: Final = "text/csv; charset=utf-8"
CSV_NAME: Final = "laporan.csv"
WORKBOOK_NAME: Final = "laporan.xlsx"
MOST_ROWS: Final = 50_000


def search_router(context: DeskContext) -> APIRouter:
    """The page, and the same for a spreadsheet."""
    router = guarded(context.sign_in)

    @router.get("/desk/search")
    async def search(request: Request) -> Response:
        return await _search(context, request, read_asked(request.query_params))

    @router.get("/desk/search.csv")
    async def spreadsheet(request: Request) -> Response:
        return _spreadsheet(context, request, read_asked(request.query_params))

    @router.get("/desk/search.xlsx")
    async def workbook_of(request: Request) -> Response:
        return await _workbook(context, request, read_asked(request.query_params))

    return router


async def _workbook(context: DeskContext, request: Request, asked: SearchQuery) -> Response:
    """The same rows as the CSV, as a workbook; it is put together whole, so that there are no more than so many."""
    person = person_of(request)
    try:
        wanted = _wanted(context, person, asked)
    except UnreadableSearch:
        return Response(status_code=422)
    found = list[Case]()
    async for some in _rows(context, person, wanted):
        found += some
        if len(found) >= MOST_ROWS:
            break
    log.info("cases_exported", person=person.id, rows=len(found))
    return await cases_workbook(context, request, found[:MOST_ROWS], WORKBOOK_NAME)


async def cases_workbook(context: DeskContext, request: Request, found: Sequence[Case], name: str) -> Response:
    """Cases, each already as its reader may see it, with the columns of the CSV."""
    head, rows = _table(context, request, found)
    title = context.say(request, PAGE["found"])
    return xlsx_answer(name, await asyncio.to_thread(workbook, title, head, rows))


def cases_csv(context: DeskContext, request: Request, found: Sequence[Case], name: str) -> Response:
    """The same as plain text, for programs that read no workbook."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    head, rows = _table(context, request, found)
    return Response(f"\ufeff{csv_text([head, *rows])}", media_type=CSV_TYPE, headers=headers)


def _table(context: DeskContext, request: Request, found: Sequence[Case]) -> tuple[list[str], list[Sequence[Cell]]]:
    """The titles of the columns, and a row for each case."""

    def say(words: Line | Label | str) -> str:
        return context.page.site.say(context.sign_in.language(request), words)

    today = context.now().astimezone(context.regency.time_zone).date()
    rows = [csv_row(case, context.regency, context.channels, say, today) for case in found]
    return [say(title) for title in COLUMNS.values()], rows


def agencies_of(person: Person) -> frozenset[str] | None:
    """Whose cases somebody may look for; None for everybody's. `seats.may_see` then asks of each."""
    reaches = {MAY[Permission.SEE_CASE][role] for role in person.roles if role in MAY[Permission.SEE_CASE]}
    return None if Reach.EVERY_AGENCY in reaches else frozenset({person.agency or ""})


async def _search(context: DeskContext, request: Request, asked: SearchQuery) -> Response:
    person = person_of(request)
    match next(iter(read_back(asked.words)), None):
        case Ticket(number=number):
            return await _by_number(context, request, asked, number)
        case Mistyped(number=number):
            return _page(context, request, asked, note=line("ticket-mistyped", number=number))
    try:
        wanted = _wanted(context, person, asked)
    except UnreadableSearch:
        return _page(context, request, asked, 422, note=line("desk-search-unreadable"))
    if asked.is_empty:
        return _page(context, request, asked)
    async with context.database.reading() as connection:
        found = await search_cases(connection, wanted, asked.after, A_PAGE)
        hits = await _hits(context, connection, person, wanted, found)
    return _page(context, request, asked, hits=hits, found=found)


async def _by_number(context: DeskContext, request: Request, asked: SearchQuery, number: str) -> Response:
    """Her case; an unknown number and one that she may not read are answered alike."""
    async with context.database.reading() as connection:
        case = await SqlCaseBook(connection).by_ticket(number)
    if not context.may_read(person_of(request), case):
        return _page(context, request, asked, 404, note=line("case-unknown", number=number))
    return RedirectResponse(f"/desk/cases/{number}", 303, headers=HEADERS)


def _wanted(context: DeskContext, person: Person, asked: SearchQuery) -> CaseQuery:
    """What is looked for.

    Raises:
        UnreadableSearch: the address asks for what there cannot be.
    """
    return sought(asked, agencies_of(person), context.now(), context.regency.time_zone)


async def _hits(
    context: DeskContext, connection: AsyncConnection, person: Person, wanted: CaseQuery, found: SearchPage
) -> list[Hit]:
    """What of it she may see; of a discreet case its words stay on its own page."""
    readable = [row.case for row in found.rows if context.may_read(person, row.case)]
    words = await words_of(connection, [case.ticket for case in readable if not is_confidential(case)])
    today = context.now().astimezone(context.regency.time_zone).date()
    seen = [see(case, words.get(case.ticket), Reader.OFFICER) for case in readable]
    pattern = pattern_of(wanted.words)
    return [hit_of(one.case, one.words, pattern, context.regency, today) for one in seen if one]


def _page(
    context: DeskContext,
    request: Request,
    asked: SearchQuery,
    status: int = 200,
    *,
    note: Line | None = None,
    hits: Sequence[Hit] = (),
    found: SearchPage | None = None,
) -> Response:
    return context.answer(
        request,
        "desk/search/search.html",
        PAGE["title"],
        PAGE,
        status,
        asked=asked,
        filters=filters(asked, context.regency, context.channels, agencies_of(person_of(request))),
        note=note,
        hits=hits,
        is_searched=found is not None,
        is_cut=bool(found and found.is_cut),
        first=asked.query(),
        older=asked.query(found.after) if found and found.after else "",
    )


def _spreadsheet(context: DeskContext, request: Request, asked: SearchQuery) -> Response:
    person = person_of(request)
    try:
        wanted = _wanted(context, person, asked)
    except UnreadableSearch:
        return Response(status_code=422)

    def say(words: Line | Label | str) -> str:
        return context.page.site.say(context.sign_in.language(request), words)

    headers = {"content-disposition": f'attachment; filename="{CSV_NAME}"'}
    rows = _rows(context, person, wanted)
    head = csv_text([[say(title) for title in COLUMNS.values()]])
    today = context.now().astimezone(context.regency.time_zone).date()

    async def lines() -> AsyncIterator[str]:
        yield f"\ufeff{head}"
        count = 0
        async for cases in rows:
            count += len(cases)
            yield csv_text([csv_row(case, context.regency, context.channels, say, today) for case in cases])
        log.info("cases_exported", person=person.id, rows=count)

    return StreamingResponse(lines(), media_type=CSV_TYPE, headers=headers)


async def _rows(context: DeskContext, person: Person, wanted: CaseQuery) -> AsyncIterator[list[Case]]:
    """Everything that she may see, page by page: nobody waits for the database between two."""
    after: int | None = None
    while True:
        async with context.database.reading() as connection:
            found = await search_cases(connection, wanted, after, ROWS_AT_ONCE)
        readable = [row.case for row in found.rows if context.may_read(person, row.case)]
        yield [seen.case for case in readable if (seen := see(case, None, Reader.OFFICER))]
        if found.after is None:
            return
        after = found.after
