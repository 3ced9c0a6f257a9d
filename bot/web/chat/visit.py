"""Who asks for a page of the chat, and the cookies that a page sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import Request, Response

from bot.channels.web.visitors import COOKIE, COOKIE_SECONDS
from bot.conversation.screen import Line
from bot.web.chat.context import ChatContext
from bot.web.chat.transcript import asked_language

NOTICE_COOKIE = "lapor_notice"
NOTICE_SECONDS = 60
PRIVATE = {"cache-control": "no-store"}
"""A talk is nobody else's: on a shared computer the Back button must not bring it back."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a browser. `visitor` is None where it brought no cookie of ours."""

    request: Request
    visitor: str | None
    address: str
    language: str | None
    is_secure: bool

    @property
    def is_partial(self) -> bool:
        """A script asks for a part of the page, to put it in place itself."""
        return self.request.headers.get("hx-request") == "true"

    def remember(self, response: Response, context: ChatContext, visitor: str) -> None:
        """Have the browser keep who she is, for a year from now."""
        self._set(response, COOKIE, context.visitors.cookie(visitor), COOKIE_SECONDS)

    def say_next(self, response: Response, notices: Iterable[Line]) -> None:
        """Have the next page say this; the browser only keeps the names of what is said."""
        self._set(response, NOTICE_COOKIE, ".".join(notice.key for notice in notices), NOTICE_SECONDS)

    def left_to_say(self, known: Mapping[str, Line]) -> list[Line]:
        """What the page before left to be said."""
        return [known[name] for name in self.request.cookies.get(NOTICE_COOKIE, "").split(".") if name in known]

    def forget_said(self, response: Response) -> None:
        """It is said now."""
        if NOTICE_COOKIE in self.request.cookies:
            response.delete_cookie(NOTICE_COOKIE, path="/")

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self.is_secure, httponly=True, samesite="lax"
        )


def visit_of(request: Request, context: ChatContext) -> Visit:
    """Whose request it is."""
    spoken = context.around.catalogue.languages
    is_secure = context.addresses.is_secure(request) or context.around.public_url.startswith("https://")
    return Visit(
        request=request,
        visitor=context.visitors.read(request.cookies.get(COOKIE)),
        address=context.addresses.of(request),
        language=asked_language(request.headers.get("accept-language", ""), spoken),
        is_secure=is_secure,
    )
