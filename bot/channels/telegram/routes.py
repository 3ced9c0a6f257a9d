"""Where Telegram posts updates: the secret before the body, the commit before the 200."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from telegram import Bot

from bot.channels.telegram.webhook import SECRET_HEADER, BadBody, arrivals_of_body, check_secret
from bot.messaging.ports import Inbox, InboxUnavailable
from bot.messaging.posts import posted_body

MOST_BYTES = 1_000_000


def webhook_router(bot: Bot, inbox: Inbox, secret: str, clock: Callable[[], datetime]) -> APIRouter:
    """`POST /telegram`."""
    router = APIRouter()

    @router.post("/telegram")
    async def telegram(request: Request) -> Response:
        if not check_secret(request.headers.get(SECRET_HEADER), secret):
            return Response(status_code=401)
        body = await posted_body(request, MOST_BYTES)
        if body is None:
            return Response(status_code=413)
        try:
            arrival = arrivals_of_body(body, bot, clock())
        except BadBody:
            return Response(status_code=400)
        try:
            await inbox.put([arrival] if arrival else [])
        except InboxUnavailable:
            return Response(status_code=503)
        return Response(status_code=200)

    return router
