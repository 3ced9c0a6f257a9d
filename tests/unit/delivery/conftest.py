"""What tests of delivery start from, on both databases."""

from __future__ import annotations

import pytest

from actions.store.engine.database import Database
from tests.databases import another_process, database, database_url, kind, new_url, postgres_url
from tests.unit.delivery.town import Town

__all__ = ["another_process", "database", "database_url", "kind", "new_url", "postgres_url", "town"]


@pytest.fixture
def town(database: Database) -> Town:
    """A town where nobody has written yet."""
    return Town(database)
