"""Tests of webhooks run on both databases."""

from __future__ import annotations

from tests.databases import kind, postgres_url

__all__ = ["kind", "postgres_url"]
