"""Tests of webhooks run on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from actions.store.engine.database import Database
from tests.databases import another_process, database, database_url, kind, postgres_url
from tests.integration.hooks.agency_system import AgencySystem, agency_system
from tests.unit.hooks.post import Post

__all__ = ["another_process", "database", "database_url", "kind", "postgres_url"]


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


@pytest.fixture
async def system() -> AsyncIterator[AgencySystem]:
    async with agency_system() as opened:
        yield opened


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of these tests stands."""
    monkeypatch.setattr("tests.integration.hooks.agency_system.MOST_SECONDS_OFF", 10**9)
