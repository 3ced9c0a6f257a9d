"""Tests of webhooks run on both databases."""

from __future__ import annotations

from tests.databases import another_process, database, database_url, kind, postgres_url

__all__ = ["another_process", "database", "database_url", "kind", "postgres_url"]
