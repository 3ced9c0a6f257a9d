"""Both sides for each test, on SQLite but for tests that are marked with `on_both`."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator

import pytest

from actions.cases.ports import Chance
from actions.store.engine.database import Database
from tests.databases import database, database_url, mostly_sqlite, postgres_url
from tests.fakes.sp4n_server import FakeSp4n, fake_sp4n
from tests.unit.sp4n.both_sides import BothSides, both_sides

__all__ = ["database", "database_url", "mostly_sqlite", "postgres_url"]


@pytest.fixture
async def fake() -> AsyncIterator[FakeSp4n]:
    async with fake_sp4n() as opened:
        yield opened


@pytest.fixture
def chance() -> Chance:
    dice = random.Random(7)  # noqa: S311 - the same numbers in every run
    return Chance(dice.randrange, dice.randbytes)


@pytest.fixture
async def sides(database: Database, fake: FakeSp4n, chance: Chance) -> AsyncIterator[BothSides]:
    async with both_sides(database, fake, chance) as opened:
        yield opened
