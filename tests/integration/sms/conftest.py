"""An empty database of today's schema for each test of SMS."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from actions.store.engine.database import Database
from tests.talks.database import new_database
from tests.talks.world import StandingClock


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    file = await new_database()
    opened = Database(f"sqlite:///{file}")
    yield opened
    await opened.close()
    file.unlink()


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()
