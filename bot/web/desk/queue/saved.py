"""`/desk/filters`: gives a name to the part of a list that is shown, and forgets it again."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.people.queue_filters import LONGEST_NAME, LONGEST_QUERY, drop_filter, save_filter
from bot.conversation.screen import line
from bot.web.account.context import HEADERS
from bot.web.desk.case.acting import UNPROCESSABLE
from bot.web.desk.case.view import WORDS
from bot.web.desk.context import DeskContext
from bot.web.desk.queue.filters import QueueFilter
from bot.web.desk.reading import list_named, lists_for
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import UnreadForm, posted


def saved_router(context: DeskContext) -> APIRouter:
    """What its form sends."""
    router = guarded(context.sign_in)

    @router.post("/desk/filters")
    async def name_it(request: Request) -> Response:
        try:
            sent = (await posted(request)).fields
        except UnreadForm:
            return context.sign_in.note(request, UNPROCESSABLE, line("desk-title"), line("desk-form-unread"))
        person = person_of(request)
        if drop := sent.get("drop", ""):
            async with context.database.writing() as connection:
                await drop_filter(connection, person.id, drop)
            return RedirectResponse("/desk?list=first", 303, headers=HEADERS)
        name = " ".join(sent.get("name", "").split())[:LONGEST_NAME]
        query = await _query(context, request, sent.get("query", ""))
        async with context.database.writing() as connection:
            is_kept = bool(name) and await save_filter(connection, person.id, name, query)
        if not is_kept:
            note = line("queue-not-saved")
            return context.answer(request, "desk/note.html", line("desk-queue"), WORDS, UNPROCESSABLE, note=note)
        return RedirectResponse(f"/desk?{query}", 303, headers=HEADERS)

    return router


async def _query(context: DeskContext, request: Request, written: str) -> str:
    """The part of a list as the address of it, with nothing in it that is not of one."""
    asked = dict(parse_qsl(written[:LONGEST_QUERY]))
    async with context.database.reading() as connection:
        one = list_named(await lists_for(context, connection, person_of(request)), asked.get("list", ""))
    kept = QueueFilter.read(asked, context.regency).query
    return urlencode(({"list": one.name} if one else {}) | kept)
