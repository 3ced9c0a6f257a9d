"""`/desk`: what waits for whoever is signed in, the most urgent first, as cards or as a table, all of it or a part."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.cases.case import Case
from actions.cases.ticket import Ticket, read_back
from actions.privacy.visibility import Reader, see
from actions.store.cases.queue import QueueCursor, listed
from actions.store.people.queue_filters import filters_of
from bot.conversation.screen import Line, line
from bot.officers.draft import PARTS
from bot.web.account.context import HEADERS
from bot.web.account.page import described
from bot.web.case.context import LANGUAGE_SECONDS
from bot.web.desk.access import CLERKS
from bot.web.desk.case.view import WORDS
from bot.web.desk.context import DeskContext
from bot.web.desk.queue.bulk_view import BULK_WORDS, actions_for
from bot.web.desk.queue.cards import CaseCard, card_of
from bot.web.desk.queue.filters import QueueFilter, fields_of, filter_of
from bot.web.desk.queue.pressed import done_words, tabs_of
from bot.web.desk.reading import A_PAGE, CaseList, ListPage, list_named, lists_for, read_list
from bot.web.desk.search.routes import MOST_ROWS, cases_csv, cases_workbook
from bot.web.desk.today.routes import NUMBERS, leads
from bot.web.shared.access import guarded, person_of

ROWS_AT_ONCE = 500
VIEW_COOKIE: Final = "desk_view"
CARDS, TABLE = "cards", "table"
LINES_A_PAGE = 50
"""Rows of a table on a page; cards are fewer."""
QUEUE_WORDS: Final[Mapping[str, Line]] = {
    **WORDS,
    **BULK_WORDS,
    "view": line("queue-view"),
    "view_cards": line("queue-view-cards"),
    "view_table": line("queue-view-table"),
    "filter": line("queue-filter"),
    "show": line("queue-filter-show"),
    "anything": line("queue-filter-any"),
    "agency": line("case-agency"),
    "category": line("case-category"),
    "place": line("case-place"),
    "person": line("queue-person"),
    "urgent_only": line("queue-filter-urgent"),
    "saved": line("queue-saved"),
    "save_as": line("queue-save-as"),
    "save": line("queue-save"),
    "drop": line("queue-drop"),
    "number": line("case-number"),
    "about": line("queue-about"),
    "due": line("queue-due"),
    "proposed": line("desk-proposal"),
    "alone": line("queue-alone"),
    "mark": line("queue-mark"),
    "mark_all": line("queue-mark-all"),
}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of a list. `print` is the same as long as nothing on it changes."""

    cards: Sequence[CaseCard]
    more: str
    here: str
    print: str


def queue_router(context: DeskContext) -> APIRouter:
    """The lists, and what keeps them up to date."""
    router = guarded(context.sign_in)

    @router.get("/desk")
    async def queue(request: Request) -> Response:
        chosen = request.query_params.get("view", "")
        return _remembered(context, request, chosen) if chosen in {CARDS, TABLE} else await _queue(context, request)

    @router.get("/desk/live")
    async def live(request: Request) -> Response:
        one = await _wanted(context, request)
        if one is None:
            return Response(status_code=404)
        shown = await _shown(context, request, one)
        if shown.print == request.query_params.get("shown"):
            return Response(status_code=204)
        names: dict[str, Any] = {"shown": shown, "one": one, "view": view_of(request)}
        names["bulk"] = _bulk(request, shown)
        return context.answer(request, "desk/queue/rows.html", line("desk-title"), QUEUE_WORDS, **names)

    @router.get("/desk/queue.xlsx")
    async def workbook_of(request: Request) -> Response:
        return await _spreadsheet(context, request, "xlsx")

    @router.get("/desk/queue.csv")
    async def csv_of(request: Request) -> Response:
        return await _spreadsheet(context, request, "csv")

    return router


def view_of(request: Request) -> str:
    """Whether she has lists as cards or as a table."""
    return TABLE if request.cookies.get(VIEW_COOKIE) == TABLE else CARDS


def _remembered(context: DeskContext, request: Request, chosen: str) -> Response:
    """The same list again, and what she chose kept for the next time."""
    kept = urlencode([(name, value) for name, value in request.query_params.multi_items() if name != "view"])
    response = RedirectResponse(f"/desk?{kept}", 303, headers=HEADERS)
    secure = context.sign_in.is_secure(request)
    response.set_cookie(VIEW_COOKIE, chosen, LANGUAGE_SECONDS, secure=secure, httponly=True, samesite="lax")
    return response


async def _spreadsheet(context: DeskContext, request: Request, ending: str) -> Response:
    """A whole list for a spreadsheet, in its order: where cases stand, nothing that was told."""
    person, one = person_of(request), await _wanted(context, request)
    if one is None:
        return Response(status_code=404)
    found, after = list[Case](), None
    while len(found) < MOST_ROWS:
        async with context.database.reading() as connection:
            page = await listed(connection, one.pile, after, ROWS_AT_ONCE)
        readable = [entry.case for entry in page if context.may_read(person, entry.case)]
        found += [seen.case for case in readable if (seen := see(case, None, Reader.OFFICER))]
        if len(page) < ROWS_AT_ONCE:
            break
        after = page[-1].place
    log.info("cases_exported", person=person.id, rows=len(found))
    cases, name = found[:MOST_ROWS], f"{one.name}.{ending}"
    return (
        await cases_workbook(context, request, cases, name)
        if ending == "xlsx"
        else cases_csv(context, request, cases, name)
    )


async def _queue(context: DeskContext, request: Request) -> Response:
    """A list, and how much is on the others; whoever reads no cases is told what else there is."""
    person = person_of(request)
    if leads(person) and not request.query_params:
        return RedirectResponse("/desk/today", 303, headers=HEADERS)
    one, wanted = await _wanted(context, request), filter_of(context, request)
    if one is None:
        return context.answer(request, "desk/queue/home.html", line("desk-title"), WORDS, lines=described(person))
    shown = await _shown(context, request, one)
    async with context.database.reading() as connection:
        names: dict[str, Any] = {
            "tabs": await tabs_of(context, connection, request),
            "fields": await fields_of(context, connection, person, wanted),
            "saved": await filters_of(connection, person.id),
        }
    names |= {
        "one": one,
        "shown": shown,
        "view": view_of(request),
        "bulk": _bulk(request, shown),
        "wanted": wanted,
        "done": _done(request.query_params.get("done", "")),
        "part": _part(wanted),
    }
    return context.answer(request, "desk/queue/queue.html", line("desk-title"), QUEUE_WORDS, **names)


def _part(wanted: QueueFilter) -> Line | None:
    """Which part of the list it is, where it is one."""
    return NUMBERS.get(wanted.pick, line("desk-list-part") if wanted.query else None)


def _bulk(request: Request, shown: QueuePage) -> Sequence[tuple[str, Line]]:
    """What she may do with several cases of the page at once, as (name, words)."""
    person = person_of(request)
    return actions_for(person, shown.cards) if person.has_any(CLERKS) else ()


async def _wanted(context: DeskContext, request: Request) -> CaseList | None:
    async with context.database.reading() as connection:
        lists = await lists_for(context, connection, person_of(request))
    one = list_named(lists, request.query_params.get("list", ""))
    return filter_of(context, request).of(one, context) if one else one


def _done(written: str) -> Line | None:
    """The action that was just carried out, and its case, for the notice above the list."""
    action, _, number = written.partition(":")
    if action not in {one.value for one in PARTS} or read_back(number) != [Ticket(number)]:
        return None
    return done_words(action, number)


async def _shown(context: DeskContext, request: Request, one: CaseList) -> QueuePage:
    person, after = person_of(request), QueueCursor.read(request.query_params.get("after", ""))
    view = view_of(request)
    async with context.database.reading() as connection:
        page = await read_list(context, connection, person, one, after, LINES_A_PAGE if view == TABLE else A_PAGE)
    today = context.regency.calendar.day(context.now())
    language = context.sign_in.language(request)
    cards = [card_of(context, person, row, today, language, page.unmanned) for row in page.rows]
    part = {"list": one.name} | filter_of(context, request).query
    here = urlencode(part | ({"after": after.written()} if after else {}))
    more = urlencode(part | {"after": page.more.written()}) if page.more else ""
    return QueuePage(cards, more, here, _print(page, today, view))


def _print(page: ListPage, today: date, view: str) -> str:
    told = [(row.case.ticket, row.case.version, tuple(row.others)) for row in page.rows]
    return hashlib.sha256(repr((told, today, page.more, sorted(page.unmanned), view)).encode()).hexdigest()[:12]
