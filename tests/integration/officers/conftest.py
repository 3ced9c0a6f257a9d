"""A bureau of its own for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.integration.officers.bureau import Bureau, a_bureau
from tests.talks.database import new_database


@pytest.fixture
async def bureau() -> AsyncIterator[Bureau]:
    file = await new_database()
    async with a_bureau(f"sqlite:///{file}") as made:
        yield made
    file.unlink()
