"""Tests on a real PostgreSQL server, some of them with real processes."""

from __future__ import annotations

from tests.databases import database_url, postgres_url
from tests.unit.conftest import database_file, migrated_file

__all__ = ["database_file", "database_url", "migrated_file", "postgres_url"]
