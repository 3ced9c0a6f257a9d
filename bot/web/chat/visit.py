"""Who asks for a page of the chat, the cookies that a page sets, and whether she may send now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from fastapi import Request, Response
from sqlalchemy.exc import SQLAlchemyError

from actions.store.messages.messages import load_records
from bot.channels.web.arrivals import CHANNEL, clean
from bot.channels.web.visitors import COOKIE, COOKIE_SECONDS
from bot.conversation.screen import Line
from bot.web.chat.context import ChatContext
from bot.web.chat.forms import LONGEST_NAME, MOST_NAMED
from bot.web.chat.transcript import asked_language
from bot.web.shared.client_address import LOCAL

NOTICE_COOKIE = "lapor_notice"
NOTICE_SECONDS = 60
LONGEST_NAMES = MOST_NAMED * (LONGEST_NAME + len(", "))
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
        """Have the next page say this; the browser only keeps the names of what is said, and of files not taken."""
        self._set(response, NOTICE_COOKIE, ".".join(map(_in_cookie, notices)), NOTICE_SECONDS)

    def left_to_say(self, known: Mapping[str, Line]) -> list[Line]:
        """The notice that the previous request has left in a cookie."""
        said = [one.partition("-of-")[::2] for one in self.request.cookies.get(NOTICE_COOKIE, "").split(".")]
        return [_with_files(known[key], files) for key, files in said if key in known]

    def forget_said(self, response: Response) -> None:
        """Removes the notice's cookie, since the page shows it now."""
        if NOTICE_COOKIE in self.request.cookies:
            response.delete_cookie(NOTICE_COOKIE, path="/")

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self.is_secure, httponly=True, samesite="lax"
        )


def _in_cookie(notice: Line) -> str:
    files = dict(notice.args).get("files", "")
    return f"{notice.key}-of-{quote(str(files), safe='').replace('.', '%2E')}" if files else notice.key


def _with_files(notice: Line, files: str) -> Line:
    """As it was said; whatever a cookie holds, a notice that names no files still says what it says."""
    names_files = "files" in dict(notice.args)
    return replace(notice, args=(("files", clean(unquote(files))[:LONGEST_NAMES]),)) if names_files else notice


def visit_of(request: Request, context: ChatContext) -> Visit:
    """Returns who asks, read from the cookies of the request."""
    spoken = context.around.catalogue.languages
    is_secure = context.addresses.is_secure(request) or context.around.public_url.startswith("https://")
    return Visit(
        request=request,
        visitor=context.visitors.read(request.cookies.get(COOKIE)),
        address=context.addresses.of(request),
        language=asked_language(request.headers.get("accept-language", ""), spoken),
        is_secure=is_secure,
    )


async def may_send_now(context: ChatContext, visit: Visit, visitor: str) -> bool:
    """Count one message of hers; False when it is one too many."""
    limits, is_new = context.limits, not context.limits.messages.knows(visitor)
    if not limits.messages.take(visitor):
        return False
    if visit.address == LOCAL:
        return True
    if not limits.messages_of_address.take(visit.address):
        return False
    if is_new and not await _was_here(context, visitor):
        return limits.new_talks_of_address.take(visit.address)
    return True


def files_left(context: ChatContext, visit: Visit, visitor: str) -> int:
    """How many files she may send now."""
    left = context.limits.files.left(visitor)
    return int(left if visit.address == LOCAL else min(left, context.limits.files_of_address.left(visit.address)))


def count_files(context: ChatContext, visit: Visit, visitor: str, files: int) -> None:
    """Count the files that were kept."""
    if files:
        context.limits.files.take(visitor, files)
        context.limits.files_of_address.take(visit.address, files)


async def _was_here(context: ChatContext, visitor: str) -> bool:
    """Whether the visitor has sent a message before."""
    try:
        async with context.around.database.reading() as connection:
            return bool(await load_records(connection, [(CHANNEL, visitor)]))
    except (SQLAlchemyError, OSError):
        return True  # what she sends will be refused for another reason
