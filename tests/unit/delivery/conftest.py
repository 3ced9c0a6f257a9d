"""What tests of delivery start from."""

from __future__ import annotations

import pytest

from actions.store.database import Database
from tests.unit.delivery.town import Town


@pytest.fixture
def town(database: Database) -> Town:
    """A town where nobody has written yet."""
    return Town(database)
