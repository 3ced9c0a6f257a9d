"""Web Push: tells a browser that there is news, and never what. A notice has no content at all."""

from __future__ import annotations

import asyncio
import base64
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import httpx
import structlog
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02  # type: ignore[import-untyped]
from sqlalchemy.exc import SQLAlchemyError

from actions.people.secret_key import accepted
from actions.store.engine.database import Database
from actions.store.messages.visitors import subscriptions_of, unsubscribe

log = structlog.get_logger()

SERVICES: Final = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""The push services of today's browsers, each with all its hosts. An address of any other is refused: whoever
subscribes names it, and we would be sent to wherever it points."""
LONGEST_ENDPOINT: Final = 500
GONE: Final = frozenset({404, 410})
KEPT_SECONDS: Final = 24 * 3600
TOGETHER_SECONDS: Final = 1.0
"""What is said within so long is one notice."""
P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class PushKey:
    """The pair of keys by which push services know us (VAPID, RFC 8292)."""

    def __init__(self, secret_key: bytes) -> None:
        """Made of the installation's secret key: every process on one database has the same.

        Of the oldest that is still accepted, since browsers subscribed with it and cannot be told another.
        """
        self._private = ec.derive_private_key(_scalar(accepted(secret_key)[-1]), ec.SECP256R1())

    @property
    def public(self) -> str:
        """The public key with which a browser subscribes."""
        point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(point).decode().rstrip("=")

    def authorization(self, endpoint: str, subject: str, now: float) -> str:
        """The header of one request to this address; `subject` is where we can be reached."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(now) + KEPT_SECONDS // 2,
            "sub": subject,
        }
        return str(Vapid02(self._private, conf={"no-strict": True}).sign(claims)["Authorization"])


def _scalar(secret_key: bytes) -> int:
    """A number below the curve's order, all but evenly chosen: twice as many bits as it needs."""
    digest = b"".join(hmac.digest(secret_key, f"web push {half}".encode(), "sha256") for half in "ab")
    return int.from_bytes(digest) % (P256_ORDER - 1) + 1


def is_push_service(endpoint: str, services: tuple[str, ...] = SERVICES) -> bool:
    """Whether an address is one that we would ever be sent to."""
    try:
        parts = urlsplit(endpoint)
        is_plain = parts.username is None and parts.port in {None, 443}
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    known = any(host == service or host.endswith(f".{service}") for service in services)
    return len(endpoint) <= LONGEST_ENDPOINT and parts.scheme == "https" and is_plain and known


@dataclass(slots=True)
class Notices:
    """Gives notice to visitors who have no page open.

    Attributes:
        subject: our own address, for a push service that has a question.
        is_reading: whether a page of this visitor's is open.
    """

    database: Database
    key: PushKey
    subject: str
    is_reading: Callable[[str], bool]
    client: Callable[[], httpx.AsyncClient] = lambda: httpx.AsyncClient(timeout=10, follow_redirects=False)
    _waiting: set[str] = field(default_factory=set)
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    def give(self, visitor: str) -> None:
        """Sends a notice without content to each browser of a visitor."""
        self._waiting.add(visitor)
        self._more.set()

    async def run(self) -> None:
        """Give notice for ever. What fails is let go: the talk holds the message."""
        await self._more.wait()  # who was never asked for a notice needs no client, which is slow to make
        async with await asyncio.to_thread(self.client) as client:
            while True:
                await self._more.wait()
                await asyncio.sleep(TOGETHER_SECONDS)
                self._more.clear()
                visitors, self._waiting = self._waiting, set()
                for visitor in visitors:
                    if not self.is_reading(visitor):
                        await self.send(client, visitor)

    async def send(self, client: httpx.AsyncClient, visitor: str) -> None:
        """Give notice to all her browsers, and forget those that are gone."""
        try:
            async with self.database.reading() as connection:
                endpoints = await subscriptions_of(connection, visitor)
            answers = await asyncio.gather(*(self._post(client, endpoint) for endpoint in endpoints))
            gone = [endpoint for endpoint, status in zip(endpoints, answers, strict=True) if status in GONE]
            if gone:
                async with self.database.writing() as connection:
                    await unsubscribe(connection, gone)
        except (SQLAlchemyError, OSError) as error:
            log.warning("notice_not_given", error=type(error).__name__)

    async def _post(self, client: httpx.AsyncClient, endpoint: str) -> int:
        headers = {
            "Authorization": self.key.authorization(endpoint, self.subject, time.time()),
            "TTL": str(KEPT_SECONDS),
            "Topic": "lapor",
            "Urgency": "normal",
            "Content-Length": "0",
        }
        try:
            answer = await client.post(endpoint, headers=headers)
        except httpx.HTTPError as error:
            log.warning("push_service_unreachable", error=type(error).__name__)
            return 0
        if answer.status_code >= 400 and answer.status_code not in GONE:  # noqa: PLR2004 - HTTP's errors
            log.warning("push_service_refused", status=answer.status_code)
        return answer.status_code
