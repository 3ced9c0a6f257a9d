"""A trainers' room for every test: the real pages over an empty database and data of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.trainers.rooms import OfficersSession, a_room


@pytest.fixture
async def labelling_service(tmp_path: Path, database_file: Path) -> AsyncIterator[OfficersSession]:
    opened = await a_room(tmp_path, database_file)
    yield opened
    await opened.gate.house.closes()
