"""Where the gateway posts what citizens wrote: the secret before the body, the commit before the 200."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime
from hmac import compare_digest
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from bot.channels.sms.channel import CHANNEL, SECRET_HEADER
from bot.conversation.events import Said, SentOther
from bot.messaging.ports import Arrival, Inbox, InboxUnavailable

MOST_BYTES = 20_000
NUMBER = re.compile(r"\+\d{9,15}", re.ASCII)
"""A subscriber. Names and short numbers are machines, which would answer our answers for ever."""


def sms_router(inbox: Inbox, secret: str, clock: Callable[[], datetime]) -> APIRouter:
    """`POST /sms`: a form or JSON with `from`, `text` and the gateway's `id`; the same `id` is the same message."""
    router = APIRouter()

    @router.post("/sms")
    async def sms(request: Request) -> Response:
        if not compare_digest(request.headers.get(SECRET_HEADER, "").encode("latin-1"), secret.encode()):
            return Response(status_code=401)
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                return Response(status_code=413)
        try:
            await inbox.put(arrivals_of(body, request.headers.get("content-type", ""), clock()))
        except InboxUnavailable:
            return Response(status_code=503)
        except (ValueError, TypeError, KeyError, RecursionError):
            return Response(status_code=400)
        return Response(status_code=200)

    return router


def arrivals_of(body: bytes, kind: str, at: datetime) -> list[Arrival]:
    """What was posted; nothing where nobody can be answered. A body that is wrong raises what Python raises."""
    given = json.loads(body) if "json" in kind.lower() else dict(parse_qsl(body.decode(), keep_blank_values=True))
    sender, text, key = (str(given[name] or "").encode("utf-8", "replace") for name in ("from", "text", "id"))
    chat = re.sub("^(0|62)", "+62", re.sub(r"[\s().-]", "", sender.decode()))
    name, said = hashlib.sha256(key).hexdigest(), text.decode().replace("\0", "")
    if not key:
        raise ValueError("no id")
    ref = f"s{name[:9]}"
    event = Said(id=ref, at=at, text=said, ref=ref) if said.strip() else SentOther(id=ref, at=at)
    return [Arrival(CHANNEL, chat, name, int(at.timestamp() * 1e6), event)] if NUMBER.fullmatch(chat) else []
