"""A real database for every test that asks for one: a copy of a file that was migrated once; and cheap passwords."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from actions.people import secrets
from actions.store.engine import schema
from actions.store.engine.database import Database

COSTS = secrets.MEMORY_KIB, secrets.PASSES


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing a password costs as little as argon2 lets it."""
    monkeypatch.setattr(secrets, "MEMORY_KIB", 8)
    monkeypatch.setattr(secrets, "PASSES", 1)


@pytest.fixture
def costly_passwords(cheap_passwords: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing a password costs what it does in service."""
    monkeypatch.setattr(secrets, "MEMORY_KIB", COSTS[0])
    monkeypatch.setattr(secrets, "PASSES", COSTS[1])


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of today's schema."""
    file = tmp_path_factory.mktemp("migrated") / "lapor.db"
    asyncio.run(_migrate(file))
    return file


async def _migrate(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    await schema.upgrade(database)
    await database.close()


@pytest.fixture
def database_file(tmp_path: Path, migrated_file: Path) -> Path:
    """A database file of the test's own."""
    return Path(shutil.copy(migrated_file, tmp_path / "lapor.db"))


@pytest.fixture
async def database(database_file: Path) -> AsyncIterator[Database]:
    """The same, open."""
    opened = Database(f"sqlite:///{database_file}", busy_seconds=0.1)
    yield opened
    await opened.close()
