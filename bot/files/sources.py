"""Sources of files that need no network: what the web put aside, and the terminal, which has none."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

from bot.files.ports import FileGone, NeverThere

PIECE_BYTES = 256 * 1024
NAME = re.compile(r"web-[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True)
class WebFiles:
    """Files that the web wrote to `folder` (`<data dir>/incoming`) before it acknowledged them."""

    folder: Path

    async def stream(self, file_id: str) -> AsyncGenerator[bytes]:
        """A file, piece by piece.

        Raises:
            FileGone: it is not there, or is named as no file of the web's is.
        """
        try:
            file = await asyncio.to_thread(self._path(file_id).open, "rb")
        except FileNotFoundError:
            raise FileGone from None
        with file:
            while piece := await asyncio.to_thread(file.read, PIECE_BYTES):
                yield piece

    async def discard(self, file_id: str) -> None:
        """Take it off the disk."""
        if NAME.fullmatch(file_id):
            await asyncio.to_thread(self._path(file_id).unlink, missing_ok=True)

    def lying_since(self, before: float) -> list[str]:
        """Files that came before this moment, in seconds since 1970, and were never fetched."""
        return [path.name for path in self.folder.glob("web-*") if path.stat().st_mtime < before]

    def _path(self, file_id: str) -> Path:
        if not NAME.fullmatch(file_id):
            raise FileGone
        return self.folder / file_id


@dataclass(frozen=True, slots=True)
class NoFiles:
    """A channel in which words stand for files."""

    async def stream(self, file_id: str) -> AsyncGenerator[bytes]:
        """Nothing.

        Raises:
            NeverThere: always.
        """
        del file_id
        raise NeverThere
        yield b""

    async def discard(self, file_id: str) -> None:
        """There is nothing to discard."""
