"""Another system for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.open311.other_system import OtherSystem, another_system


@pytest.fixture
async def other(tmp_path: Path, database_file: Path) -> AsyncIterator[OtherSystem]:
    async with another_system(tmp_path, database_file) as opened:
        yield opened
