"""`/sign-in` and `/sign-out` for officers and trainers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from actions.people.people import LONGEST_NAME
from bot.conversation.screen import Line, line
from bot.messaging.posts import posted_body
from bot.web.account.context import HEADERS, SignInContext, first_page, wanted_page
from bot.web.account.password_check import CodeWanted, SignedIn, Wait, Wrong
from bot.web.account.sessions import forget, keep
from bot.web.account.words import PAGE
from bot.web.shared.origin import is_from_elsewhere

MOST_BYTES_OF_A_FORM: Final = 4096
LONGEST_PENDING: Final = 160
A_MINUTE: Final = timedelta(minutes=1)
ACCOUNT: Final = "/desk/account"
"""Where whoever signs in reads that others have tried."""


def sign_in_router(context: SignInContext) -> APIRouter:
    """`/sign-in` and `/sign-out`."""
    router = APIRouter()

    @router.get("/sign-in")
    async def form(request: Request) -> Response:
        return await _form(context, request)

    @router.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        if is_from_elsewhere(request, context.chat.around.public_url):
            return _again(context, request, {}, 403, PAGE["elsewhere"])
        try:
            return await _sign_in(context, request, await _posted(request))
        except ClientDisconnect:
            return Response(status_code=400)
        except (SQLAlchemyError, OSError) as error:
            return context.away(request, error)

    @router.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        if is_from_elsewhere(request, context.chat.around.public_url):
            return context.note(request, 403, PAGE["forbidden_title"], PAGE["elsewhere"])
        return await _sign_out(context, request)

    return router


async def _form(context: SignInContext, request: Request) -> Response:
    """The form; who is signed in already goes on."""
    wanted = wanted_page(request.query_params.get("next", ""))
    try:
        person = await context.sessions.who(request)
    except (SQLAlchemyError, OSError) as error:
        return context.away(request, error)
    if person:
        return RedirectResponse(wanted or first_page(person), 303, headers=HEADERS)
    return context.answer(request, context.page.form(context.language(request), wanted))


async def _sign_in(context: SignInContext, request: Request, fields: dict[str, str]) -> Response:
    name, address = fields.get("name", ""), context.chat.addresses.of(request)
    pending = fields.get("pending", "")
    if pending:
        verdict = await context.checking.check_code(request, pending, fields.get("code", ""))
    else:
        verdict = await context.checking.check(request, address, name, fields.get("password", ""))
    match verdict:
        case CodeWanted(pending=token):
            return _code(context, request, fields | {"pending": token}, 200)
        case Wrong() if pending:
            return _code(context, request, fields, 401, PAGE["code_wrong"])
        case Wrong():
            return _again(context, request, fields, 401, PAGE["wrong"])
        case Wait(until=until):
            return _wait(context, request, fields, until)
        case SignedIn(person=person, token=token, is_told=is_told):
            wanted = wanted_page(fields.get("next", "")) or first_page(person)
            wanted = f"{ACCOUNT}?{urlencode({'next': wanted})}" if is_told else wanted
            response = RedirectResponse(wanted, 303, headers=HEADERS)
            is_secure = context.is_secure(request)
            keep(response, token, is_secure=is_secure)
            context.checking.devices.remember(request, response, person.name, is_secure=is_secure)
            return response


async def _sign_out(context: SignInContext, request: Request) -> Response:
    """Signed out in this browser, whatever else can be done."""
    try:
        await context.sessions.end(request)
    except (SQLAlchemyError, OSError) as error:
        response = context.away(request, error)
    else:
        response = RedirectResponse("/sign-in", 303, headers=HEADERS)
    forget(response)
    return response


def _wait(context: SignInContext, request: Request, fields: dict[str, str], until: datetime) -> Response:
    """Too many tries; the minute that is said has begun when the next is looked at."""
    whole = until.replace(second=0, microsecond=0)
    said = whole if whole == until else whole + A_MINUTE
    seconds = int((until - context.sessions.clock()).total_seconds()) + 1
    response = _again(context, request, fields, 429, line("sign-in-paused", until=said))
    response.headers["retry-after"] = str(max(seconds, 1))
    return response


def _again(context: SignInContext, request: Request, fields: dict[str, str], status: int, why: Line) -> Response:
    """The form once more, with the name in it and the reason above."""
    typed, wanted = fields.get("name", "")[:LONGEST_NAME], wanted_page(fields.get("next", ""))
    return context.answer(request, context.page.form(context.language(request), wanted, typed, why), status)


def _code(
    context: SignInContext, request: Request, fields: dict[str, str], status: int, why: Line | None = None
) -> Response:
    """Where the one-time code is typed."""
    wanted, pending = wanted_page(fields.get("next", "")), fields.get("pending", "")[:LONGEST_PENDING]
    return context.answer(request, context.page.code(context.language(request), wanted, pending, why), status)


async def _posted(request: Request) -> dict[str, str]:
    """The fields of a posted form; nothing of one that is too long."""
    body = await posted_body(request, MOST_BYTES_OF_A_FORM) or b""
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}
