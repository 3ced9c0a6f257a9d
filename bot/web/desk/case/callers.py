"""`/desk/cases/<number>/callers`: who is to be rung with the answer. For the people of an agency, and logged."""

from __future__ import annotations

import structlog
from fastapi import APIRouter, Request, Response

from actions.people.sign_in import BrokenSeal
from actions.store.cases.callers import callers_of
from actions.store.cases.casebook import SqlCaseBook
from bot.conversation.screen import line
from bot.web.desk.case.routes import missing
from bot.web.desk.case.view import WORDS
from bot.web.desk.context import DeskContext
from bot.web.desk.reading import hold_in_hand
from bot.web.shared.access import guarded, person_of

log = structlog.get_logger()


def callers_router(context: DeskContext) -> APIRouter:
    """The numbers of one case."""
    router = guarded(context.sign_in)

    @router.get("/desk/cases/{ticket}/callers")
    async def callers(request: Request, ticket: str) -> Response:
        async with context.database.reading() as connection:
            held = await hold_in_hand(context, connection, SqlCaseBook(connection), request, ticket)
            sealed = await callers_of(connection, ticket) if held else []
        if held is None:
            return missing(context, request)
        log.info("callers_shown", person=person_of(request).id, count=len(sealed))
        return context.answer(
            request,
            "desk/case/callers.html",
            line("callers-title", ticket=ticket),
            {**WORDS, "callers_about": line("callers-about"), "callers_none": line("callers-none")},
            ticket=ticket,
            callers=[(_opened(context, one), line("desk-moment", at=at)) for one, at in sealed],
        )

    return router


def _opened(context: DeskContext, sealed: str) -> str:
    """The number; "-" where the key with which it was sealed is lost."""
    try:
        return context.callers.opened(sealed)
    except BrokenSeal:
        return "-"
