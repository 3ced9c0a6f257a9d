"""A newsroom for every test, over an empty database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import database_url, mostly_sqlite, postgres_url
from tests.unit.publication.newsroom import Newsroom
from tests.unit.web_desk_more.desk_office import a_desk_office

__all__ = ["database_url", "mostly_sqlite", "postgres_url"]


@pytest.fixture
async def room(tmp_path: Path, database_url: str) -> AsyncIterator[Newsroom]:
    office = await a_desk_office(tmp_path, url=database_url)
    yield Newsroom(office)
    await office.gate.house.closes()
