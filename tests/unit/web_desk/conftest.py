"""A desk for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import database_url, mostly_sqlite, postgres_url
from tests.unit.web_desk.desks import StaffedDesk, a_desk

__all__ = ["database_url", "mostly_sqlite", "postgres_url"]


@pytest.fixture
async def desk(tmp_path: Path, database_url: str) -> AsyncIterator[StaffedDesk]:
    opened = await a_desk(tmp_path, url=database_url)
    yield opened
    await opened.gate.house.closes()
