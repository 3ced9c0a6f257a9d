"""`/sign-in/oidc`: officers who sign in where the regency's other services sign them in.

A browser goes to the provider with what only it can come back with: state, nonce and verifier lie in a cookie of its
own, sealed, for ten minutes and one return. Roles are what the provider's groups give at each sign-in, never more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.handlers import PersonChange
from actions.people.people import Person, PersonRefused
from actions.people.provider_groups import Grant, TwoAgencies, granted
from actions.people.sign_in import BrokenSeal, Seals
from actions.store.people.identities import add_person_of_identity, bring_up_to_date, person_of_identity
from actions.store.people.people import SqlPeople
from actions.store.people.sign_in import totp_of
from bot.conversation.screen import Line, line
from bot.web.account.context import HEADERS, SignInContext, first_page, wanted_page
from bot.web.account.provider import Asked, NotBelieved, Provider, ProviderAway, ProviderIdentity
from bot.web.account.sessions import keep

log = structlog.get_logger()

BEGIN: Final = "/sign-in/oidc"
BACK: Final = "/sign-in/oidc/back"
COOKIE: Final = "lapor_oidc"
PURPOSE: Final = b"lapor sign-in at a provider"
GOOD_FOR_SECONDS: Final = 600


class Turned(Exception):
    """Somebody whom the provider knows may not come in; holds the sentence that says why."""

    def __init__(self, why: Line) -> None:
        """Keeps the sentence."""
        super().__init__(why.key)
        self.why = why


@dataclass(frozen=True, slots=True)
class ProviderSignIn:
    """A provider, and what each of its groups gives here."""

    provider: Provider
    mapping: Mapping[str, Grant]


def provider_router(context: SignInContext, signing_in: ProviderSignIn | None) -> APIRouter:
    """Going to the provider, and coming back; without a provider both are not there."""
    router = APIRouter()

    @router.get(BEGIN)
    async def begin(request: Request) -> Response:
        if signing_in is None:
            return Response(status_code=404)
        try:
            url, asked = await signing_in.provider.begin(wanted_page(request.query_params.get("next", "")))
        except ProviderAway as error:
            return _away(context, request, error)
        response = RedirectResponse(url, 303, headers=HEADERS)
        sealed = Seals(context.chat.around.secret_key, PURPOSE).sealed(json.dumps(asdict(asked)))
        secure = context.is_secure(request)
        response.set_cookie(COOKIE, sealed, GOOD_FOR_SECONDS, path=BEGIN, secure=secure, httponly=True, samesite="lax")
        return response

    @router.get(BACK)
    async def back(request: Request) -> Response:
        if signing_in is None:
            return Response(status_code=404)
        try:
            response = await _come_back(context, request, signing_in)
        except (SQLAlchemyError, OSError) as error:
            response = context.away(request, error)
        response.delete_cookie(COOKIE, path=BEGIN, httponly=True, samesite="lax")
        return response

    return router


async def _come_back(context: SignInContext, request: Request, signing_in: ProviderSignIn) -> Response:
    try:
        asked = _asked(context, request, signing_in.provider.now())
        identity = await signing_in.provider.finish(asked, request.query_params)
        return await _let_in(context, request, signing_in, identity, asked.wanted)
    except ProviderAway as error:
        return _away(context, request, error)
    except NotBelieved as error:
        log.warning("provider_not_believed", why=str(error))
        return _refuse(context, request, line("sign-in-oidc-again"), 401)
    except Turned as turned:
        return _refuse(context, request, turned.why, 403)


def _asked(context: SignInContext, request: Request, now: float) -> Asked:
    """What this browser went away with, unless that is too long ago."""
    seals = Seals(context.chat.around.secret_key, PURPOSE)
    try:
        asked = Asked(**json.loads(seals.opened(request.cookies.get(COOKIE, ""))))
    except (BrokenSeal, ValueError, TypeError):
        raise NotBelieved("no cookie") from None
    if not 0 <= now - asked.at <= GOOD_FOR_SECONDS:
        raise NotBelieved("too late")
    return asked


async def _let_in(
    context: SignInContext, request: Request, signing_in: ProviderSignIn, identity: ProviderIdentity, wanted: str
) -> Response:
    """Sign the person in with the roles of now; with a one-time code first, where she has one and showed none there."""
    checking, sessions = context.checking, context.sessions
    async with sessions.database.writing() as connection:
        try:
            person = await _person(connection, signing_in, identity, context)
        except TwoAgencies:
            raise Turned(line("sign-in-oidc-two-agencies")) from None
        except PersonRefused:
            raise Turned(line("sign-in-oidc-again")) from None
        if person is not None:
            totp = await totp_of(connection, person.id)
            if totp and totp.is_on and not identity.is_mfa:
                pending = await checking.pending_of(SqlPeople(connection), person)
                return context.answer(request, context.page.code(context.language(request), wanted, pending), 200)
            token = await sessions.begin(connection, request, person.id, is_mfa=identity.is_mfa)
            await SqlPeople(connection).note(person.id, PersonChange.SIGNED_IN, f"person:{person.id}", sessions.clock())
    if person is None:
        raise Turned(line("sign-in-oidc-no-role"))
    response = RedirectResponse(wanted_page(wanted) or first_page(person), 303, headers=HEADERS)
    keep(response, token, is_secure=context.is_secure(request))
    return response


async def _person(
    connection: AsyncConnection, signing_in: ProviderSignIn, identity: ProviderIdentity, context: SignInContext
) -> Person | None:
    """Whoever has this account, brought up to date; None for who may do nothing here. What was changed is kept."""
    grant, at = granted(identity.groups, signing_in.mapping), context.sessions.clock()
    known = await person_of_identity(connection, identity.issuer, identity.subject)
    if known is None:
        if not grant.roles:
            return None
        return await add_person_of_identity(connection, identity.issuer, identity.subject, identity.name, grant, at)
    person = await bring_up_to_date(connection, known, grant, at)
    return person if person and person.is_active and person.roles else None


def _away(context: SignInContext, request: Request, error: ProviderAway) -> Response:
    log.warning("provider_away", why=str(error))
    return _refuse(context, request, line("sign-in-oidc-away"), 503)


def _refuse(context: SignInContext, request: Request, why: Line, status: int) -> Response:
    """The form, with the reason above it: who has a password here may still use it."""
    return context.answer(request, context.page.form(context.language(request), "", "", why), status)
