"""Fetching without a network: sources and examiners of every temper, on a real database and a real folder."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from actions.store.cases.files import want_files
from actions.store.engine.database import Database
from actions.store.engine.tables import files, inbox
from bot.conversation.events import FilesRefused
from bot.files.fetcher import FileFetcher
from bot.files.kinds import PICTURE, TEXT
from bot.files.ports import Examined, Examiner, FetchingFailed, FileSource
from bot.files.store import FileStore
from bot.messaging.records import read_event
from tests.talks.database import new_database

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CHANNEL, SITI, BUDI = "telegram", "5", "6"


@dataclass
class ReadySource:
    """Gives what it has at once, in pieces; counts what was asked for and what was discarded."""

    content: Mapping[str, bytes]
    piece_bytes: int = 100_000
    asked: list[str] = field(default_factory=list)
    discarded: list[str] = field(default_factory=list)

    async def stream(self, file_id: str) -> AsyncGenerator[bytes]:
        self.asked.append(file_id)
        whole = self.content[file_id]
        for place in range(0, len(whole), self.piece_bytes):
            yield whole[place : place + self.piece_bytes]

    async def discard(self, file_id: str) -> None:
        self.discarded.append(file_id)


@dataclass
class FailingSource(ReadySource):
    """Fails in the middle with these, one after the other, and is well again when they are used up."""

    failures: list[FetchingFailed | OSError] = field(default_factory=list)

    async def stream(self, file_id: str) -> AsyncGenerator[bytes]:
        if self.failures:
            self.asked.append(file_id)
            yield self.content[file_id][:10]
            raise self.failures.pop(0)
        async for piece in super().stream(file_id):
            yield piece


@dataclass
class HoldingSource(ReadySource):
    """Gives the first half, says so, and the other half only when it is let."""

    half_given: asyncio.Event = field(default_factory=asyncio.Event)
    may_go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def stream(self, file_id: str) -> AsyncGenerator[bytes]:
        whole = self.content[file_id]
        yield whole[: len(whole) // 2]
        self.half_given.set()
        await self.may_go_on.wait()
        yield whole[len(whole) // 2 :]


@dataclass
class TrustingExaminer:
    """Takes everything for words, or for a picture, which it copies."""

    as_picture: bool = False

    async def examine(self, raw: Path, clean: Path, thumb: Path) -> Examined:
        if not self.as_picture:
            return Examined(TEXT)
        shutil.copy(raw, clean)
        thumb.write_bytes(b"small")
        return Examined(PICTURE, is_rewritten=True, width=4, height=3)


@dataclass
class RefusingExaminer:
    """Raises what it is given."""

    failure: Exception

    async def examine(self, raw: Path, clean: Path, thumb: Path) -> Examined:
        raise self.failure


@dataclass
class FetchedFiles:
    """A fetcher, what is around it, and a clock that it goes by."""

    database: Database
    folder: Path
    seconds: float = 1_000_000.0
    meaning: int = 0

    def fetcher(
        self, source: FileSource, examiner: Examiner | None = None, reserve_bytes: int = 0, channel: str = CHANNEL
    ) -> FileFetcher:
        store = FileStore(self.folder / "files", reserve_bytes)
        store.prepare()
        return FileFetcher(
            self.database,
            {channel: source},
            store,
            examiner or TrustingExaminer(),
            lambda: NOON,
            self._hear,
            wall=lambda: self.seconds,
        )

    def _hear(self) -> None:
        self.meaning += 1

    async def want(self, *file_ids: str, chat: str = SITI, channel: str = CHANNEL, kind: str = "photo") -> None:
        rows = [
            {"channel": channel, "chat": chat, "file_id": file_id, "kind": kind, "created_at": NOON}
            | {"name": f"{int.from_bytes(f'{chat}{file_id}'.encode()):032x}"[-32:]}
            for file_id in file_ids
        ]
        async with self.database.writing() as connection:
            await want_files(connection, rows)

    async def row(self, file_id: str) -> dict[str, object]:
        async with self.database.reading() as connection:
            found = await connection.execute(select(files).where(files.c.file_id == file_id))
            return dict(found.one()._mapping)

    async def told(self, chat: str = SITI) -> list[FilesRefused]:
        """What the inbox holds for this chat."""
        async with self.database.reading() as connection:
            rows = await connection.execute(select(inbox.c.event).where(inbox.c.chat == chat).order_by(inbox.c.id))
            events = [read_event(row) for row in rows.scalars()]
        return [event for event in events if isinstance(event, FilesRefused)]

    def on_disk(self) -> list[Path]:
        """Every file in the folder."""
        return sorted(path for path in (self.folder / "files").rglob("*") if path.is_file())


async def fetch_all(fetcher: FileFetcher) -> None:
    """Until nothing is left whose time has come."""
    while await fetcher.fetch_waiting():
        await fetcher.settle()
    await fetcher.fetch_waiting()


@asynccontextmanager
async def a_desk(folder: Path, url: str = "") -> AsyncIterator[FetchedFiles]:
    """With an empty database: that of this address, or else a SQLite file of its own."""
    file = None if url else await new_database()
    database = Database(url or f"sqlite:///{file}")
    try:
        yield FetchedFiles(database, folder)
    finally:
        await database.close()
        if file:
            file.unlink()
