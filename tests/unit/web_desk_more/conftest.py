"""An office for every test: the desk's pages over an empty database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import database_url, mostly_sqlite, postgres_url
from tests.unit.web_desk_more.desk_office import DeskOffice, a_desk_office

__all__ = ["database_url", "mostly_sqlite", "postgres_url"]


@pytest.fixture
async def office(tmp_path: Path, database_url: str) -> AsyncIterator[DeskOffice]:
    opened = await a_desk_office(tmp_path, url=database_url)
    yield opened
    await opened.gate.house.closes()
