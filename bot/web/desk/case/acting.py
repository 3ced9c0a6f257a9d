"""Deeds at the desk: shown as they will look, then done by the handlers that officers in Telegram use, too."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.requests import ClientDisconnect

from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.presence import add_note
from bot.conversation.screen import Line, line
from bot.files.changes import FileChanges, save_file_changes
from bot.officers.actions import carry_out, rehearse
from bot.officers.draft import LONGEST_WORDS, Draft
from bot.officers.session import meanwhile, since
from bot.web.account.context import HEADERS
from bot.web.chat.forms import BadForm, Form
from bot.web.desk.case.action_form import draft_of, is_looked_at
from bot.web.desk.case.routes import Tried, case_page, missing
from bot.web.desk.context import DeskDoor
from bot.web.desk.reading import hold_in_hand
from bot.web.desk.sent_files import files_before
from bot.web.shared.access import guarded, person_of

CONFLICT, UNPROCESSABLE = 409, 422


def deeds_router(door: DeskDoor) -> APIRouter:
    """What is done to a case, and what officers tell each other about it."""
    router = guarded(door.sign_in)

    @router.post("/desk/cases/{ticket}")
    async def act(request: Request, ticket: str) -> Response:
        if not await _is_hers(door, request, ticket):  # before anything is kept of what she sends
            return missing(door, request)
        try:
            form = await door.sign_in.chat.uploads.read(request, door.regency.limits.files_a_case)
        except BadForm as error:
            return door.sign_in.note(request, error.status, line("desk-title"), line("desk-form-unread"))
        except ClientDisconnect:
            return Response(status_code=400)
        return await _act(door, request, ticket, form)

    @router.post("/desk/cases/{ticket}/notes")
    async def note(request: Request, ticket: str) -> Response:
        try:
            form = await door.sign_in.chat.uploads.read(request, 0)
        except BadForm as error:
            return door.sign_in.note(request, error.status, line("desk-title"), line("desk-form-unread"))
        return await _note(door, request, ticket, form.fields.get("words", "").strip()[:LONGEST_WORDS])

    return router


async def _is_hers(door: DeskDoor, request: Request, ticket: str) -> bool:
    async with door.database.reading() as connection:
        return await hold_in_hand(door, connection, SqlCaseBook(connection), request, ticket) is not None


async def _act(door: DeskDoor, request: Request, ticket: str, form: Form) -> Response:
    draft = draft_of(ticket, form.fields, _files(door, form))
    if draft is None:
        return await case_page(door, request, ticket, status=UNPROCESSABLE)
    if form.fields.get("act") == "send" and is_looked_at(draft, form.fields):
        return await _send(door, request, draft, form)
    return await _show(door, request, draft, form.refused)


def _files(door: DeskDoor, form: Form) -> Sequence[tuple[str, str]]:
    """What came along now and with earlier looks at it, as far as it is there."""
    before = files_before(door.sign_in.chat.uploads.folder, form)
    return [*before, *((file.kind, file.file_id) for file in form.files)][: door.regency.limits.files_a_case]


async def _show(door: DeskDoor, request: Request, draft: Draft, refused: Sequence[Line]) -> Response:
    """How it will look, and what stands against it; whoever wrote while somebody else acted is told so first."""
    async with door.database.reading() as connection:
        held = await hold_in_hand(door, connection, SqlCaseBook(connection), request, draft.ticket)
        if held is None:
            return missing(door, request)
        room, matter = held
        unseen = since(matter, draft.version)
        rehearsal = await rehearse(room, matter, draft)
        news = [await meanwhile(room, unseen)] if unseen else []
    status = CONFLICT if news else 200 if rehearsal.may_send else UNPROCESSABLE
    return await case_page(door, request, draft.ticket, Tried(draft, rehearsal, [*news, *refused]), status)


async def _send(door: DeskDoor, request: Request, draft: Draft, form: Form) -> Response:
    async with door.working() as work:
        held = await hold_in_hand(door, work.connection, work.book, request, draft.ticket)
        if held is None:
            return missing(door, request)
        room, matter = held
        why = await carry_out(room, matter, draft)
        if why is None and room.wanted:
            changes = FileChanges(wanted=tuple(room.wanted))
            await save_file_changes(work.connection, [((room.channel, room.chat), changes)], work.at)
    if why:
        return await case_page(door, request, draft.ticket, Tried(draft, None, [why]), CONFLICT)
    if draft.files:
        door.fetch()
    back = form.fields.get("list", "")
    here = f"/desk?list={back}&done={draft.deed}:{draft.ticket}" if back.isalpha() and back.isascii() else ""
    return RedirectResponse(here or f"/desk/cases/{draft.ticket}?done={draft.deed}", 303, headers=HEADERS)


async def _note(door: DeskDoor, request: Request, ticket: str, words: str) -> Response:
    """For officers only; it is no step of the case, and no citizen is told."""
    async with door.database.writing() as connection:
        held = await hold_in_hand(door, connection, SqlCaseBook(connection), request, ticket)
        if held is None:
            return missing(door, request)
        if words:
            await add_note(connection, ticket, person_of(request).id, words, door.now())
    return RedirectResponse(f"/desk/cases/{ticket}#notes", 303, headers=HEADERS)
