"""A gatehouse for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse


@pytest.fixture
async def gate(tmp_path: Path, database_file: Path) -> AsyncIterator[Gatehouse]:
    opened = await a_gatehouse(tmp_path, database_file)
    yield opened
    await opened.house.closes()
