"""`/data-saya`: everything that is kept of whoever talks here, for the browser in which she talks and no other."""

from __future__ import annotations

from typing import Final

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.web.arrivals import CHANNEL
from bot.conversation.own_data.words import HTML, JSON
from bot.services.forgetting import PAGE
from bot.services.own_data_export import OwnDocuments
from bot.services.own_data_page import POLICY
from bot.web.chat.context import ChatContext
from bot.web.chat.visit import visit_of
from bot.web.shared.rate_limits import Bucket

log = structlog.get_logger()

PAGES_AT_ONCE, PAGES_A_SECOND = 6, 0.02
HEADERS: Final = {
    "cache-control": "private, no-store",
    "x-robots-tag": "noindex, nofollow",
    "referrer-policy": "no-referrer",
    "content-security-policy": f"{POLICY}; frame-ancestors 'none'",
}


def own_data_router(chat: ChatContext, documents: OwnDocuments) -> APIRouter:
    """The page, and the same as JSON."""
    router, pages = APIRouter(), Bucket(PAGES_AT_ONCE, PAGES_A_SECOND)

    async def answer(request: Request, which: str) -> Response:
        visit = visit_of(request, chat)
        if visit.visitor is None:
            return RedirectResponse("/", 303, headers=HEADERS)
        if not pages.take(visit.visitor):
            return Response(status_code=429, headers={**HEADERS, "retry-after": "60"})
        try:
            document = await documents.document((CHANNEL, visit.visitor), which)
        except (SQLAlchemyError, OSError) as error:
            log.warning("own_data_not_read", error=type(error).__name__)
            return Response(status_code=503, headers={**HEADERS, "retry-after": "30"})
        saved = {"content-disposition": f'attachment; filename="{document.name}"'} if which == JSON else {}
        return Response(document.content, media_type=document.media_type, headers={**HEADERS, **saved})

    @router.get(PAGE)
    async def to_read(request: Request) -> Response:
        return await answer(request, HTML)

    @router.get(f"{PAGE}.json")
    async def as_json(request: Request) -> Response:
        return await answer(request, JSON)

    return router
