"""Spoils a database beside the service that runs on it: rows that no version wrote, and a lock that stays."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from tests.integration.operations.marks import ROW
from tests.integration.process.books import NOTE_WAITING
from tests.integration.process.surroundings import until

NOW = "2026-03-02 04:00:00.000000"


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The SQLite file of a running service, in wrong hands."""

    file: Path

    def ask(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """What a query finds; what it changes is committed."""
        with closing(sqlite3.connect(self.file, timeout=20)) as connection, connection:
            return connection.execute(query, values).fetchall()

    def puts_unreadable_rows(self) -> None:
        """A message that came, one that is to go out, and a talk, none of which can be read."""
        arrived = "INSERT INTO inbox (channel, update_id, chat, sequence, event, received_at) VALUES (?, ?, ?, 1, ?, ?)"
        self.ask(arrived, "telegram", "spoilt-1", "5000000099", json.dumps({"event": "Said", "text": [ROW]}), NOW)
        self.ask(arrived, "web", "spoilt-2", ROW, ROW, NOW)
        self.ask(NOTE_WAITING)
        going = "INSERT INTO outbox (channel, chat, ref, message, created_at) VALUES (?, ?, ?, ?, ?)"
        self.ask(going, "telegram", "5000000098", "spoilt.0", f'{{"kind": "{ROW}"}}', NOW)

    def poisons_talk(self, chat: int) -> None:
        """What stands in this talk is well-formed, and brings about an error that names it."""
        query = "UPDATE dialogues SET record = replace(record, 'penerangan_jalan', ?) WHERE chat = ?"
        self.ask(query, ROW, str(chat))

    @asynccontextmanager
    async def locked(self, log: Path) -> AsyncIterator[None]:
        """Nobody else writes, for longer than the service waits; it has said so when this ends."""
        with closing(sqlite3.connect(self.file, isolation_level=None, timeout=20)) as locking:
            locking.execute("BEGIN IMMEDIATE")
            yield
            await until(lambda: "for_database" in log.read_text(encoding="utf-8"), "it says that it waits")
            locking.execute("ROLLBACK")

    async def comes_to_rest(self) -> None:
        """Nothing waits any more."""
        waits = "SELECT id FROM inbox WHERE state = 'new' UNION ALL SELECT id FROM outbox WHERE state = 'new'"
        await until(lambda: not self.ask(waits), "all is worked and sent", 60.0)
