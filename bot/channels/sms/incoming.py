"""Where a gateway posts what citizens wrote and what became of answers: secret, body, commit, and then the 200."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest
from typing import Final

import structlog
from fastapi import APIRouter, Request, Response

from bot.channels.sms.arrivals import seems_to_go_on, sms_arrival
from bot.channels.sms.dialects.dialect import Dialect, IncomingSms, Posted
from bot.channels.sms.gsm import in_sms_letters
from bot.channels.sms.http_gateway import LONGEST_NAME, SECRET_HEADER
from bot.channels.sms.senders import person
from bot.messaging.machine_watch import MachineWatch
from bot.messaging.ports import InboxUnavailable, MessagePart, MessageParts, Receipts
from bot.messaging.posts import posted_body

log = structlog.get_logger()

MOST_BYTES: Final = 20_000
NOT_READABLE: Final = (ValueError, TypeError, KeyError, RecursionError)


@dataclass(frozen=True, slots=True)
class IncomingMessages:
    """Takes what came, over HTTP or SMPP: people's words, whole or in parts, and nothing of machines."""

    parts: MessageParts
    clock: Callable[[], datetime]
    machines: MachineWatch = field(default_factory=MachineWatch)

    async def take(self, sms: IncomingSms, digest: str = "") -> None:
        """Keep it; returns after the commit. `digest` stands for it where it has no id.

        Raises:
            InboxUnavailable: nothing was written.
        """
        chat, at = person(sms.sender), self.clock()
        if not chat or self.machines.is_machine(chat, in_sms_letters(sms.text), sms.key, at):
            log.info("sms_of_a_machine")
            return
        if sms.part:
            reference = f"{sms.part.reference}"
            part = MessagePart(chat, reference, sms.part.number, sms.part.total, sms.text.replace("\0", ""), at)
            await self.parts.put_part(part)
        else:
            arrival = sms_arrival(chat, sms.key, sms.text, at)
            await self.parts.put(arrival, digest=digest, waits=seems_to_go_on(sms.text))
        self.machines.was_kept(chat, in_sms_letters(sms.text), sms.key, at)


def sms_router(messages: IncomingMessages, receipts: Receipts, dialect: Dialect, secret: str) -> APIRouter:
    """`POST /sms`, and `/sms/receipts` by GET or POST, in the gateway's dialect."""
    router = APIRouter()

    async def take_sms(posted: Posted) -> None:
        found = dialect.incoming(posted)
        if not found.key:
            raise ValueError("no id")
        await messages.take(found)

    async def take_receipt(posted: Posted) -> None:
        news = dialect.receipt(posted)
        if news.receipt and 0 < len(news.part) <= LONGEST_NAME:
            await receipts.put(news.part, news.receipt)

    @router.post("/sms")
    async def sms(request: Request) -> Response:
        return await _taken(request, secret, take_sms, dialect.acknowledgement)

    @router.get("/sms/receipts")
    @router.post("/sms/receipts")
    async def sms_receipts(request: Request) -> Response:
        return await _taken(request, secret, take_receipt, dialect.acknowledgement)

    return router


async def _taken(
    request: Request, secret: str, take: Callable[[Posted], Awaitable[None]], acknowledgement: str
) -> Response:
    """What is answered: the acknowledgement once it is kept."""
    posted = await _posted(request, secret)
    if isinstance(posted, Response):
        return posted
    try:
        await take(posted)
    except InboxUnavailable:
        return Response(status_code=503)
    except NOT_READABLE:
        return Response(status_code=400)
    return Response(acknowledgement, media_type="text/plain")


async def _posted(request: Request, secret: str) -> Posted | Response:
    """What was posted by somebody who knows the secret; a refusal for anybody else, before the body is read."""
    given = request.headers.get(SECRET_HEADER) or request.query_params.get("key", "")
    if not compare_digest(given.encode("utf-8", "replace"), secret.encode()):
        return Response(status_code=401)
    body = await posted_body(request, MOST_BYTES)
    if body is None:
        return Response(status_code=413)
    return Posted(request.query_params, request.headers, body)
