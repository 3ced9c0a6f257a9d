"""`/desk/sp4n`: what went to SP4N-LAPOR! and came from there, what waits, and what neither side has a name for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.casebook import SqlCaseBook
from actions.store.integrations.sp4n import (
    HANDOVER,
    NEW,
    PROGRESS,
    REMOTE_STATUS,
    REPORT,
    UNREADABLE,
    Exchange,
    Sp4nBacklog,
    latest_exchanges,
    sp4n_backlog,
    unmapped_topics,
    untopical_categories,
)
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.web.desk.context import DeskContext
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import whole_number

ON_A_PAGE: Final = 30
WORDS: Final[Mapping[str, Line]] = {
    "off": line("sp4n-off"),
    "latest": line("sp4n-latest"),
    "none": line("sp4n-none"),
    "further": line("sp4n-further"),
    "look": line("sp4n-look"),
}
KINDS: Final[Mapping[str, Line]] = {
    HANDOVER: line("sp4n-handover"),
    PROGRESS: line("sp4n-progress"),
    REPORT: line("sp4n-report"),
    REMOTE_STATUS: line("sp4n-status"),
}


@dataclass(frozen=True, slots=True)
class ShownExchange:
    """One thing that went there or came from there; `notes` say where it stands, and what is in its way."""

    what: Line
    ticket: str
    number: str
    at: Line
    notes: Sequence[Line]


def sp4n_router(context: DeskContext) -> APIRouter:
    """The page."""
    router = guarded(context.sign_in)

    @router.get("/desk/sp4n")
    async def page(request: Request) -> Response:
        return await _page(context, request)

    return router


async def _page(context: DeskContext, request: Request) -> Response:
    before = whole_number(request.query_params.get("before", "")) or 0
    async with context.database.reading() as connection:
        found = await latest_exchanges(connection, ON_A_PAGE + 1, before)
        shown = [one for each in found[:ON_A_PAGE] if (one := await _shown(context, connection, request, each))]
        backlog, notes = await sp4n_backlog(connection), [one async for one in _unknown(context, connection)]
    mapping = context.regency.sp4n
    return context.answer(
        request,
        "desk/sp4n/sp4n.html",
        line("sp4n-title"),
        WORDS,
        about=line("sp4n-about", body=mapping.name),
        is_on=bool(context.regency.connected),
        notes=[*_backlog(backlog), *notes],
        shown=shown,
        further=found[ON_A_PAGE - 1].id if found[ON_A_PAGE:] else 0,
    )


def _backlog(backlog: Sp4nBacklog) -> Iterator[Line]:
    """What waits, and what stands in its way."""
    if backlog.waiting:
        yield line("sp4n-waiting", count=backlog.waiting)
    for code, count in sorted(backlog.in_the_way.items()):
        yield line("sp4n-in-the-way", code=code, count=count)
    if backlog.unreadable:
        yield line("sp4n-unreadable", count=backlog.unreadable)


async def _unknown(context: DeskContext, connection: AsyncConnection) -> AsyncIterator[Line]:
    """What one side calls by a name that the other does not have."""
    mapping = context.regency.sp4n
    for (topic, name), count in sorted((await unmapped_topics(connection, mapping.categories)).items()):
        yield line("sp4n-unmapped", topic=topic, name=name or topic, count=count)
    for slug, count in sorted((await untopical_categories(connection, mapping.topics)).items()):
        yield line("sp4n-without-topic", category=Label(LabelSource.CATEGORY, slug), count=count)


async def _shown(
    context: DeskContext, connection: AsyncConnection, request: Request, one: Exchange
) -> ShownExchange | None:
    """Nothing of a case that she may not read."""
    if one.ticket:
        case = await SqlCaseBook(connection).by_ticket(one.ticket)
        if not context.may_read(person_of(request), case):
            return None
    notes = list[Line]()
    if one.kind == REMOTE_STATUS:
        notes.append(line("sp4n-word", word=one.item))
    if one.state == UNREADABLE:
        notes.append(line("sp4n-not-read"))
    if one.state == NEW:
        notes.append(line("sp4n-not-sent-yet", code=one.obstacle, count=one.attempts))
    at = line("desk-moment", at=one.done_at or one.created_at)
    return ShownExchange(KINDS[one.kind], one.ticket, one.tracking_id, at, notes)
