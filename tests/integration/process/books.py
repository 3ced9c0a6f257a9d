"""What a tested service has written, read by another program: from its SQLite file, or from its server."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

type Books = Path | str
"""A SQLite file, or the address of a PostgreSQL database."""
NOTE_WAITING = """
INSERT INTO waiting (channel, chat, since) SELECT channel, chat, min(id) FROM inbox WHERE state = 'new'
GROUP BY channel, chat ON CONFLICT DO NOTHING
"""
"""Whoever puts something into the inbox by hand says so beside it, as the service does."""


def rows(books: Books, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What a query finds; `?` stands for a value in either database."""
    if isinstance(books, Path):
        with closing(sqlite3.connect(f"file:{books}?mode=ro", uri=True)) as reading:
            return list(reading.execute(query, values))
    with psycopg.connect(books) as connection:
        return list(connection.execute(query.replace("?", "%s").encode(), _bound(values)))


def waiting(books: Books) -> int:
    """Rows that are still to be worked or sent."""
    [[inbox]] = rows(books, "SELECT count(*) FROM inbox WHERE state = 'new'")
    [[outbox]] = rows(books, "SELECT count(*) FROM outbox WHERE state = 'new'")
    return int(inbox) + int(outbox)


def _bound(values: Sequence[object]) -> Sequence[object]:
    return [str(value) if isinstance(value, Path) else value for value in values]
