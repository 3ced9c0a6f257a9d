"""A house with the page of a case in it, a standing clock, and cases that were filed in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.talks.talk_file import Settings
from tests.talks.world import World
from tests.unit.web_case.cases import CaseOffice, an_office


@pytest.fixture
async def office(tmp_path: Path, database_file: Path) -> AsyncIterator[CaseOffice]:
    opened = await an_office(tmp_path, database_file, World(Settings()))
    yield opened
    await opened.house.closes()
