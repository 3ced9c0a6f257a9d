"""What changes in a talk, sent to an open page as it happens, and after a pause from where the page had read to."""

# No postponed annotations here: FastAPI reads those of the route, which name what only the router knows.

from collections.abc import AsyncIterator
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Header, HTTPException, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.web.entries import Cursor, changes
from bot.channels.web.sse_signals import Ring
from bot.web.chat.context import ChatContext
from bot.web.chat.visit import Visit, visit_of

log = structlog.get_logger()

BEAT_SECONDS = 20.0
"""So often a page hears that it still hears; one that hears nothing for twice as long connects anew."""
LOOK_FOR_FILES_SECONDS = 0.5
"""So soon a page looks whether a file of hers has come; it may take longer, and then looks grow rarer."""
RETRY_MILLISECONDS = 1000


def stream_router(context: ChatContext) -> APIRouter:
    """`GET /chat/stream`."""
    router = APIRouter()

    def reader_of(request: Request) -> Visit:
        visit = visit_of(request, context)
        if visit.visitor is None:
            raise HTTPException(401)
        if context.sse_signals.pages_of(visit.visitor) >= context.limits.pages:
            raise HTTPException(429)
        return visit

    @router.get("/chat/stream", response_class=EventSourceResponse)
    async def stream(
        visit: Annotated[Visit, Depends(reader_of)],
        after: str = "",
        lang: str = "",
        last_event_id: Annotated[str | None, Header()] = None,
    ) -> AsyncIterator[ServerSentEvent]:
        try:
            async for event in _events(context, visit, Cursor.read(last_event_id or after), lang):
                yield event
        except (SQLAlchemyError, OSError) as error:
            log.warning("stream_ended", error=type(error).__name__)  # the page connects anew

    return router


async def _events(context: ChatContext, visit: Visit, cursor: Cursor, language: str) -> AsyncIterator[ServerSentEvent]:
    """Each change once; a page that shows another language than the talk now has is told to load itself anew."""
    visitor = visit.visitor or ""
    with context.sse_signals.listen(visitor) as bell:
        known, pause = None, LOOK_FOR_FILES_SECONDS
        while not context.sse_signals.is_closed:
            read = await context.read(visitor, visit.language)
            now = read.entries()
            changed = changes(read.entries_before(cursor) if known is None else known, now)
            if language and read.language != language:
                yield ServerSentEvent(event="lapor:reload", raw_data="")
            elif changed or known is None:
                html = context.page.entries(changed, read.language, context.now()) if changed else None
                yield ServerSentEvent(raw_data=html, id=str(read.talk.cursor), retry=RETRY_MILLISECONDS)
            pause = min(pause * 2, BEAT_SECONDS) if known == now else LOOK_FOR_FILES_SECONDS
            known = now
            while (ring := await bell.rings(pause if read.awaits_files else BEAT_SECONDS)) is not Ring.NEWS:
                yield ServerSentEvent(event="lapor:typing" if ring is Ring.TYPING else "lapor:beat", raw_data="")
                if read.awaits_files and ring is Ring.NOTHING:
                    break
