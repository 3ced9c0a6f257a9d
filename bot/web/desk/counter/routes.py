"""`/desk/new`: complaints at the counter, by telephone or letter, and the slip of paper with their number."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import segno
import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import IntegrityError
from starlette.requests import ClientDisconnect

from actions.cases.case import Case, ReportType
from actions.cases.nearby import Found
from actions.cases.reachable import AT_THE_DESK
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.presence import add_note
from bot.conversation.screen import Label, Line, Names, line
from bot.web.account.context import HEADERS
from bot.web.case.view import title_of
from bot.web.case.words import STATUS, TYPES
from bot.web.chat.forms import BadForm
from bot.web.desk.case.routes import missing
from bot.web.desk.context import DeskDoor
from bot.web.desk.counter.files import brought, shown_files, want_files_of
from bot.web.desk.counter.form import KEY, CounterForm, posted_form, wrong_with
from bot.web.desk.counter.words import SLIP, WORDS
from bot.web.desk.search.view import district_groups
from bot.web.desk.search.words import DESK_CHANNELS
from bot.web.shared.access import guarded, person_of

log = structlog.get_logger()

KEY_BYTES = 16
UNPROCESSABLE = 422


def counter_router(door: DeskDoor) -> APIRouter:
    """The form, how it will be filed, and the slip."""
    router = guarded(door.sign_in)

    @router.get("/desk/new")
    async def form(request: Request) -> Response:
        return _page(door, request, CounterForm(secrets.token_hex(KEY_BYTES)))

    @router.post("/desk/new")
    async def enter(request: Request) -> Response:
        return await _enter(door, request)

    @router.get("/desk/new/{key}")
    async def slip(request: Request, key: str) -> Response:
        return await _slip(door, request, key)

    return router


async def _enter(door: DeskDoor, request: Request) -> Response:
    fresh = secrets.token_hex(KEY_BYTES)
    try:
        sent = await door.sign_in.chat.uploads.read(request, door.regency.limits.files_a_case)
    except BadForm:
        return _page(door, request, CounterForm(fresh), UNPROCESSABLE, wrong=[line("desk-form-unread")])
    except ClientDisconnect:
        return Response(status_code=400)
    form = posted_form(sent.fields, fresh)
    if await _is_filed(door, form.key):
        door.sign_in.chat.uploads.forget(sent.files)
        return _to_slip(form)
    came = await brought(door, sent)
    form = replace(form, files=came.files)
    missed = wrong_with(form, door.regency)
    if wrong := [*([missed] if missed else []), *came.refused]:
        return _page(door, request, form, UNPROCESSABLE, wrong=wrong)
    if sent.fields.get("act") != "file" or sent.fields.get("seen") != form.print:
        async with door.database.reading() as connection:
            case, nearby = await door.counter.look(connection, form, door.now())
        return _page(door, request, form, case=case, nearby=nearby)
    try:
        await _file(door, request, form)
    except IntegrityError:  # the same form in this moment, elsewhere: now it is there
        await _file(door, request, form)
    return _to_slip(form)


async def _is_filed(door: DeskDoor, key: str) -> bool:
    async with door.database.reading() as connection:
        return await door.counter.filed_before(SqlCaseBook(connection), key) is not None


def _to_slip(form: CounterForm) -> Response:
    return RedirectResponse(f"/desk/new/{form.key}", 303, headers=HEADERS)


async def _file(door: DeskDoor, request: Request, form: CounterForm) -> None:
    """The case, and for the officers who read it a note on who typed it in."""
    person = person_of(request)
    async with door.working() as work:
        is_known = await door.counter.filed_before(work.book, form.key) is not None
        case = await door.counter.file(work.book, form, work.at)
        if not is_known:
            by = door.office.say(
                line("counter-note", name=person.name, channel=door.office.say(DESK_CHANNELS[form.channel]))
            )
            await add_note(work.connection, case.ticket, person.id, by, work.at)
            await want_files_of(work.connection, case, form, work.at)
    if form.files:
        door.fetch()
    log.info("case_entered", person=person.id, channel=form.channel, again=is_known)


def _page(
    door: DeskDoor,
    request: Request,
    form: CounterForm,
    status: int = 200,
    *,
    wrong: Sequence[Line] = (),
    case: Case | None = None,
    nearby: Sequence[Found] = (),
) -> Response:
    return door.answer(
        request,
        "desk/counter/counter.html",
        line("counter-title"),
        WORDS,
        status,
        form=form,
        files=shown_files(door, form.files),
        wrong=wrong,
        case=case,
        case_title=title_of(case, door.regency) if case else None,
        agency=Label(Names.AGENCY, case.agency) if case else None,
        notes=_notes(case) if case else [],
        nearby=nearby,
        statuses=STATUS,
        channels=[(name, DESK_CHANNELS[name]) for name in AT_THE_DESK],
        types=[(kind.value, TYPES[kind]) for kind in ReportType],
        groups=_categories(door),
        regions=district_groups(door.regency),
    )


def _notes(case: Case) -> list[Line]:
    """What the officer must know before she files it."""
    held = [line("counter-held")] if case.sensitive or case.status == "received" else []
    return [*([line("officer-card-urgent")] if case.severity == "urgent" else []), *held]


def _categories(door: DeskDoor) -> list[tuple[Label, list[tuple[str, Label]]]]:
    """The leaves, group by group."""
    every = door.counter.filing.catalogue.groups.items()
    return [
        (Label(Names.CATEGORY, group), [(slug, Label(Names.CATEGORY, slug)) for slug in leaves])
        for group, leaves in every
    ]


async def _slip(door: DeskDoor, request: Request, key: str) -> Response:
    """What is taken home. Its address is known to nobody but whoever typed the form in."""
    async with door.database.reading() as connection:
        case = await door.counter.filed_before(SqlCaseBook(connection), key) if KEY.fullmatch(key) else None
    if case is None:
        return missing(door, request)
    links, regency = door.counter.filing.links, door.regency
    own = links.reporters_own(case.ticket)
    return door.answer(
        request,
        "desk/counter/slip.html",
        line("slip-title"),
        SLIP,
        case=case,
        case_title=title_of(case, regency),
        category=Label(Names.CATEGORY, case.category) if case.category else line("category-none"),
        agency=Label(Names.AGENCY, case.agency),
        filed=_day(door, case.filed_at),
        deadline=line("case-day", date=case.deadline),
        regency=regency.name,
        own=own,
        check=f"{links.base}/cek",
        qr=segno.make_qr(own, error="m").svg_data_uri(scale=4, border=3, light="#fff"),
        may_read=door.may_read(person_of(request), case),
    )


def _day(door: DeskDoor, at: datetime) -> Line:
    return line("case-day", date=at.astimezone(door.regency.time_zone).date())
