"""`/t/<ticket>`, the page of a case, and `/cek`, the form that finds one.

Unknown, mistyped and secret numbers answer the same bytes after the same query. The reporter's key is looked at
first, so that no limit and no secrecy stands between her and her own case.

An unknown number and one of a secret or hidden case take the same one query, which finds nothing: the time tells them
apart no more than the words do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from urllib.parse import parse_qs

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import ClientDisconnect

from actions.cases.case import CaseEvent, is_forgotten
from actions.cases.event_words import NOTHING_SAID
from actions.cases.handlers import SeenCase, see_case
from actions.cases.ticket import Mistyped, Ticket, read_back
from actions.privacy.handlers import latest_answer
from actions.privacy.redaction import NOTHING_MODERATED, Moderated
from actions.privacy.visibility import anybody_reads
from actions.regency.model import Regency
from actions.store.cases.case_rows import is_public_row
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.files import FileRow, enclosed_files, files_of_case
from actions.store.cases.links import proof_of
from actions.store.cases.redactions import moderated_of
from actions.store.engine.database import Database
from actions.store.engine.tables import cases
from bot.configuration.case_links import CaseLinks
from bot.conversation.screen import Line, line
from bot.files.file_views import OpenedFile, opened
from bot.messaging.posts import posted_body
from bot.web.case.context import OF_A_CASE, OWN, SAME_FOR_ALL, UNLISTED, CasePageContext, answer, names, paused, reader
from bot.web.case.view import own_part, public_view
from bot.web.chat.context import ChatContext
from bot.web.chat.visit import Visit, visit_of
from bot.web.chat.words import NOT_FROM_HERE
from bot.web.shared.origin import is_from_elsewhere

log = structlog.get_logger()

NOBODY = ""
"""The reader of a public page; no reporter has this name."""


@dataclass(frozen=True, slots=True)
class CaseReading:
    """A case as its reader may see it, with what happened to it; her files only for herself.

    `moderated`: what a moderator lets anybody read of it; the reporter reads the whole of the last answer.
    `proofs`: the files of that answer, for her.
    `chain_proof`: what shows that the case was there; "" until the day after filing.
    `is_published`: anybody reads that answer.
    """

    seen: SeenCase
    events: Sequence[CaseEvent]
    files: Sequence[FileRow] = ()
    moderated: Moderated = NOTHING_MODERATED
    proofs: Sequence[FileRow] = ()
    chain_proof: str = ""
    is_published: bool = False


async def read_public(database: Database, number: str) -> CaseReading | None:
    """What anybody may see; None when there is no such case, or it is secret or hidden."""
    async with database.reading() as connection:
        if not await _is_public(connection, number):
            return None
        book = SqlCaseBook(connection)
        seen = await see_case(book, number, NOBODY)
        if seen is None:
            return None
        return CaseReading(seen, await book.events(number), moderated=await _moderated(connection, seen))


async def read_own(database: Database, number: str, opens: Callable[[int], bool]) -> CaseReading | None:
    """All of it; None for a key that does not open it, and once its reporter was forgotten.

    Args:
        database: where cases are.
        number: of the case; where there is none of it, as much is asked of the database.
        opens: whether the key that was shown is that of this edition of the link.
    """
    async with database.reading() as connection:
        book = SqlCaseBook(connection)
        if not opens(await book.link_edition(number)):
            return None
        case = await book.by_ticket(number)
        is_hers = case is not None and not is_forgotten(case.reporter)
        seen = await see_case(book, number, case.reporter) if case and is_hers else None
        if seen is None:
            return None
        events, files = await book.events(number), await files_of_case(connection, number)
        public = await _moderated(connection, seen)
        answered = latest_answer(events)
        said = await book.said(number, answered) if answered else NOTHING_SAID
        proofs = [(await enclosed_files(connection, [one])).get(one.file_id) for one in said.enclosures]
        shown = [proof for proof in proofs if proof]
        proof = await proof_of(connection, number)
        moderated, written = Moderated(public.title, said.words), proof.written() if proof else ""
        return CaseReading(seen, events, files, moderated, shown, written, is_published=bool(public.answer))


async def is_there(database: Database, number: str) -> bool:
    """Whether the public may know of this number."""
    async with database.reading() as connection:
        return await _is_public(connection, number)


async def _moderated(connection: AsyncConnection, seen: SeenCase) -> Moderated:
    number = seen.case.ticket
    return anybody_reads(seen.case, (await moderated_of(connection, [number])).get(number, NOTHING_MODERATED))


async def _is_public(connection: AsyncConnection, number: str) -> bool:
    query = select(cases.c.id).where(cases.c.ticket == number, is_public_row())
    return (await connection.execute(query)).first() is not None


LONGEST_NUMBER: Final = 64
MOST_BYTES_OF_A_FORM: Final = 4096


def case_router(chat: ChatContext, links: CaseLinks, regency: Regency) -> APIRouter:
    """The routes `/t/<ticket>` and `/cek`."""
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
        if key and (page := await _own(context, visit, number, key)):
            return page
        return await _public(context, visit, number)
    except (SQLAlchemyError, OSError) as error:
        log.warning("case_not_read", error=type(error).__name__)
        return answer(context, visit, context.page.away(reader(context, visit)), 503, UNLISTED)


async def _own(context: CasePageContext, visit: Visit, number: str, key: str) -> Response | None:
    read = await read_own(context.chat.around.database, number, partial(context.links.opens, number, key))
    if read is None:
        return None
    now = context.chat.now()
    view = public_view(read.seen, read.events, context.regency, now, read.moderated)
    proofs = [opened(row, context.files, now) for row in read.proofs]
    own = own_part(
        read.seen,
        _files(context, read, now),
        context.regency,
        proofs,
        read.chain_proof,
        is_published=read.is_published,
    )
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
    body = await posted_body(request, MOST_BYTES_OF_A_FORM) or b""
    fields = parse_qs(body.decode("utf-8", "replace"))
    return fields.get("ticket", [""])[0].strip()
