"""A desk for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.web_desk.desks import Desk, a_desk


@pytest.fixture
async def desk(tmp_path: Path, database_file: Path) -> AsyncIterator[Desk]:
    opened = await a_desk(tmp_path, database_file)
    yield opened
    await opened.gate.house.closes()
