"""Deeds at the desk: shown as they will look, then done by the handlers that officers in Telegram use, too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.requests import ClientDisconnect

from actions.regency.agencies import agency_named
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.presence import add_note
from bot.conversation.screen import Line, line
from bot.messaging.file_changes import FileChanges, save_file_changes
from bot.officers.actions import carry_out, preview_draft
from bot.officers.draft import LONGEST_WORDS, UNKNOWN, OfficerDraft
from bot.officers.session import meanwhile, since
from bot.web.account.context import HEADERS
from bot.web.chat.forms import BadForm, Form
from bot.web.desk.case.action_form import draft_of, is_looked_at
from bot.web.desk.case.routes import Tried, case_page, missing
from bot.web.desk.context import DeskContext
from bot.web.desk.queue.pressed import STAYING, pressed
from bot.web.desk.reading import hold_in_hand
from bot.web.desk.sent_files import files_before, not_taken
from bot.web.shared.access import guarded, person_of

CONFLICT, UNPROCESSABLE = 409, 422
ANY_LIST = "first"


def actions_router(context: DeskContext) -> APIRouter:
    """What is done to a case, and what officers tell each other about it."""
    router = guarded(context.sign_in)

    @router.post("/desk/cases/{ticket}")
    async def command(request: Request, ticket: str) -> Response:
        if not await _is_hers(context, request, ticket):  # before anything is kept of what she sends
            return missing(context, request)
        try:
            form = await context.sign_in.chat.uploads.read(request, context.regency.limits.files_a_case)
        except BadForm as error:
            return context.sign_in.note(request, error.status, line("desk-title"), line("desk-form-unread"))
        except ClientDisconnect:
            return Response(status_code=400)
        return await _carry_out(context, request, ticket, form)

    @router.post("/desk/cases/{ticket}/notes")
    async def note(request: Request, ticket: str) -> Response:
        try:
            form = await context.sign_in.chat.uploads.read(request, 0)
        except BadForm as error:
            return context.sign_in.note(request, error.status, line("desk-title"), line("desk-form-unread"))
        return await _note(context, request, ticket, form.fields.get("words", "").strip()[:LONGEST_WORDS])

    return router


async def _is_hers(context: DeskContext, request: Request, ticket: str) -> bool:
    async with context.database.reading() as connection:
        return await hold_in_hand(context, connection, SqlCaseBook(connection), request, ticket) is not None


async def _carry_out(context: DeskContext, request: Request, ticket: str, form: Form) -> Response:
    draft = draft_of(ticket, form.fields, _files(context, form), partial(_agency, context, request))
    if draft is None:
        return await case_page(context, request, ticket, status=UNPROCESSABLE)
    if form.fields.get("act") == "send" and is_looked_at(draft, form.fields):
        return await _send(context, request, draft, form)
    return await _show(context, request, draft, not_taken(form))


def _agency(context: DeskContext, request: Request, typed: str) -> str:
    """Code of what was typed or chosen as an agency; what was typed where it is none, for the guards to refuse."""
    if typed.casefold() == context.say(request, line("button-officer-unknown-agency")).casefold():
        return UNKNOWN
    return agency_named(context.regency.agencies, typed) or typed


def _files(context: DeskContext, form: Form) -> Sequence[tuple[str, str]]:
    """What came along now and with earlier looks at it, as far as it is there."""
    before = files_before(context.sign_in.chat.uploads.folder, form)
    return [*before, *((file.kind, file.file_id) for file in form.files)][: context.regency.limits.files_a_case]


async def _show(context: DeskContext, request: Request, draft: OfficerDraft, refused: Sequence[Line]) -> Response:
    """How it will look, and what stands against it; whoever wrote while somebody else acted is told so first."""
    async with context.database.reading() as connection:
        held = await hold_in_hand(context, connection, SqlCaseBook(connection), request, draft.ticket)
        if held is None:
            return missing(context, request)
        room, matter = held
        unseen = since(matter, draft.version)
        rehearsal = await preview_draft(room, matter, draft)
        news = [await meanwhile(room, unseen)] if unseen else []
    status = CONFLICT if news else 200 if rehearsal.may_send else UNPROCESSABLE
    return await case_page(context, request, draft.ticket, Tried(draft, rehearsal, [*news, *refused]), status)


async def _send(context: DeskContext, request: Request, draft: OfficerDraft, form: Form) -> Response:
    async with context.working() as work:
        held = await hold_in_hand(context, work.connection, work.book, request, draft.ticket)
        if held is None:
            return missing(context, request)
        room, matter = held
        why = await carry_out(room, matter, draft)
        if why is None and room.wanted:
            changes = FileChanges(wanted=tuple(room.wanted))
            await save_file_changes(work.connection, [((room.channel, room.chat), changes)], work.at)
    if why:
        return await case_page(context, request, draft.ticket, Tried(draft, None, [why]), CONFLICT)
    if draft.files:
        context.fetch()
    back = form.fields.get("list", "")
    if back and STAYING in request.headers:
        return await pressed(context, request, draft.action, draft.ticket, back)
    if not back and not await _is_hers(context, request, draft.ticket):
        back = ANY_LIST  # it went to another agency, and its page is not hers to read any more
    here = f"/desk?list={back}&done={draft.action}:{draft.ticket}" if back.isalpha() and back.isascii() else ""
    return RedirectResponse(here or f"/desk/cases/{draft.ticket}?done={draft.action}", 303, headers=HEADERS)


async def _note(context: DeskContext, request: Request, ticket: str, words: str) -> Response:
    """For officers only; it is no step of the case, and no citizen is told."""
    async with context.database.writing() as connection:
        held = await hold_in_hand(context, connection, SqlCaseBook(connection), request, ticket)
        if held is None:
            return missing(context, request)
        if words:
            await add_note(connection, ticket, person_of(request).id, words, context.now())
    return RedirectResponse(f"/desk/cases/{ticket}#notes", 303, headers=HEADERS)
