"""`/desk/cases/<number>/sheet`: a case on paper, as the sheet of disposition that goes with it through an office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request, Response

from bot.conversation.screen import Line, line
from bot.web.desk.case.routes import missing
from bot.web.desk.case.view import steps_of
from bot.web.desk.context import DeskContext
from bot.web.desk.reading import read_case
from bot.web.desk.view import statistics_of, tags_of
from bot.web.shared.access import guarded

WORDS: Final[Mapping[str, Line]] = {
    "office": line("sheet-office"),
    "number": line("case-number"),
    "story": line("desk-story"),
    "erased": line("officer-card-erased"),
    "history": line("desk-history"),
    "given_to": line("sheet-given-to"),
    "do": line("sheet-do"),
    "instruction": line("sheet-instruction"),
    "signed": line("sheet-signed"),
    "print": line("slip-print"),
    "back": line("sheet-back"),
}
TO_DO: Final = tuple(line(f"sheet-do-{number}") for number in range(1, 5))
"""What a head of office ticks on the sheet."""


def sheet_router(context: DeskContext) -> APIRouter:
    """The page."""
    router = guarded(context.sign_in)

    @router.get("/desk/cases/{ticket}/sheet")
    async def sheet(request: Request, ticket: str) -> Response:
        return await _sheet(context, request, ticket)

    return router


async def _sheet(context: DeskContext, request: Request, ticket: str) -> Response:
    async with context.database.reading() as connection:
        read = await read_case(context, connection, request, ticket)
    if read is None:
        return missing(context, request)
    regency, today = context.regency, context.regency.calendar.day(context.now())
    return context.answer(
        request,
        "desk/case/sheet.html",
        line("sheet-title", ticket=ticket),
        WORDS,
        case=read.case,
        regency=regency.name,
        facts=statistics_of(read.case, read.words, read.case_state, read.names, regency),
        tags=tags_of(read.case, today),
        story=read.words.story if read.words else None,
        steps=[step for step in steps_of(read.events, read.sayings, read.names, regency) if not step.is_beside],
        to_do=TO_DO,
        printed=line("sheet-printed", date=today),
    )
