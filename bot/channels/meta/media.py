"""Fetches files that came by WhatsApp: its id is asked for an address, which is good for some minutes."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

from bot.channels.meta.graph import FileRefusedByGraph, GraphApi
from bot.files.ports import FetchingFailed, FileGone, TryLater

SHORT_SECONDS, LONG_SECONDS = 5.0, 60.0
GONE: Final = frozenset({400, 404, 410})
"""A file that Meta has no more (it keeps them for thirty days), or an address that has run out: it is asked again."""
TOKEN: Final = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class WhatsAppFiles:
    """A `FileSource` over the Cloud API."""

    graph: GraphApi

    async def stream(self, file_id: str) -> AsyncGenerator[bytes]:
        """A file, piece by piece.

        Raises:
            FileGone: Meta does not know it, or its address, any more.
            TryLater: Meta is slow, down, not reachable, or does not take the token.
        """
        try:
            async with aclosing(self.graph.media(file_id)) as pieces:
                async for piece in pieces:
                    yield piece
        except FileRefusedByGraph as refused:
            raise _as_failure(refused.status) from None

    async def discard(self, file_id: str) -> None:
        """Meta deletes its own."""


def _as_failure(status: int) -> FetchingFailed:
    if status in GONE:
        return FileGone()
    return TryLater(LONG_SECONDS if status in TOKEN else SHORT_SECONDS)
