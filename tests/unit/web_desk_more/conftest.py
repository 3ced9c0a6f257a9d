"""An office for every test: the desk's pages over an empty database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.web_desk_more.desk_office import DeskOffice, a_desk_office


@pytest.fixture
async def office(tmp_path: Path, database_file: Path) -> AsyncIterator[DeskOffice]:
    opened = await a_desk_office(tmp_path, database_file)
    yield opened
    await opened.gate.house.closes()
