"""A PostgreSQL database, for those tests that run on one."""

from __future__ import annotations

from tests.databases import postgres_url

__all__ = ["postgres_url"]
