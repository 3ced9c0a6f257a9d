"""A desk of its own for each test, on either database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import kind, postgres_url
from tests.integration.files.fetching import Desk, a_desk

__all__ = ["desk", "kind", "postgres_url"]


@pytest.fixture
async def desk(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    url = request.getfixturevalue("postgres_url") if kind == "postgresql" else ""
    async with a_desk(tmp_path, url) as made:
        yield made
