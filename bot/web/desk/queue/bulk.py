"""`/desk/bulk`: the same done with several marked cases, shown first, and held back for ten seconds."""

from __future__ import annotations

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case
from actions.privacy.visibility import Reader, see
from actions.regency.agencies import agency_named
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.queue import guesses_of, suggestions_of
from bot.conversation.screen import Line, line
from bot.officers.actions import carry_out, preview_draft
from bot.officers.card import place_in_words
from bot.officers.draft import CATEGORY, OfficerDraft, Part
from bot.officers.session import CaseAccess, OfficersSession
from bot.web.desk.case.acting import UNPROCESSABLE
from bot.web.desk.case.view import WORDS, proposal_of
from bot.web.desk.context import DeskContext
from bot.web.desk.queue.bulk_view import (
    BULK_WORDS,
    PROPOSAL,
    BulkForm,
    BulkRow,
    bulk_fields,
    bulk_form,
    print_of_rows,
)
from bot.web.desk.queue.cards import one_key_of
from bot.web.desk.queue.hold import Held
from bot.web.desk.reading import hold_in_hand
from bot.web.desk.view import about
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import PostedFields, UnreadForm, posted

log = structlog.get_logger()


def bulk_router(context: DeskContext) -> APIRouter:
    """The page that asks, shows, waits and does."""
    router = guarded(context.sign_in)

    @router.post("/desk/bulk")
    async def bulk(request: Request) -> Response:
        try:
            sent = await posted(request)
        except UnreadForm:
            return context.sign_in.note(request, UNPROCESSABLE, line("desk-title"), line("desk-form-unread"))
        form = bulk_form(sent, _agencies(context, sent))
        if form is None or not form.tickets:
            note = line("bulk-none")
            return context.answer(request, "desk/note.html", line("bulk-title"), WORDS, UNPROCESSABLE, note=note)
        return await _bulk(context, request, form, sent)

    return router


def _agencies(context: DeskContext, sent: PostedFields) -> dict[str, str]:
    typed = sent.fields.get(Part.AGENCY.value, "").strip()
    return {typed: agency_named(context.regency.agencies, typed)}


async def _bulk(context: DeskContext, request: Request, form: BulkForm, sent: PostedFields) -> Response:
    wish = sent.fields.get("act", "")
    if form.missing:
        note = line("bulk-incomplete") if wish else None
        return _page(context, request, form, [], note=note, status=UNPROCESSABLE if wish else 200)
    async with context.database.reading() as connection:
        rows = await _rows(context, connection, request, form)
    looked_at, person = print_of_rows(rows), person_of(request)
    is_same = sent.fields.get("seen", "") == looked_at and any(row.draft for row in rows)
    if wish not in {"hold", "send"} or not is_same:
        note = line("bulk-changed") if wish in {"hold", "send"} else None
        return _page(context, request, form, rows, note=note)
    if wish == "hold":
        return _page(context, request, form, rows, mark=context.hold.mark(person.id, looked_at, context.now()))
    mark = sent.fields.get("mark", "")
    match context.hold.read(mark, person.id, looked_at, context.now()):
        case Held.YES:
            return await _send(context, request, form, rows)
        case Held.TOO_EARLY:
            return _page(context, request, form, rows, note=line("bulk-too-early"), mark=mark)
        case Held.NO:
            return _page(context, request, form, rows, note=line("bulk-changed"))


async def _rows(context: DeskContext, connection: AsyncConnection, request: Request, form: BulkForm) -> list[BulkRow]:
    """Each of them that she may read, as it would be done; nothing of it is written."""
    book = SqlCaseBook(connection)
    guessed = await guesses_of(connection, form.tickets)
    suggested = await suggestions_of(connection, form.tickets)
    rows = []
    for ticket in form.tickets:
        held = await hold_in_hand(context, connection, book, request, ticket)
        seen = see(held[1].case, None, Reader.OFFICER) if held else None
        if held is None or seen is None:
            continue
        if form.action == PROPOSAL:
            reasons = context.reasons(context.sign_in.language(request))
            proposal = proposal_of(
                held[1].case, suggested.get(ticket, ""), guessed.get(ticket), context.regency, reasons
            )
            key = one_key_of(context, person_of(request), held[1].case, proposal)
            named = {Part.AGENCY.value: key.agency, CATEGORY: key.category} if key else {}
            given = {name: value for name, value in named.items() if value}
            draft = OfficerDraft(ticket, key.action, held[1].case.version, given=given) if key else None
        else:
            draft = form.draft(ticket, held[1].case.version)
        rows.append(await _row(context, held, seen.case, draft))
    return rows


async def _row(
    context: DeskContext, held: tuple[OfficersSession, CaseAccess], case: Case, draft: OfficerDraft | None
) -> BulkRow:
    place = place_in_words(case, context.regency)
    if draft is None:
        return BulkRow(case.ticket, about(case), place, None, (), [line("bulk-no-proposal")])
    found = await preview_draft(*held, draft)
    look = found.look if found.may_send else ()
    return BulkRow(case.ticket, about(case), place, draft if found.may_send else None, look, found.notes)


async def _send(context: DeskContext, request: Request, form: BulkForm, rows: list[BulkRow]) -> Response:
    """One transaction a case: what can no longer be done to one holds up no other."""
    failed: dict[str, Line] = {}
    for row in rows:
        if row.draft is None:
            continue
        async with context.working() as work:
            held = await hold_in_hand(context, work.connection, work.book, request, row.ticket)
            why = await carry_out(*held, row.draft) if held else line("desk-missing")
        if why:
            failed[row.ticket] = why
    done = [row.ticket for row in rows if row.draft and row.ticket not in failed]
    log.info("bulk_done", person=person_of(request).id, action=form.action, done=len(done), failed=len(failed))
    return context.answer(
        request,
        "desk/queue/bulk_done.html",
        line("bulk-title"),
        BULK_WORDS,
        form=form,
        done=done,
        failed=failed,
        count=line("bulk-count-done", count=len(done)),
    )


def _page(
    context: DeskContext,
    request: Request,
    form: BulkForm,
    rows: list[BulkRow],
    *,
    note: Line | None = None,
    mark: str = "",
    status: int = 200,
) -> Response:
    can = [row for row in rows if row.draft]
    return context.answer(
        request,
        "desk/queue/bulk.html",
        line(f"bulk-title-{form.action}"),
        BULK_WORDS,
        status,
        form=form,
        fields=bulk_fields(form, context.regency),
        rows=rows,
        note=note,
        mark=mark,
        looked_at=print_of_rows(rows) if can else "",
        seconds=max(round(context.hold.seconds), 0),
        count=line("bulk-count", count=len(can), left=len(rows) - len(can)) if rows else None,
    )
