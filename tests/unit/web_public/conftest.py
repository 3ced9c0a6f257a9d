"""A hall of one's own for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.web_public.hall import Hall, a_hall


@pytest.fixture
async def hall(tmp_path: Path, database_file: Path) -> AsyncIterator[Hall]:
    async with a_hall(tmp_path, database_file) as opened:
        yield opened
