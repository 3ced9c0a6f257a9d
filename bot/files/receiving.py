"""One file on its way: streamed to the disk, looked at, and put in its place. Knows no database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import BinaryIO

from actions.store.cases.files import KeptFile, OpenFile
from bot.conversation.events import FileRefusal
from bot.files.disk_full import is_full
from bot.files.kinds import MOST_BYTES, PICTURE
from bot.files.ports import Examiner, FileSource, StorageFull, TryLater
from bot.files.refused import FileRefused
from bot.files.store import FileStore

MOST_SECONDS = 300.0
WRITTEN_AT_ONCE_BYTES = 1024 * 1024
SILENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Receiver:
    """Receives from one source into a store."""

    source: FileSource
    store: FileStore
    examiner: Examiner

    async def receive(self, row: OpenFile) -> KeptFile:
        """Fetch a file, have it looked at, and keep it. If that fails, nothing of it is left.

        Raises:
            Refused: it is not kept.
            StorageFull: there is no room for it.
            FetchingFailed: its source could not give it.
            OSError: the disk has another fault.
        """
        try:
            return await self._receive(row)
        except OSError as error:
            if is_full(error):
                raise StorageFull from None
            raise
        finally:
            await asyncio.to_thread(self.store.clear, row.name)

    async def _receive(self, row: OpenFile) -> KeptFile:
        store, name = self.store, row.name
        if not await asyncio.to_thread(store.has_room):
            raise StorageFull
        with await asyncio.to_thread(store.create, name) as file:
            try:
                async with asyncio.timeout(MOST_SECONDS), aclosing(self.source.stream(row.file_id)) as pieces:
                    await _write(pieces, file)
            except TimeoutError:
                raise TryLater(SILENCE_SECONDS) from None
        paths = [store.arriving(name, part) for part in ("raw", "clean", "thumb")]
        found = await self.examiner.examine(*paths)
        is_picture = found.kind is PICTURE
        size, digest, thumb_bytes = await asyncio.to_thread(
            store.keep, name, is_rewritten=found.is_rewritten or is_picture, has_thumb=is_picture
        )
        return KeptFile(found.kind.media_type, size, digest, found.width, found.height, thumb_bytes)


async def _write(pieces: AsyncGenerator[bytes], file: BinaryIO) -> None:
    """Write a file as it comes, and no more of it than a file may have."""
    received, gathered = 0, bytearray()
    async for piece in pieces:
        received += len(piece)
        if received > MOST_BYTES:
            raise FileRefused(FileRefusal.TOO_BIG)
        gathered += piece
        if len(gathered) >= WRITTEN_AT_ONCE_BYTES:
            await asyncio.to_thread(file.write, bytes(gathered))
            gathered.clear()
    await asyncio.to_thread(file.write, bytes(gathered))
    await asyncio.to_thread(file.flush)
