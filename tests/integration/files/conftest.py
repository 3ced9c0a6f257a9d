"""A desk of its own for each test, on either database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import kind, postgres_url
from tests.integration.files.fetching import FetchedFiles, a_desk

__all__ = ["files", "kind", "postgres_url"]


@pytest.fixture
async def files(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> AsyncIterator[FetchedFiles]:
    url = request.getfixturevalue("postgres_url") if kind == "postgresql" else ""
    async with a_desk(tmp_path, url) as made:
        yield made
