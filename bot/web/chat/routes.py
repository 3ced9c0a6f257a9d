"""The chat at `/`: the page with the talk, what is posted to it, and leaving it."""

from __future__ import annotations

import gzip
import time
from collections.abc import Sequence
from functools import partial

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from actions.store.messages.visitors import already_came, forget_visitor
from bot.channels.web.arrivals import (
    LONGEST_PRESS,
    LONGEST_REF,
    LONGEST_TEXT,
    PostedMessage,
    PostSender,
    arrivals_of,
    clean,
    place_of,
)
from bot.channels.web.entries import ChatRows
from bot.conversation.events import Edited
from bot.conversation.screen import Line
from bot.messaging.ports import Arrival, InboxUnavailable
from bot.web.chat.context import ChatContext
from bot.web.chat.forms import LATER, NOT_KEPT, TOO_BIG, TOO_MANY, BadForm, Form, kind_refused
from bot.web.chat.install import install_router
from bot.web.chat.page import View
from bot.web.chat.stream import stream_router
from bot.web.chat.transcript import ReadTalk
from bot.web.chat.visit import PRIVATE, Visit, count_files, files_left, may_send_now, visit_of
from bot.web.chat.words import NO_VISITOR, NOT_FROM_HERE, NOT_READ, NOT_SAVED, PAGE, SLOW_DOWN, TOO_LONG
from bot.web.shared.assets import takes_gzip
from bot.web.shared.origin import is_from_elsewhere

log = structlog.get_logger()

ANSWER_WITHIN_SECONDS = 2.0
"""So long a form without a script waits for its answer before the next page is shown."""
PLACE_MISSING = PAGE["place_missing"]
SAID_NEXT = {notice.key: notice for notice in (TOO_BIG, TOO_MANY, LATER, kind_refused([]), NOT_KEPT, PLACE_MISSING)}


def chat_router(context: ChatContext) -> APIRouter:
    """`/`, `/chat/…`, and what an installed page needs."""
    router = APIRouter()
    router.include_router(stream_router(context))
    router.include_router(install_router(context))

    @router.get("/")
    async def page(request: Request) -> Response:
        visit = visit_of(request, context)
        return await _show(context, visit, visit.left_to_say(SAID_NEXT), edits=request.query_params.get("edit", ""))

    @router.post("/chat/messages")
    async def messages(request: Request) -> Response:
        return await _messages(context, visit_of(request, context))

    @router.post("/chat/leave")
    async def leave(request: Request) -> Response:
        return await _leave(context, visit_of(request, context))

    return router


async def _messages(context: ChatContext, visit: Visit) -> Response:
    if is_from_elsewhere(visit.request, context.around.public_url):
        return await _refuse(context, visit, 403, NOT_FROM_HERE)
    if visit.visitor is None:
        return await _unknown(context, visit)
    may_send = await may_send_now(context, visit, visit.visitor)
    try:
        form = await context.uploads.read(visit.request, files_left(context, visit, visit.visitor) if may_send else 0)
    except BadForm as bad:
        return await _refuse(context, visit, bad.status, NOT_READ)
    except ClientDisconnect:
        return Response(status_code=400)
    if not may_send:
        return await _refuse(context, visit, 429, SLOW_DOWN, clean(form.fields.get("text", "")))
    return await _take(context, visit, visit.visitor, form)


async def _leave(context: ChatContext, visit: Visit) -> Response:
    """Forget her in this browser at once, whatever else can be done."""
    if is_from_elsewhere(visit.request, context.around.public_url):
        return await _refuse(context, visit, 403, NOT_FROM_HERE)
    response = RedirectResponse("/", 303, headers={**PRIVATE, "clear-site-data": '"storage"'})
    visit.remember(response, context, context.visitors.new())
    if visit.visitor:
        try:
            async with context.around.database.writing() as connection:
                await forget_visitor(connection, visit.visitor)
        except (SQLAlchemyError, OSError) as error:
            log.warning("notices_not_forgotten", error=type(error).__name__)
    return response


async def _take(context: ChatContext, visit: Visit, visitor: str, form: Form) -> Response:
    """Put what was posted into the inbox, or give it back with the reason."""
    posted, notices = _posted(form)
    if len(posted.text) > LONGEST_TEXT:
        context.uploads.forget(form.files)
        return await _refuse(context, visit, 413, TOO_LONG, posted.text)
    count_files(context, visit, visitor, len(form.files))
    shown = form.fields.get("lang", "")  # the language that she read, whatever her browser asks for by itself
    language = shown if shown in context.around.catalogue.languages else visit.language
    sender = PostSender(visitor, time.time_ns(), context.now(), language, partial(context.visitors.update_id, visitor))
    arrivals = arrivals_of(posted, sender)
    try:
        await _forget_known_files(context, form, arrivals)
        await context.around.inbox.put(arrivals)
    except (InboxUnavailable, SQLAlchemyError, OSError):
        context.uploads.forget(form.files)
        return await _refuse(context, visit, 503, NOT_SAVED, posted.text)
    context.sse_signals.ring(visitor)
    if visit.is_partial:
        return await _part(context, visit, visitor, arrivals, notices)
    if arrivals:
        await context.answer_comes(visitor, ANSWER_WITHIN_SECONDS)
    response = RedirectResponse("/", 303, headers=PRIVATE)
    if notices:
        visit.say_next(response, notices)
    return response


def _posted(form: Form) -> tuple[PostedMessage, list[Line]]:
    fields = form.fields
    lat, lon = fields.get("lat", "").strip(), fields.get("lon", "").strip()
    place = place_of(lat, lon) if lat or lon else None
    notices = [*form.refused, *([PLACE_MISSING] if (lat or lon) and place is None else [])]
    posted = PostedMessage(
        token=fields.get("token", ""),
        text=clean(fields.get("text", "")),
        press=clean(fields.get("press", ""))[:LONGEST_PRESS],
        place=place,
        files=tuple(form.files),
        edits=clean(fields.get("edits", ""))[:LONGEST_REF],
    )
    return posted, notices


async def _forget_known_files(context: ChatContext, form: Form, arrivals: Sequence[Arrival]) -> None:
    """Files of a form that has already arrived are not kept a second time."""
    if form.files:
        async with context.around.database.reading() as connection:
            known = await already_came(connection, [arrival.update_id for arrival in arrivals])
        if known:
            context.uploads.forget(form.files)


async def _part(
    context: ChatContext, visit: Visit, visitor: str, arrivals: Sequence[Arrival], notices: Sequence[Line]
) -> Response:
    """Her own messages that are new or read differently, and what is said of them; answers come with the stream."""
    read, _ = await _read(context, visit, visitor)
    events = [arrival.event for arrival in arrivals]
    names = {event.ref if isinstance(event, Edited) else event.id for event in events}
    new = [entry for entry in read.entries() if entry.key.removeprefix("m") in names]
    html = context.page.entries(new, read.language, context.now()) + context.page.notice(notices, read.language)
    return HTMLResponse(html, headers=PRIVATE)


async def _unknown(context: ChatContext, visit: Visit) -> Response:
    """No cookie: the page sets one. A script keeps what was typed, and puts it into the box of the new page."""
    if not visit.is_partial:
        return RedirectResponse("/", 303, headers=PRIVATE)
    language = visit.language or context.around.catalogue.languages[0]
    return HTMLResponse(context.page.notice([NO_VISITOR], language), 401, headers=PRIVATE)


async def _refuse(context: ChatContext, visit: Visit, status: int, why: Line, typed: str = "") -> Response:
    """Say why in words. Without a script it is the whole page, with what she typed in the box."""
    if not visit.is_partial:
        return await _show(context, visit, [why], status, typed)
    read, _ = await _read(context, visit, visit.visitor or "")
    return HTMLResponse(context.page.notice([why], read.language), status, headers=PRIVATE)


async def _show(
    context: ChatContext, visit: Visit, notices: Sequence[Line], status: int = 200, typed: str = "", edits: str = ""
) -> Response:
    """The page of this visitor, or of a new one; `edits` names the message of hers that comes back into the box."""
    visitor = visit.visitor or context.visitors.new()
    read, waits = await _read(context, visit, visitor)
    if waits is None:
        notices, status = [*notices, NOT_SAVED] if NOT_SAVED not in notices else notices, 503
    view = View(
        language=read.language,
        entries=(entries := read.entries()),
        cursor=read.talk.cursor,
        talk=context.visitors.talk(visitor),
        languages=context.language_buttons(visitor),
        notices=notices,
        typed=typed,
        edited=next((entry for entry in entries if entry.is_editable and entry.ref == edits), None),
        waits=bool(waits),
    )
    body, headers = (
        context.page.page(view, context.now()).encode(),
        {**PRIVATE, "vary": "accept-encoding, accept-language"},
    )
    if takes_gzip(visit.request):
        body, headers["content-encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    response = HTMLResponse(body, status, headers=headers)
    visit.remember(response, context, visitor)
    visit.forget_said(response)
    return response


async def _read(context: ChatContext, visit: Visit, visitor: str) -> tuple[ReadTalk, bool | None]:
    """Her talk, and whether an answer is still to come; an empty one, and None, while the database is away."""
    try:
        return await context.read(visitor, visit.language), await context.waits(visitor)
    except (SQLAlchemyError, OSError) as error:
        log.warning("talk_not_read", error=type(error).__name__)
        return ReadTalk(ChatRows(), visit.language or context.around.catalogue.languages[0]), None
