"""`/open311/v2`: what is asked and answered. A format stands at the end of an address, else in `Accept`; else XML."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from actions.cases.case import Severity
from actions.cases.handlers import Paused
from actions.privacy.redaction import Moderated
from actions.store.cases.redactions import moderated_of
from actions.store.statistics.listing import ListedCase, ListingCursor, list_between, list_numbered
from bot.conversation.draft import UNKNOWN
from bot.integrations.open311.context import PATH, Open311Context
from bot.integrations.open311.documents import Open311Documents
from bot.integrations.open311.openapi import openapi
from bot.integrations.open311.posted import (
    AWAY,
    MOST_BYTES,
    NO_SUCH_PAGE,
    NO_SUCH_REQUEST,
    NO_SUCH_SERVICE,
    NO_SUCH_TOKEN,
    UNREADABLE,
    Problem,
    TurnedAway,
    read_form,
    read_posted,
    too_soon,
)
from bot.integrations.open311.query import AskedRequests, number_of, query_after, read_asked
from bot.integrations.open311.serialisation import MEDIA_TYPES, Ending, Node, written
from bot.messaging.posts import posted_body

log = structlog.get_logger()

HEADERS: Final = {"cache-control": "no-store", "vary": "accept, accept-language"}
ERRORS: Final = "errors"


@dataclass(frozen=True, slots=True)
class AnswerDocument:
    """An answer before it is written: the name of its root, what it holds, and what stands above it."""

    root: str
    document: Node
    headers: Mapping[str, str]


type Make = Callable[[Open311Documents], Awaitable[AnswerDocument]]


async def answered(context: Open311Context, request: Request, ending: str, make: Make) -> Response:
    """The response that `make` builds, or the error document of why it cannot."""
    written_as = _ending(ending, request.headers.get("accept", ""))
    documents = context.documents(context.language(request))
    try:
        answer, status = await (make if written_as else _no_page)(documents), 200
    except TurnedAway as turned:
        answer, status = _refused(documents, turned.problem), turned.problem.status
    except (SQLAlchemyError, OSError) as error:
        log.warning("open311_not_answered", error=type(error).__name__)
        answer, status = _refused(documents, AWAY), AWAY.status
    except ClientDisconnect:
        return Response(status_code=400)
    ending = written_as or Ending.XML
    body = written(answer.root, answer.document, ending)
    return Response(body, status, headers={**HEADERS, **answer.headers}, media_type=MEDIA_TYPES[ending])


async def _no_page(_: Open311Documents) -> AnswerDocument:
    raise TurnedAway(NO_SUCH_PAGE)


def made(root: str, document: Node, headers: Mapping[str, str] | None = None) -> AnswerDocument:
    """A response with this document in the format that was asked for."""
    return AnswerDocument(root, document, headers or {})


def _refused(documents: Open311Documents, problem: Problem) -> AnswerDocument:
    wait = {"retry-after": str(problem.wait_seconds)} if problem.wait_seconds else {}
    return made(ERRORS, documents.errors(problem.status, problem.words), wait)


def parted(name: str) -> tuple[str, str]:
    """A name and the format behind it; a name without one is that of no format."""
    stem, dot, ending = name.rpartition(".")
    return (stem, ending) if dot else (name, "")


def _ending(told: str, accept: str) -> Ending | None:
    """The format that is asked for; None for one that there is not."""
    if told:
        return Ending(told) if told in set(Ending) else None
    wishes = [wish.partition(";")[0].strip().lower() for wish in accept.split(",")]
    known = {"application/json": Ending.JSON, "text/xml": Ending.XML, "application/xml": Ending.XML}
    return next((known[wish] for wish in wishes if wish in known), Ending.XML)


def open311_router(context: Open311Context) -> APIRouter:
    """The routes of all addresses that the specification names."""
    router = APIRouter()

    @router.get("/open311/v2/discovery")
    @router.get("/open311/v2/discovery.{ending}")
    async def discovery(request: Request, ending: str = "") -> Response:
        async def make(documents: Open311Documents) -> AnswerDocument:
            await context.reader(request)
            return made("discovery", documents.discovery(context.endpoint))

        return await answered(context, request, ending, make)

    @router.get("/open311/v2/openapi.json")
    async def description(request: Request) -> Response:
        async def make(_: Open311Documents) -> AnswerDocument:
            await context.reader(request)
            return made("openapi", openapi(context.endpoint, context.slugs, context.regency.regions))

        return await answered(context, request, Ending.JSON, make)

    @router.get("/open311/v2/services")
    @router.get("/open311/v2/services.{ending}")
    async def services(request: Request, ending: str = "") -> Response:
        async def make(documents: Open311Documents) -> AnswerDocument:
            await _reads(context, request)
            return made("services", documents.services())

        return await answered(context, request, ending, make)

    @router.get("/open311/v2/services/{name}")
    async def service(request: Request, name: str) -> Response:
        slug, ending = parted(name)

        async def make(documents: Open311Documents) -> AnswerDocument:
            await _reads(context, request)
            if slug not in context.slugs | {UNKNOWN}:
                raise TurnedAway(NO_SUCH_SERVICE)
            return made("service_definition", documents.definition(slug))

        return await answered(context, request, ending, make)

    _add_requests(router, context)
    return router


def _add_requests(router: APIRouter, context: Open311Context) -> None:
    @router.get("/open311/v2/requests")
    @router.get("/open311/v2/requests.{ending}")
    async def requests(request: Request, ending: str = "") -> Response:
        async def make(documents: Open311Documents) -> AnswerDocument:
            return await _list(context, request, documents)

        return await answered(context, request, ending, make)

    @router.post("/open311/v2/requests")
    @router.post("/open311/v2/requests.{ending}")
    async def file(request: Request, ending: str = "") -> Response:
        async def make(documents: Open311Documents) -> AnswerDocument:
            return await _file(context, request, documents)

        return await answered(context, request, ending, make)

    @router.get("/open311/v2/requests/{name}")
    async def one(request: Request, name: str) -> Response:
        number, ending = parted(name)

        async def make(documents: Open311Documents) -> AnswerDocument:
            reader = await _reads(context, request)
            found, let_out = await _numbered(context, reader, (number_of(number),))
            if not found:
                raise TurnedAway(NO_SUCH_REQUEST)
            return made("service_requests", documents.requests(found, let_out, context.today()))

        return await answered(context, request, ending, make)

    @router.get("/open311/v2/tokens/{name}")
    async def token(request: Request, name: str) -> Response:
        """Every request has its number at once, so that there are none."""

        async def make(_: Open311Documents) -> AnswerDocument:
            await _reads(context, request)
            raise TurnedAway(NO_SUCH_TOKEN)

        return await answered(context, request, parted(name)[1], make)


async def _reads(context: Open311Context, request: Request) -> str:
    reader = await context.reader(request)
    context.check_jurisdiction(request.query_params.get("jurisdiction_id", ""))
    return reader


async def _list(context: Open311Context, request: Request, documents: Open311Documents) -> AnswerDocument:
    reader = await _reads(context, request)
    asked = read_asked(request.query_params, context.today(), context.regency.time_zone, context.slugs)
    if asked.numbers:
        (found, let_out), further = await _numbered(context, reader, asked.numbers), False
    else:
        found, let_out, further = await _newest(context, asked)
    headers = {}
    if further:
        last = ListingCursor(found[-1].statistics.received_on, found[-1].statistics.ticket)
        path = request.url.path.removeprefix(PATH)
        headers["link"] = f'<{context.endpoint}{path}?{query_after(request.query_params, last)}>; rel="next"'
    return made("service_requests", documents.requests(found, let_out, context.today()), headers)


async def _newest(
    context: Open311Context, asked: AskedRequests
) -> tuple[Sequence[ListedCase], Mapping[str, Moderated], bool]:
    async with context.database.reading() as connection:
        found = await list_between(connection, asked.span, asked.after, asked.most + 1)
        shown = found[: asked.most]
        return shown, await moderated_of(connection, [one.case.ticket for one in shown]), len(found) > asked.most


async def _numbered(
    context: Open311Context, reader: str, numbers: Sequence[str]
) -> tuple[Sequence[ListedCase], Mapping[str, Moderated]]:
    """Those that anybody may see; each that is not found counts as a number that was guessed."""
    now, found = context.chat.now(), len(numbers)
    if until := context.failed.paused_until((reader,), now):
        raise TurnedAway(too_soon(int((until - now).total_seconds()) + 1))
    for _ in numbers:
        context.failed.begin((reader,), now)
    try:
        async with context.database.reading() as connection:
            listed = await list_numbered(connection, numbers)
            found = len(listed)
            return listed, await moderated_of(connection, [one.case.ticket for one in listed])
    finally:
        for _ in range(found):
            context.failed.forgive((reader,), now)


async def _file(context: Open311Context, request: Request, documents: Open311Documents) -> AnswerDocument:
    form = read_form(await _body(request), request.headers.get("content-type", ""))
    key = await context.sender(request, form.get("api_key", ""))
    context.check_jurisdiction(form.get("jurisdiction_id", ""))
    told = read_posted(form, context.slugs, context.regency.regions, request.headers.get("idempotency-key", ""))
    posted = replace(told, category=context.regency.offered_for(told.category))
    at = context.chat.now()
    filed = await context.filing.file(key.name, posted, at, context.language(request))
    if isinstance(filed, Paused):
        raise TurnedAway(too_soon(int((filed.until - at).total_seconds()) + 1))
    if not filed.again:
        log.info("case_filed", channel=filed.case.channel)
        context.count(filed.case.channel)
    is_urgent = filed.case.severity is Severity.URGENT
    return made("service_requests", documents.received(filed, posted, is_urgent=is_urgent))


async def _body(request: Request) -> bytes:
    body = await posted_body(request, MOST_BYTES)
    if body is None:
        raise TurnedAway(UNREADABLE)
    return body
