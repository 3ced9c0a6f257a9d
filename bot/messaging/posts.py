"""What is posted to a route: read up to a bound, and taken only when its sender has signed these very bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from bot.messaging.ports import InboxUnavailable


async def posted_body(request: Request, most_bytes: int) -> bytes | None:
    """The body; None when it is larger, and then no more of it is read."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most_bytes:
            return None
    return bytes(body)


async def answer_signed_post(
    request: Request,
    most_bytes: int,
    header: str,
    is_signed: Callable[[bytes, str], bool],
    take: Callable[[bytes], Awaitable[None]],
) -> Response:
    """Answer a provider's post: nothing is parsed before its signature is known to be right.

    Args:
        request: the post.
        most_bytes: of its body; a larger one is refused (413).
        header: which holds the signature; 401 without it.
        is_signed: whether a signature is that of a body; 401 where it is not.
        take: commits what was posted. A body that it cannot read (`ValidationError`) is answered by 400, and one that
            cannot be written now by 503, so that the provider posts it again.
    """
    signature = request.headers.get(header, "")
    if not signature:
        return Response(status_code=401)
    body = await posted_body(request, most_bytes)
    if body is None:
        return Response(status_code=413)
    if not is_signed(body, signature):
        return Response(status_code=401)
    try:
        await take(body)
    except InboxUnavailable:
        return Response(status_code=503)
    except (ValidationError, RecursionError):
        return Response(status_code=400)
    return Response(status_code=200)
