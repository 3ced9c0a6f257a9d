"""Whether the service lives, whether the chat answers, and numbers for Prometheus."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

WELL = frozenset({"polling", "standby", "webhook", "off", "on"})
"""States of a channel that works, or is not wanted."""
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


@dataclass(frozen=True, slots=True)
class Health:
    """How the service is, as `/health/ready` says it.

    Attributes:
        database: "ok" or "down".
        understanding: who answers now, in `UnderstandingState`'s words.
        channels: each channel's state.
        answers: a citizen who writes gets an answer.
    """

    database: str
    understanding: str
    channels: Mapping[str, str]
    answers: bool

    @property
    def is_understood(self) -> bool:
        """Whether the model that was set up answers."""
        return self.understanding not in {"down", "starting"}

    @property
    def status(self) -> str:
        """`degraded` when something that should be there is not."""
        healthy = self.answers and self.is_understood and WELL.issuperset(self.channels.values())
        return "ready" if healthy else "degraded"


type LookAtCondition = Callable[[], Awaitable[Health]]


def health_router(look: LookAtCondition) -> APIRouter:
    """`/health/live` and `/health/ready`."""
    router = APIRouter(prefix="/health")

    @router.get("/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @router.get("/ready")
    async def ready() -> JSONResponse:
        condition = await look()
        body = {
            "status": condition.status,
            "database": condition.database,
            "understanding": condition.understanding,
            "channels": dict(condition.channels),
        }
        return JSONResponse(body, status_code=200 if condition.answers else 503)

    return router


def metrics_router(
    registry: CollectorRegistry, token: str | None, look: Callable[[], Awaitable[object]] | None = None
) -> APIRouter:
    """`/metrics`: from loopback, or with the token as a bearer; a forwarded request is never from loopback.

    `look` brings the registry's gauges up to date before they are shown.
    """
    router = APIRouter()

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        if not (is_loopback(request) or _has_token(request, token)):
            return Response(status_code=401)
        if look:
            await look()
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router


def is_loopback(request: Request) -> bool:
    """Whether a request comes from this machine itself, and was not handed on by a proxy on it."""
    if any(name in request.headers for name in FORWARDED) or request.client is None:
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _has_token(request: Request, token: str | None) -> bool:
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return token is not None and compare_digest(given.encode(), token.encode())
