"""`/desk/settings/people`: an admin adds officers, lets them in and out, and gives them codes and passwords."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.people.handlers import (
    add_person,
    change_password,
    change_person,
    disable_person,
    enable_person,
    give_code,
    sign_out_everywhere,
)
from actions.people.people import OF_ONE_AGENCY, OFFICER_ROLES, Person, PersonRefused, name_key
from actions.people.roles import Role
from actions.people.secrets import WeakPassword, check_password, draw_code
from actions.regency.agencies import own_agencies
from actions.store.cases.handling import without_liaison
from actions.store.people.mail import KeptAddress, kept_addresses
from actions.store.people.people import SqlPeople
from actions.store.people.sign_in import people_with_totp
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.web.account.context import HEADERS
from bot.web.account.words import ROLES
from bot.web.desk.case.routes import missing
from bot.web.desk.context import DeskContext
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import PostedFields, UnreadForm, posted

UNPROCESSABLE = 422
WORDS: Mapping[str, Line] = {
    "back": line("settings-back"),
    "about": line("people-about"),
    "once": line("people-once"),
    "everybody": line("people-everybody"),
    "unmanned": line("people-unmanned"),
    "unmanned_about": line("people-unmanned-about"),
    "add": line("people-add"),
    "name": line("people-name"),
    "roles": line("people-roles"),
    "agency": line("people-agency"),
    "no_agency": line("people-no-agency"),
    "password": line("people-password"),
    "password_hint": line("people-password-hint"),
    "is_off": line("people-is-off"),
    "disable": line("people-disable"),
    "enable": line("people-enable"),
    "code": line("people-code"),
    "set_password": line("people-set-password"),
    "change": line("people-change"),
    "save": line("people-save"),
    "end_sessions": line("people-end-sessions"),
    "codes_on": line("people-codes-on"),
    "mail": line("people-mail"),
    "mail_about": line("people-mail-about"),
    "mail_save": line("people-mail-save"),
    "mail_drop": line("people-mail-drop"),
}


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person on the list; `chosen` are the roles, and `place` the agency, as the form has them.

    `has_codes`: is asked for a one-time code after the password.
    """

    id: int
    name: str
    roles: Sequence[Line]
    agency: Label | None
    chosen: frozenset[Role]
    place: str
    has_codes: bool
    is_active: bool
    is_herself: bool
    mail: Line | None
    address: str


def people_router(context: DeskContext) -> APIRouter:
    """The list, and what is done with those on it."""
    router = guarded(context.sign_in)

    @router.get("/desk/settings/people")
    async def everybody(request: Request) -> Response:
        return await _page(context, request)

    @router.post("/desk/settings/people")
    async def add(request: Request) -> Response:
        try:
            return await _add(context, request, await posted(request))
        except UnreadForm:
            return await _page(context, request, UNPROCESSABLE)

    @router.post("/desk/settings/people/{number}")
    async def change(request: Request, number: str) -> Response:
        try:
            return await _change(context, request, number, await posted(request))
        except UnreadForm:
            return await _page(context, request, UNPROCESSABLE)

    return router


async def _add(context: DeskContext, request: Request, form: PostedFields) -> Response:
    """With a password, or with a code for Telegram that is shown once."""
    name, agency = form.fields.get("name", ""), form.fields.get("agency", "") or None
    roles = _roles(form)
    typed, who = form.fields.get("password", ""), f"person:{person_of(request).id}"
    if wrong := _wrong_with(name, roles, agency, typed):
        return await _page(context, request, UNPROCESSABLE, wrong=wrong, typed=form.fields, roles=roles)
    kept = await context.sign_in.checking.passwords.hashed(typed) if typed else None
    code, now = draw_code(secrets.randbelow), context.now()
    try:
        async with context.database.writing() as connection:
            book = SqlPeople(connection)
            person = await add_person(book, name, roles, agency, context.regency.agencies, now, who)
            if kept:
                await change_password(book, person, kept, now, who)
            else:
                await give_code(book, person, code, now, who)
    except PersonRefused:
        taken = line("people-refused")
        return await _page(context, request, UNPROCESSABLE, wrong=taken, typed=form.fields, roles=roles)
    if kept:
        return RedirectResponse("/desk/settings/people?done=1", 303, headers=HEADERS)
    return await _page(context, request, code=(person.name, code))


def _wrong_with(name: str, roles: Sequence[Role], agency: str | None, password: str) -> Line | None:
    if not name_key(name):
        return line("people-no-name")
    if not roles:
        return line("people-no-roles")
    if agency is None and OF_ONE_AGENCY.intersection(roles):
        return line("people-needs-agency")
    return _wrong_password(password, name) if password else None


def _wrong_password(password: str, name: str) -> Line | None:
    try:
        check_password(password, name)
    except WeakPassword:
        return line("people-weak-password")
    return None


async def _change(context: DeskContext, request: Request, number: str, form: PostedFields) -> Response:
    """Let in or out, a code, another password, name, role or agency; nobody shuts herself out."""
    herself, command, typed = person_of(request), form.fields.get("act", ""), form.fields.get("password", "")
    who, now, code = f"person:{herself.id}", context.now(), draw_code(secrets.randbelow)
    person = await _person(context, number)
    if person is None:
        return missing(context, request)
    if command == "disable" and person.id == herself.id:
        return await _page(context, request, UNPROCESSABLE, wrong=line("people-not-herself"))
    if command == "change":
        return await _edit(context, request, person, form)
    if command == "password" and (wrong := _wrong_password(typed, person.name)):
        return await _page(context, request, UNPROCESSABLE, wrong=wrong)
    kept = await context.sign_in.checking.passwords.hashed(typed) if command == "password" else ""
    try:
        async with context.database.writing() as connection:
            await _apply(SqlPeople(connection), person, command, kept or code, now, who)
    except PersonRefused:
        return await _page(context, request, UNPROCESSABLE, wrong=line("people-refused"))
    if command == "code":
        return await _page(context, request, code=(person.name, code))
    return RedirectResponse("/desk/settings/people?done=1", 303, headers=HEADERS)


async def _apply(book: SqlPeople, person: Person, command: str, secret: str, at: datetime, who: str) -> None:
    """Do what a button says; `secret` is the code or the hash of the password that it gives."""
    match command:
        case "disable":
            await disable_person(book, person, at, who)
        case "enable":
            await enable_person(book, person, at, who)
        case "code":
            await give_code(book, person, secret, at, who)
        case "password":
            await change_password(book, person, secret, at, who)
        case "sessions":
            await sign_out_everywhere(book, person, at, who)


async def _edit(context: DeskContext, request: Request, person: Person, form: PostedFields) -> Response:
    """Another name, other roles, another agency; nobody takes from herself what lets her undo it."""
    herself, name = person_of(request), form.fields.get("name", "")
    roles, agency = _roles(form), form.fields.get("agency", "") or None
    keeps_out = person.id == herself.id and Role.ADMIN not in roles
    if wrong := line("people-not-her-role") if keeps_out else _wrong_with(name, roles, agency, ""):
        return await _page(context, request, UNPROCESSABLE, wrong=wrong)
    wanted = replace(person, name=name, roles=frozenset(roles), agency=agency)
    try:
        async with context.database.writing() as connection:
            await change_person(
                SqlPeople(connection),
                person,
                wanted,
                context.regency.agencies,
                context.now(),
                f"person:{herself.id}",
            )
    except PersonRefused:
        return await _page(context, request, UNPROCESSABLE, wrong=line("people-refused"))
    return RedirectResponse("/desk/settings/people?done=1", 303, headers=HEADERS)


def _roles(form: PostedFields) -> list[Role]:
    return [Role(role) for role in form.lists.get("roles", ()) if role in OFFICER_ROLES]


async def _person(context: DeskContext, number: str) -> Person | None:
    if not number.isdecimal() or len(number) > 9:  # noqa: PLR2004 - a row's
        return None
    async with context.database.reading() as connection:
        return await SqlPeople(connection).by_id(int(number))


async def _page(
    context: DeskContext,
    request: Request,
    status: int = 200,
    *,
    wrong: Line | None = None,
    code: tuple[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    roles: Sequence[Role] = (),
) -> Response:
    async with context.database.reading() as connection:
        everybody = await SqlPeople(connection).everybody()
        unmanned = await without_liaison(connection, own_agencies(context.regency.agencies))
        with_codes = await people_with_totp(connection)
        addresses = await kept_addresses(connection)
    herself = person_of(request).id
    return context.answer(
        request,
        "desk/settings/people.html",
        line("settings-people"),
        WORDS,
        status,
        unmanned=[Label(LabelSource.AGENCY, code) for code in context.regency.agencies if code in unmanned],
        people=[_shown(one, herself, addresses.get(one.id), has_codes=one.id in with_codes) for one in everybody],
        every_role=[(role, ROLES[role]) for role in OFFICER_ROLES],
        roles=[(role.value, ROLES[role], role in roles) for role in OFFICER_ROLES],
        agencies=[(one, Label(LabelSource.AGENCY, one)) for one in context.regency.agencies],
        typed=typed or {},
        wrong=line("people-mail-refused") if request.query_params.get("mail") == "refused" else wrong,
        code=line("people-code-given", name=code[0], code=code[1]) if code else None,
        done=line("settings-done") if "done" in request.query_params else None,
    )


def _shown(one: Person, herself: int, mail: KeptAddress | None, *, has_codes: bool) -> ShownPerson:
    agency = Label(LabelSource.AGENCY, one.agency) if one.agency else None
    roles = [ROLES[role] for role in sorted(one.roles)]
    return ShownPerson(
        one.id,
        one.name,
        roles,
        agency,
        one.roles,
        one.agency or "",
        has_codes,
        one.is_active,
        one.id == herself,
        line(f"people-mail-{mail.state.value}", address=mail.address) if mail else None,
        mail.address if mail else "",
    )
