"""What signing in shares: its parts, who asks, where she may go on to, and who is turned away."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

import structlog
from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.exc import SQLAlchemyError

from actions.people.people import Person
from actions.people.roles import Role
from actions.people.secrets import Passwords
from actions.store.people.sign_in import totp_of
from bot.conversation.screen import Line, line
from bot.web.account.attempts import Attempts
from bot.web.account.known_device import Devices
from bot.web.account.page import SignInPage
from bot.web.account.password_check import Checking
from bot.web.account.sessions import Sessions
from bot.web.account.words import PAGE
from bot.web.case.context import LANGUAGE_COOKIE, LANGUAGE_SECONDS
from bot.web.chat.context import ChatContext
from bot.web.chat.transcript import asked_language
from bot.web.desk.access import AT_DESK
from bot.web.shared.access import TRAINERS, is_inside, let_in
from bot.web.shared.origin import is_from_elsewhere
from bot.web.shared.site import Site

log = structlog.get_logger()

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS: Final = {
    "cache-control": "no-store",
    "vary": "accept-language, cookie",
    "x-robots-tag": "noindex, nofollow",
}
HOMES: Final[Sequence[tuple[str, frozenset[Role]]]] = (("/desk", AT_DESK), ("/trainer", TRAINERS))
"""The first pages inside, and for whom they are."""
WITHOUT_CODES: Final = "/desk/account"
"""Where one-time codes are turned on."""
IS_A_PART: Final = "hx-request"
"""A script asks for a part of a page, and would put a page to sign in where that belongs; the page is loaded anew."""
WANTED: Final = re.compile(r"/[A-Za-z0-9/_.~-]*(\?[A-Za-z0-9/_.~&=%+-]*)?")
LONGEST_WANTED: Final = 512


def nothing() -> None:
    """Nobody listens."""


@dataclass(slots=True)
class SignInContext:
    """The parts of these pages, and the gate of all guarded ones. Address, language and assets are the chat's.

    Attributes:
        flooded: hears that very many tries to sign in by one name have failed.
        totp_roles: whoever has one of these must turn one-time codes on before she opens another page.
    """

    chat: ChatContext
    flooded: Callable[[], None] = nothing
    totp_roles: frozenset[Role] = frozenset()
    page: SignInPage = field(init=False)
    sessions: Sessions = field(init=False)
    checking: Checking = field(init=False)

    def __post_init__(self) -> None:
        """Put them together; opens nothing."""
        around = self.chat.around
        languages = around.catalogue.languages
        site = Site(around.texts, self.chat.assets, around.regency, languages, around.banner)
        self.page = SignInPage(site, around.guests)
        self.sessions = Sessions(around.database, around.clock)
        devices = Devices(around.secret_key)
        attempts = Attempts(around.database, around.clock, devices, self.flooded)
        self.checking = Checking(self.sessions, devices, Passwords(), attempts)

    async def turns_away(self, request: Request, roles: frozenset[Role]) -> Response | None:
        """As `Gate` says it: another site's form, somebody who is not signed in, or is in none of these roles."""
        if request.method not in SAFE and is_from_elsewhere(request, self.chat.around.public_url):
            return self.note(request, 403, PAGE["forbidden_title"], PAGE["elsewhere"])
        try:
            person = await self.sessions.who(request)
        except (SQLAlchemyError, OSError) as error:
            return self.away(request, error)
        is_for = person is not None and person.has_any(roles)
        if not is_for and IS_A_PART in request.headers:
            return Response(status_code=401, headers={**HEADERS, "hx-refresh": "true"})
        if person is None:
            return RedirectResponse(sign_in_address(request), 303, headers=HEADERS)
        if not is_for:
            return self.forbidden(request, person)
        if not request.url.path.startswith(WITHOUT_CODES) and await self.lacks_codes(person):
            if IS_A_PART in request.headers:
                return Response(status_code=401, headers={**HEADERS, "hx-refresh": "true"})
            return RedirectResponse(WITHOUT_CODES, 303, headers=HEADERS)
        let_in(request, person)
        return None

    async def lacks_codes(self, person: Person) -> bool:
        """Whether one of her roles demands one-time codes, and she has none."""
        if not person.has_any(self.totp_roles):
            return False
        async with self.sessions.database.reading() as connection:
            kept = await totp_of(connection, person.id)
        return kept is None or not kept.is_on

    def forbidden(self, request: Request, person: Person) -> Response:
        """A page for others."""
        words = line("forbidden", name=person.name)
        return self.note(request, 403, PAGE["forbidden_title"], words, signed_in=True)

    def away(self, request: Request, error: Exception) -> Response:
        """The database cannot be asked now."""
        log.warning("sign_in_not_read", error=type(error).__name__)
        return self.note(request, 503, PAGE["away_title"], PAGE["away"])

    def note(self, request: Request, status: int, title: Line, words: Line, *, signed_in: bool = False) -> Response:
        """Say why not."""
        return self.answer(request, self.page.note(self.language(request), title, words, signed_in=signed_in), status)

    def answer(
        self, request: Request, html: str, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> Response:
        """A page, and the language that was chosen on it kept."""
        response = HTMLResponse(html, status, headers={**HEADERS, **(headers or {})})
        asked = request.query_params.get("lang", "")
        if asked in self.page.site.languages:
            response.set_cookie(
                LANGUAGE_COOKIE, asked, LANGUAGE_SECONDS, secure=self.is_secure(request), httponly=True, samesite="lax"
            )
        return response

    def language(self, request: Request) -> str:
        """As asked on this page, else chosen before, else as the browser wishes, else the regency's own."""
        spoken = self.page.site.languages
        wished = asked_language(request.headers.get("accept-language", ""), tuple(spoken))
        chosen = (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE), wished)
        return next((language for language in chosen if language and language in spoken), spoken[0])

    def is_secure(self, request: Request) -> bool:
        """Whether cookies travel over TLS alone."""
        return self.chat.addresses.is_secure(request) or self.chat.around.public_url.startswith("https://")


def sign_in_address(request: Request) -> str:
    """Where somebody signs in who asked for this page; a form is not sent twice, so its page comes first."""
    query = f"?{request.url.query}" if request.url.query and request.method in SAFE else ""
    wanted = wanted_page(f"{request.url.path}{query}")
    return f"/sign-in?{urlencode({'next': wanted})}" if wanted else "/sign-in"


def wanted_page(asked: str) -> str:
    """The page to go on to, if it is one of ours inside; else "": a link must not lead elsewhere through us."""
    is_ours = len(asked) <= LONGEST_WANTED and WANTED.fullmatch(asked) and is_inside(asked.partition("?")[0])
    return asked if is_ours and "//" not in asked and ".." not in asked else ""


def first_page(person: Person) -> str:
    """Where somebody goes who asked for no page."""
    return next((address for address, roles in HOMES if person.has_any(roles)), "/desk")
