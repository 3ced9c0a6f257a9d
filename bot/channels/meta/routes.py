"""Where Meta posts: the signature over the bytes before anything is read, the commit before the 200."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hmac import compare_digest
from typing import Final

import structlog
from fastapi import APIRouter, Request, Response
from pydantic import JsonValue, ValidationError

from bot.channels.meta.arrivals import row_name, whatsapp_arrival
from bot.channels.meta.errors import receipt_of
from bot.channels.meta.settings import WhatsAppSettings
from bot.channels.meta.webhook import (
    SIGNATURE_HEADER,
    IncomingMessage,
    PostedValue,
    WebhookPost,
    WhatsAppStatus,
    is_signed,
)
from bot.messaging.ports import Arrival, Inbox, Receipts
from bot.messaging.posts import answer_signed_post

log = structlog.get_logger()

OBJECT: Final = "whatsapp_business_account"
FIELD: Final = "messages"
MOST_BYTES: Final = 3_000_000
"""Meta's own limit of a post."""


@dataclass(frozen=True, slots=True)
class WhatsAppPosts:
    """Takes what is posted for one number: messages to the inbox, statuses to the receipts."""

    settings: WhatsAppSettings
    inbox: Inbox
    receipts: Receipts
    clock: Callable[[], datetime]

    async def take(self, body: bytes) -> None:
        """Keep what a signed post holds; returns after the commit.

        Raises:
            InboxUnavailable: not everything was written; all of it is posted again.
            ValidationError: it is no post of Meta's.
        """
        values = list(self._values(WebhookPost.model_validate_json(body)))
        arrivals = [arrival for value in values for arrival in self._arrivals(value)]
        if arrivals:
            await self.inbox.put(arrivals)
        for value in values:
            for status in value.statuses:
                await self._receipt(status)

    def _values(self, post: WebhookPost) -> Iterator[PostedValue]:
        """What concerns our number: an app may have several."""
        changes = [change for entry in post.entry for change in entry.changes] if post.object == OBJECT else []
        for change in changes:
            if change.field != FIELD:
                continue
            try:
                value = PostedValue.model_validate(change.value)
            except ValidationError:
                log.warning("whatsapp_unreadable", what="value")
                continue
            if value.metadata.phone_number_id == self.settings.phone_id:
                yield value
            else:
                log.info("whatsapp_of_another_number")

    def _arrivals(self, value: PostedValue) -> Iterator[Arrival]:
        names = {contact.wa_id: contact.profile.name for contact in value.contacts}
        for given in value.messages:
            message = _read(given)
            if message is None:
                log.warning("whatsapp_unreadable", what="message")
            elif arrival := whatsapp_arrival(message, names.get(message.sender, ""), self.clock()):
                yield arrival

    async def _receipt(self, given: dict[str, JsonValue]) -> None:
        try:
            status = WhatsAppStatus.model_validate(given)
        except ValidationError:
            log.warning("whatsapp_unreadable", what="status")
            return
        codes = [error.code for error in status.errors]
        if codes:
            log.info("whatsapp_not_delivered", codes=codes)
        if receipt := receipt_of(status.status, codes):
            await self.receipts.put(row_name(status.id), receipt)


def _read(given: dict[str, JsonValue]) -> IncomingMessage | None:
    """A message; where a member is other than it is known, the message without it, which is still answered."""
    bare = {name: given[name] for name in ("id", "from", "timestamp", "type") if name in given}
    for less in (given, bare):
        try:
            return IncomingMessage.model_validate(less)
        except ValidationError:
            continue
    return None


def whatsapp_router(posts: WhatsAppPosts, settings: WhatsAppSettings) -> APIRouter:
    """`GET /whatsapp`, with which Meta makes sure whose address it is, and `POST /whatsapp`."""
    router = APIRouter()

    @router.get("/whatsapp")
    async def challenge(request: Request) -> Response:
        asked = request.query_params
        token = asked.get("hub.verify_token", "").encode("utf-8", "replace")
        if asked.get("hub.mode") != "subscribe" or not compare_digest(token, settings.verify_token.encode()):
            return Response(status_code=403)
        return Response(asked.get("hub.challenge", ""), media_type="text/plain")

    @router.post("/whatsapp")
    async def whatsapp(request: Request) -> Response:
        is_theirs = partial(is_signed, secret=settings.app_secret)
        return await answer_signed_post(request, MOST_BYTES, SIGNATURE_HEADER, is_theirs, posts.take)

    return router
