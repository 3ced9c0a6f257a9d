"""`/t/<ticket>`, the page of a case, and `/cek`, the form that finds one.

Unknown, mistyped and secret numbers answer the same bytes after the same query. The reporter's key is looked at
first, so that no limit and no secrecy stands between her and her own case.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import parse_qs

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from actions.cases.ticket import Mistyped, Ticket, read_back
from actions.regency.model import Regency
from bot.configuration.case_links import CaseLinks
from bot.conversation.screen import Line, line
from bot.files.file_views import OpenedFile, opened
from bot.web.case.context import OF_A_CASE, OWN, SAME_FOR_ALL, UNLISTED, CasePageContext, answer, names, paused, reader
from bot.web.case.reading import CaseReading, is_there, read_own, read_public
from bot.web.case.view import own_part, public_view
from bot.web.chat.context import ChatContext
from bot.web.chat.visit import Visit, visit_of
from bot.web.chat.words import NOT_FROM_HERE
from bot.web.shared.origin import is_from_elsewhere

log = structlog.get_logger()

LONGEST_NUMBER: Final = 64
MOST_BYTES_OF_A_FORM: Final = 4096


def case_router(chat: ChatContext, links: CaseLinks, regency: Regency) -> APIRouter:
    """`/t/<ticket>` and `/cek`."""
    router, context = APIRouter(), CasePageContext(chat, links, regency)

    @router.get("/t/{ticket:path}")
    async def case(request: Request, ticket: str) -> Response:
        return await _case(context, visit_of(request, chat), ticket)

    @router.get("/cek")
    async def form(request: Request) -> Response:
        return await _check(context, visit_of(request, chat), request.query_params.get("ticket"))

    @router.post("/cek")
    async def check(request: Request) -> Response:
        visit = visit_of(request, chat)
        if is_from_elsewhere(request, chat.around.public_url):
            return _form(context, visit, 403, "", NOT_FROM_HERE)
        try:
            return await _check(context, visit, await _typed(request))
        except ClientDisconnect:
            return Response(status_code=400)

    return router


async def _case(context: CasePageContext, visit: Visit, typed: str) -> Response:
    number, key = _number(typed), visit.request.query_params.get("k", "")
    try:
        if key and context.links.opens(number, key) and (page := await _own(context, visit, number, key)):
            return page
        return await _public(context, visit, number)
    except (SQLAlchemyError, OSError) as error:
        log.warning("case_not_read", error=type(error).__name__)
        return answer(context, visit, context.page.away(reader(context, visit)), 503, UNLISTED)


async def _own(context: CasePageContext, visit: Visit, number: str, key: str) -> Response | None:
    read = await read_own(context.chat.around.database, number)
    if read is None:
        return None
    now = context.chat.now()
    view = public_view(read.seen, read.events, context.regency, now, read.moderated)
    proofs = [opened(row, context.files, now) for row in read.proofs]
    own = own_part(read.seen, _files(context, read, now), context.regency, proofs)
    return answer(context, visit, context.page.case(view, reader(context, visit, key), own), 200, OWN)


def _files(context: CasePageContext, read: CaseReading, now: datetime) -> list[OpenedFile]:
    """Every attachment in its order; one that nothing is known of yet is on its way."""
    known = {row.file_id: opened(row, context.files, now) for row in read.files}
    return [known.get(sent.file_id, OpenedFile(sent.kind, "wanted")) for sent in read.seen.case.attachments]


async def _public(context: CasePageContext, visit: Visit, number: str) -> Response:
    who, now = names(visit), context.chat.now()
    if until := context.failed.paused_until(who, now):
        return paused(context, visit, until, now)
    context.failed.begin(who, now)
    try:
        read = await read_public(context.chat.around.database, number)
    except (SQLAlchemyError, OSError):
        context.failed.forgive(who, now)
        raise
    if read is None:
        return answer(context, visit, context.page.missing(reader(context, visit)), 404, UNLISTED)
    context.failed.forgive(who, now)
    view = public_view(read.seen, read.events, context.regency, now, read.moderated)
    headers = UNLISTED if "k" in visit.request.query_params else OF_A_CASE
    return answer(context, visit, context.page.case(view, reader(context, visit)), 200, headers)


async def _check(context: CasePageContext, visit: Visit, typed: str | None) -> Response:
    """The form; what was typed into it is looked up only where its check is right."""
    if typed is None:
        return _form(context, visit, 200)
    match _read(typed):
        case None:
            return _form(context, visit, 422, typed, line("ticket-unreadable"))
        case Mistyped(number=number):
            return _form(context, visit, 422, typed, line("ticket-mistyped", number=number))
        case Ticket(number=number):
            return await _look_up(context, visit, number, typed)


async def _look_up(context: CasePageContext, visit: Visit, number: str, typed: str) -> Response:
    who, now = names(visit), context.chat.now()
    if until := context.failed.paused_until(who, now):
        return paused(context, visit, until, now)
    context.failed.begin(who, now)
    try:
        found = await is_there(context.chat.around.database, number)
    except (SQLAlchemyError, OSError) as error:
        log.warning("case_not_read", error=type(error).__name__)
        context.failed.forgive(who, now)
        return answer(context, visit, context.page.away(reader(context, visit)), 503, SAME_FOR_ALL)
    if not found:
        return _form(context, visit, 404, typed, line("case-unknown", number=number))
    context.failed.forgive(who, now)
    return RedirectResponse(f"/t/{number}", 303, headers=SAME_FOR_ALL)


def _form(context: CasePageContext, visit: Visit, status: int, typed: str = "", error: Line | None = None) -> Response:
    html = context.page.form(reader(context, visit), typed[:LONGEST_NUMBER], error)
    return answer(context, visit, html, status, SAME_FOR_ALL)


def _number(typed: str) -> str:
    """The number as cases have it; what is none is looked up all the same, as one that no case has."""
    read = _read(typed)
    return read.number if read else ""


def _read(typed: str) -> Ticket | Mistyped | None:
    return next(iter(read_back(typed)), None) if len(typed) <= LONGEST_NUMBER else None


async def _typed(request: Request) -> str:
    """What stands in the field of a posted form; one that is too long holds no number."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES_OF_A_FORM:
            return ""
    fields = parse_qs(body.decode("utf-8", "replace"))
    return fields.get("ticket", [""])[0].strip()
