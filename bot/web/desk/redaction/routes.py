"""`/desk/cases/<number>/redact`: a moderator says what others read of a case, sees how it will look, then does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, CaseEvent, Words, is_public
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import Overtaken, Wish
from actions.people.roles import Actor, Role
from actions.privacy.redaction import NOTHING_REDACTED, Redaction, WrongRedaction, fitted
from actions.privacy.redaction_handlers import latest_answer, redact_case
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.officer_work import names_of
from actions.store.cases.redactions import SqlRedactions
from bot.conversation.screen import Line, line
from bot.services.refusing import refusal
from bot.web.account.context import HEADERS
from bot.web.case.view import title_of
from bot.web.case.words import FILES
from bot.web.desk.case.routes import missing
from bot.web.desk.context import DeskContext
from bot.web.desk.redaction.form import RedactForm, RedactionPreview, form_of, look_of, posted_form
from bot.web.desk.redaction.words import WORDS
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.forms import UnreadForm, posted

CONFLICT, UNPROCESSABLE = 409, 422


@dataclass(frozen=True, slots=True)
class ToRedact:
    """A case before a moderator; `answer` is what its last answer says, `former` what was decided before, by whom."""

    case: Case
    words: Words | None
    events: Sequence[CaseEvent]
    in_force: Redaction
    answer: str
    former: Sequence[Line]

    @property
    def story(self) -> str:
        """What the reporter wrote; "" once it was erased."""
        return self.words.story if self.words else ""


def redact_router(context: DeskContext) -> APIRouter:
    """The form, its preview, and what comes of it."""
    router = guarded(context.sign_in)

    @router.get("/desk/cases/{ticket}/redact")
    async def form(request: Request, ticket: str) -> Response:
        return await _form(context, request, ticket)

    @router.post("/desk/cases/{ticket}/redact")
    async def redact(request: Request, ticket: str) -> Response:
        return await _redact(context, request, ticket)

    return router


async def _form(context: DeskContext, request: Request, ticket: str) -> Response:
    """What holds; with `?empty` the way back to what holds without any redaction."""
    async with context.database.reading() as connection:
        read = await _read(context, connection, request, ticket)
    if read is None:
        return missing(context, request)
    if "empty" in request.query_params:
        return _page(context, request, read, RedactForm(version=read.case.version))
    form = form_of(read.case, read.words, read.in_force, read.answer, is_first=not read.former)
    return _page(context, request, read, form)


async def _redact(context: DeskContext, request: Request, ticket: str) -> Response:
    async with context.database.reading() as connection:
        read = await _read(context, connection, request, ticket)
    if read is None:
        return missing(context, request)
    try:
        sent = await posted(request)
    except UnreadForm:
        return _page(context, request, read, RedactForm(version=read.case.version), UNPROCESSABLE)
    form = posted_form(sent, latest_answer(read.events))
    if not form.reason:
        return _page(context, request, read, form, UNPROCESSABLE, wrong=line("redact-no-reason"))
    if lost := form.missing(read.story, read.answer):
        wrong = line("redact-not-there", words=lost[0])
        return _page(context, request, read, form, UNPROCESSABLE, wrong=wrong)
    redaction = form.redaction(read.story, read.answer)
    try:
        fitted(redaction, read.story, read.answer if form.answer else None, len(read.case.attachments))
    except WrongRedaction:
        return _page(context, request, read, form, UNPROCESSABLE, wrong=line("refused-redaction-wrong"))
    if sent.fields.get("act") != "apply" or sent.fields.get("seen") != form.print:
        look = look_of(form, redaction, read.case, read.story, read.answer)
        return _page(context, request, read, form, look=look)
    return await _apply(context, request, read, form, redaction)


async def _apply(
    context: DeskContext, request: Request, read: ToRedact, form: RedactForm, redaction: Redaction
) -> Response:
    ticket, who = read.case.ticket, Actor(Role.MODERATOR, str(person_of(request).id))
    wish = Wish(
        ticket=ticket, command=CaseCommand(action=CaseAction.REDACT, words=form.reason), who=who, seen=form.version
    )
    try:
        async with context.working() as work:
            redactions, chance = SqlRedactions(work.connection), context.office.chance
            await redact_case(work.book, redactions, context.regency, wish, redaction, work.at, chance)
    except Overtaken as overtaken:
        fresh = replace(form, version=overtaken.case.version)
        return _page(context, request, read, fresh, CONFLICT, wrong=line("redact-overtaken"))
    except StepRefused as refused:
        return _page(context, request, read, form, UNPROCESSABLE, wrong=refusal(refused))
    return RedirectResponse(f"/desk/cases/{ticket}/redact?done=1", 303, headers=HEADERS)


async def _read(context: DeskContext, connection: AsyncConnection, request: Request, ticket: str) -> ToRedact | None:
    """The case; None where there is none of this number, or none that she may read."""
    book, redactions = SqlCaseBook(connection), SqlRedactions(connection)
    case = await book.by_ticket(ticket)
    if case is None or not context.may_read(person_of(request), case):
        return None
    events, history = await book.events(ticket), await redactions.history(ticket)
    answered = latest_answer(events)
    decided = [event for event in events if event.number in history]
    names = await names_of(connection, {event.person for event in decided})
    return ToRedact(
        case=case,
        words=await book.words(ticket),
        events=events,
        in_force=next(iter([*history.values()][::-1]), NOTHING_REDACTED),
        answer=(await book.said(ticket, answered)).words if answered else "",
        former=[_told(event, history[event.number], names.get(event.person, "")) for event in decided],
    )


def _told(event: CaseEvent, redaction: Redaction, name: str) -> Line:
    covered = len(redaction.story) + len(redaction.answer_covered)
    return line("redact-former", at=event.at, name=name or "-", covered=covered, title=redaction.title or "-")


def _page(
    context: DeskContext,
    request: Request,
    read: ToRedact,
    form: RedactForm,
    status: int = 200,
    *,
    wrong: Line | None = None,
    look: RedactionPreview | None = None,
) -> Response:
    files = [
        FILES[file.kind if file.kind in FILES else "document"](n) for n, file in enumerate(read.case.attachments, 1)
    ]
    return context.answer(
        request,
        "desk/redaction/redaction.html",
        line("redact-page-title", ticket=read.case.ticket),
        WORDS,
        status,
        case=read.case,
        is_public=is_public(read.case),
        plain_title=title_of(read.case, context.regency),
        story=read.story,
        answer=read.answer,
        files=files,
        form=form,
        wrong=wrong,
        look=look,
        left=line("redact-left", words=", ".join(look.left)) if look and look.left else None,
        files_shown=line("redact-preview-files", count=look.files) if look else None,
        former=read.former,
        done=line("redact-done") if "done" in request.query_params else None,
    )
