"""A PostgreSQL database, for those attacks that are tried on one."""

from __future__ import annotations

from tests.databases import postgres_url

__all__ = ["postgres_url"]
