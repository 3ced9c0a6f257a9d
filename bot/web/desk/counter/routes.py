"""`/desk/new`: complaints at the counter, by telephone or letter, and the slip of paper with their number."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import segno
import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import IntegrityError
from starlette.requests import ClientDisconnect

from actions.cases.case import Case, ReportType
from actions.cases.handlers import support_case
from actions.cases.nearby import NearbyMatch
from actions.cases.outcome import AT_THE_DESK
from actions.cases.ticket import Ticket, read_back
from actions.privacy.visibility import is_confidential
from actions.store.cases.callers import keep_caller
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.presence import add_note
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.web.account.context import HEADERS
from bot.web.case.view import title_of
from bot.web.case.words import STATUS, TYPES
from bot.web.chat.forms import BadForm
from bot.web.desk.case.routes import missing
from bot.web.desk.context import DeskContext
from bot.web.desk.counter.form import KEY, SLIP, WORDS, CounterForm, phone_number, posted_form, wrong_with
from bot.web.desk.search.query import DESK_CHANNELS
from bot.web.desk.search.view import district_groups
from bot.web.desk.sent_files import brought, shown_files, want_files_of
from bot.web.shared.access import guarded, person_of

log = structlog.get_logger()

KEY_BYTES = 16
UNPROCESSABLE = 422


def counter_router(context: DeskContext) -> APIRouter:
    """The form, how it will be filed, and the slip."""
    router = guarded(context.sign_in)

    @router.get("/desk/new")
    async def form(request: Request) -> Response:
        return _page(context, request, CounterForm(secrets.token_hex(KEY_BYTES)))

    @router.post("/desk/new")
    async def enter(request: Request) -> Response:
        return await _enter(context, request)

    @router.get("/desk/new/{key}")
    async def slip(request: Request, key: str) -> Response:
        return await _slip(context, request, key)

    return router


async def _enter(context: DeskContext, request: Request) -> Response:
    fresh = secrets.token_hex(KEY_BYTES)
    try:
        sent = await context.sign_in.chat.uploads.read(request, context.regency.limits.files_a_case)
    except BadForm:
        return _page(context, request, CounterForm(fresh), UNPROCESSABLE, wrong=[line("desk-form-unread")])
    except ClientDisconnect:
        return Response(status_code=400)
    form = posted_form(sent.fields, fresh)
    if await _is_filed(context, form.key):
        context.sign_in.chat.uploads.forget(sent.files)
        return _to_slip(form)
    came = await brought(context, sent)
    form = replace(form, files=came.files)
    if sent.fields.get("support"):
        return await _support(context, request, form, sent.fields)
    missed = wrong_with(form, context.regency)
    if wrong := [*([missed] if missed else []), *came.refused]:
        return _page(context, request, form, UNPROCESSABLE, wrong=wrong)
    if sent.fields.get("act") != "file" or sent.fields.get("seen") != form.print:
        async with context.database.reading() as connection:
            case, nearby = await context.counter.look(connection, form, context.now())
        return _page(context, request, form, case=case, nearby=nearby)
    try:
        await _file(context, request, form)
    except IntegrityError:  # the same form in this moment, elsewhere: now it is there
        await _file(context, request, form)
    return _to_slip(form)


async def _support(context: DeskContext, request: Request, form: CounterForm, fields: Mapping[str, str]) -> Response:
    """Whoever came or called supports a case that is there; with a number, if she wants to be rung."""
    typed, person = fields.get("phone", ""), person_of(request)
    number = phone_number(typed)
    if typed.strip() and not number:
        return await _looked_at(context, request, form, wrong=[line("counter-phone-wrong")])
    supporter, language = f"{form.channel}:{form.key}", context.regency.languages[0]
    async with context.working() as work:
        done = await support_case(work.book, fields["support"], supporter, language, work.at)
        if done:
            if number:
                sealed = context.callers.sealed(number)
                await keep_caller(work.connection, supporter, sealed, work.at)
            said = line(
                "counter-support-note", name=person.name, channel=context.office.say(DESK_CHANNELS[form.channel])
            )
            await add_note(work.connection, done.case.ticket, person.id, context.office.say(said), work.at)
    if done is None:
        return await _looked_at(context, request, form, wrong=[line("counter-support-refused")])
    log.info("case_supported_at_desk", person=person.id, channel=form.channel)
    return RedirectResponse(f"/desk/new?supported={done.case.ticket}", 303, headers=HEADERS)


def _supported(request: Request) -> Line | None:
    """That somebody was noted as a supporter, and of which case."""
    number = request.query_params.get("supported", "")
    return line("counter-supported", ticket=number) if read_back(number) == [Ticket(number)] else None


async def _looked_at(context: DeskContext, request: Request, form: CounterForm, wrong: Sequence[Line]) -> Response:
    async with context.database.reading() as connection:
        case, nearby = await context.counter.look(connection, form, context.now())
    return _page(context, request, form, UNPROCESSABLE, wrong=wrong, case=case, nearby=nearby)


async def _is_filed(context: DeskContext, key: str) -> bool:
    async with context.database.reading() as connection:
        return await context.counter.filed_before(SqlCaseBook(connection), key) is not None


def _to_slip(form: CounterForm) -> Response:
    return RedirectResponse(f"/desk/new/{form.key}", 303, headers=HEADERS)


async def _file(context: DeskContext, request: Request, form: CounterForm) -> None:
    """The case, and for the officers who read it a note on who typed it in."""
    person = person_of(request)
    async with context.working() as work:
        is_known = await context.counter.filed_before(work.book, form.key) is not None
        case = await context.counter.file(work.book, form, work.at)
        if not is_known:
            by = context.office.say(
                line("counter-note", name=person.name, channel=context.office.say(DESK_CHANNELS[form.channel]))
            )
            await add_note(work.connection, case.ticket, person.id, by, work.at)
            await want_files_of(work.connection, case, form, work.at)
    if form.files:
        context.fetch()
    log.info("case_entered", person=person.id, channel=form.channel, again=is_known)


def _page(
    context: DeskContext,
    request: Request,
    form: CounterForm,
    status: int = 200,
    *,
    wrong: Sequence[Line] = (),
    case: Case | None = None,
    nearby: Sequence[NearbyMatch] = (),
) -> Response:
    return context.answer(
        request,
        "desk/counter/counter.html",
        line("counter-title"),
        WORDS,
        status,
        form=form,
        files=shown_files(context, form.files),
        wrong=wrong,
        case=case,
        case_title=title_of(case, context.regency) if case else None,
        agency=Label(LabelSource.AGENCY, case.agency) if case else None,
        notes=_notes(case) if case else [],
        nearby=nearby,
        note=_supported(request),
        statuses=STATUS,
        channels=[(name, DESK_CHANNELS[name]) for name in AT_THE_DESK],
        types=[(kind.value, TYPES[kind]) for kind in ReportType],
        groups=_categories(context),
        regions=district_groups(context.regency),
    )


def _notes(case: Case) -> list[Line]:
    """What the officer must know before she files it."""
    held = [line("counter-held")] if case.sensitive or case.status == "received" else []
    return [*([line("officer-card-urgent")] if case.severity == "urgent" else []), *held]


def _categories(context: DeskContext) -> list[tuple[Label, list[tuple[str, Label]]]]:
    """The categories that can be chosen, group by group."""
    every = context.counter.filing.catalogue.groups.items()
    return [
        (Label(LabelSource.CATEGORY, group), [(slug, Label(LabelSource.CATEGORY, slug)) for slug in leaves])
        for group, leaves in every
    ]


async def _slip(context: DeskContext, request: Request, key: str) -> Response:
    """What is taken home. Its address is known to nobody but whoever typed the form in."""
    async with context.database.reading() as connection:
        case = await context.counter.filed_before(SqlCaseBook(connection), key) if KEY.fullmatch(key) else None
        edition = await SqlCaseBook(connection).link_edition(case.ticket) if case else 0
    if case is None:
        return missing(context, request)
    links, regency = context.counter.filing.links, context.regency
    own = links.reporters_own(case.ticket, edition)
    return context.answer(
        request,
        "desk/counter/slip.html",
        line("slip-title"),
        SLIP,
        case=case,
        case_title=title_of(case, regency),
        category=Label(LabelSource.CATEGORY, case.category) if case.category else line("category-none"),
        agency=Label(LabelSource.AGENCY, case.agency),
        filed=_day(context, case.filed_at),
        deadline=line("case-day", date=case.deadline),
        regency=regency.name,
        own=own,
        is_secret=is_confidential(case),
        check=f"{links.base}/cek",
        qr=segno.make_qr(own, error="m").svg_data_uri(scale=4, border=3, light="#fff"),
        may_read=context.may_read(person_of(request), case),
    )


def _day(context: DeskContext, at: datetime) -> Line:
    return line("case-day", date=at.astimezone(context.regency.time_zone).date())
