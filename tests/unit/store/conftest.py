"""Tests of the store run on both databases."""

from __future__ import annotations

from tests.databases import another_process, database, database_url, empty, kind, new_url, postgres_url

__all__ = [
    "another_process",
    "database",
    "database_url",
    "empty",
    "kind",
    "new_url",
    "postgres_url",
]
