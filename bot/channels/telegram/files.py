"""Fetches files from Telegram: where one lies is asked anew each time, since its address is good for an hour only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.aiohttp_request import AiohttpRequest
from bot.channels.telegram.connect import LaporBot
from bot.channels.telegram.refusals import retry_seconds
from bot.conversation.events import FileRefusal
from bot.files.ports import FetchingFailed, FileGone, TryLater
from bot.files.refused import FileRefused

PIECE_BYTES = 256 * 1024
SHORT_SECONDS, LONG_SECONDS = 5.0, 60.0
TOO_BIG, NOT_FOUND = "file is too big", "not found"


@dataclass(frozen=True, slots=True)
class TelegramFiles:
    """A `FileSource` over the Bot API; a Bot API server on this machine names a file on the disk instead."""

    bot: LaporBot

    async def stream(self, file_id: str) -> AsyncGenerator[bytes]:
        """A file, piece by piece.

        Raises:
            FileGone: Telegram does not know it, or its address, any more.
            TryLater: Telegram is slow, down, not reachable, or wants fewer calls.
            Refused: it is larger than Telegram gives out.
        """
        try:
            address = await self.bot.path_of_file(file_id)
            async with aclosing(self._pieces(address)) as pieces:
                async for piece in pieces:
                    yield piece
        except TelegramError as error:
            raise _as_failure(error) from None

    async def discard(self, file_id: str) -> None:
        """Telegram keeps its own."""

    def _pieces(self, address: str) -> AsyncGenerator[bytes]:
        if Path(address).is_absolute():
            return _read(Path(address))
        is_whole = address.startswith(("http://", "https://"))
        return _download(self.bot.request, address if is_whole else f"{self.bot.base_file_url}/{address}")


async def _download(request: BaseRequest, address: str) -> AsyncGenerator[bytes]:
    if not isinstance(request, AiohttpRequest):
        raise TypeError("files are fetched over aiohttp only")
    async with aclosing(request.stream(address)) as pieces:
        async for piece in pieces:
            yield piece


async def _read(path: Path) -> AsyncGenerator[bytes]:
    """A file that a Bot API server of our own left on this disk."""
    try:
        file = await asyncio.to_thread(path.open, "rb")
    except OSError:
        raise FileGone from None
    with file:
        while piece := await asyncio.to_thread(file.read, PIECE_BYTES):
            yield piece


def _as_failure(error: TelegramError) -> FetchingFailed | FileRefused:
    match error:
        case RetryAfter():
            return TryLater(retry_seconds(error), asked=True)
        case BadRequest():
            return FileRefused(FileRefusal.TOO_BIG) if TOO_BIG in error.message.lower() else FileGone()
        case InvalidToken():  # so the library calls a 404, too, with which Telegram may answer for an old file
            return FileGone() if NOT_FOUND in error.message.lower() else TryLater(LONG_SECONDS)
        case _:
            return TryLater(SHORT_SECONDS)
