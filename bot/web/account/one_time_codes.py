"""`/desk/account`: who is signed in, and her one-time codes: turned on with an app, and off with a code."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.people.handlers import PersonChange
from actions.people.people import Person
from actions.people.sign_in import OF_A_CODE, BrokenSeal, address_of, draw_secret
from actions.store.people.failed_attempts import attempts_since
from actions.store.people.people import SqlPeople
from actions.store.people.sign_in import count_try, drop_totp, forget_tries, keep_totp, totp_of
from bot.conversation.screen import Line, line
from bot.web.account.context import HEADERS, wanted_page
from bot.web.account.leave import WORDS as LEAVE_WORDS
from bot.web.account.leave import leave_form
from bot.web.account.mail import WORDS as MAIL_WORDS
from bot.web.account.mail import shown_address
from bot.web.account.one_time_codes_words import WORDS
from bot.web.account.page import described
from bot.web.account.password_check import take_code
from bot.web.account.routes import ACCOUNT
from bot.web.desk.context import DeskContext
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import UnreadForm, posted

SHOWN_FOR: Final = timedelta(days=30)
"""So long she reads that others have tried to sign in by her name."""


def account_router(context: DeskContext) -> APIRouter:
    """The page, and turning codes on and off."""
    router = guarded(context.sign_in)

    @router.get("/desk/account")
    async def account(request: Request) -> Response:
        return await _page(context, request)

    @router.post("/desk/account/codes")
    async def codes(request: Request) -> Response:
        try:
            fields = (await posted(request)).fields
        except UnreadForm:
            return await _page(context, request, 400)
        match fields.get("act"):
            case "begin":
                await _begin(context, person_of(request))
            case "confirm" | "off" as command:
                if why := await _with_code(context, person_of(request), fields.get("code", ""), command):
                    return await _page(context, request, 422, why)
        return RedirectResponse(ACCOUNT, 303, headers=HEADERS)

    return router


async def _page(context: DeskContext, request: Request, status: int = 200, why: Line | None = None) -> Response:
    """A secret is shown only until her app has shown that it knows it."""
    person = person_of(request)
    async with context.database.reading() as connection:
        kept = await totp_of(connection, person.id)
        attempts = await attempts_since(connection, person.id, context.now() - SHOWN_FOR)
        leave = await leave_form(context, connection, person)
        mail = await shown_address(connection, person, request)
    secret = ""
    if kept and not kept.is_on:
        try:
            secret = context.sign_in.checking.seals.opened(kept.sealed)
        except BrokenSeal:
            kept = None
    picture = _picture(secret, person, context.regency.name) if secret else ""
    return context.answer(
        request,
        "account/one_time_codes.html",
        line("desk-account"),
        {**WORDS, **LEAVE_WORDS, **MAIL_WORDS},
        status,
        mail=mail,
        leave=leave,
        lines=described(person),
        attempts=[line("desk-attempts-failed", count=one.count, at=one.at) for one in attempts],
        onward=wanted_page(request.query_params.get("next", "")),
        is_on=bool(kept and kept.is_on),
        must=person.has_any(context.sign_in.totp_roles) and not (kept and kept.is_on),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        picture=picture,
        why=why,
    )


def _picture(secret: str, person: Person, regency: str) -> str:
    address = address_of(secret, person.name, f"LAPOR {regency}")
    return segno.make_qr(address, error="m").svg_data_uri(scale=5, border=3, light="#fff")


async def _begin(context: DeskContext, person: Person) -> None:
    """Another secret; nothing is asked for until a code of it was typed. One that is on stays as it is."""
    sealed = context.sign_in.checking.seals.sealed(draw_secret(secrets.token_bytes))
    async with context.database.writing() as connection:
        kept = await totp_of(connection, person.id)
        if kept is None or not kept.is_on:
            await keep_totp(connection, person.id, sealed, context.now(), is_on=False)


async def _with_code(context: DeskContext, person: Person, typed: str, command: str) -> Line | None:
    """Turn codes on or off with a code; a sentence where it is not right."""
    checking, now = context.sign_in.checking, context.now()
    counted = checking.account_code_counted(person.id)
    async with context.database.writing() as connection:
        until = await count_try(connection, {counted: OF_A_CODE}, now)
    if until:
        return line("sign-in-paused", until=until)
    async with context.database.writing() as connection:
        if not await take_code(connection, checking.seals, person, typed, now):
            return line("sign-in-code-wrong")
        await forget_tries(connection, counted)
        if command == "off":
            await drop_totp(connection, person.id)
        change = PersonChange.TOTP_OFF if command == "off" else PersonChange.TOTP_ON
        await SqlPeople(connection).note(person.id, change, f"person:{person.id}", now)
    return None
