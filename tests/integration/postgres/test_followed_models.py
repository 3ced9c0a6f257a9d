"""Several real processes on one PostgreSQL database follow what one of them, or a command, puts into service."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from actions.store.engine.database import Database
from bot.configuration.secret_key import secret_key
from tests.integration.process.books import rows
from tests.integration.process.commands import lapor
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import until
from tests.unit.models.made_models import a_model, a_workbench, alike

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
KEY = "one key for all of them"
MODEL, BASELINE = "It is model-aaaaaaaaaaaa.lapor.", "It is baseline."


@asynccontextmanager
async def two(folder: Path, url: str) -> AsyncIterator[list[Service]]:
    """Two processes with data folders of their own, whose models lie in one folder."""
    for name in ("1", "2"):
        (folder / name / "var").mkdir(parents=True, mode=0o700)
    (folder / "1" / "var" / "models").mkdir()
    (folder / "2" / "var" / "models").symlink_to(folder / "1" / "var" / "models")
    settings = settings_of(url)
    async with (
        running_service(folder / "1", **settings) as one,
        running_service(folder / "2", **settings) as other,
    ):
        yield [one, other]


def settings_of(url: str) -> Mapping[str, object]:
    return {"nlu": "compiled", "database_url": url, "secret_key": KEY}


async def stands(folder: Path, url: str) -> None:
    """A model in the registry that the one in service has been compared with; its number is 2."""
    database = Database(url)
    bench = a_workbench(database, folder / "1" / "var", secret_key(KEY, folder / "1" / "var"))
    await bench.model_in_service()
    await a_model(bench, "a", alike)
    await database.close()
    compared = await lapor(folder, "nlu", "compare", "2", "--json", **command_of(folder, url))
    assert json.loads(compared.stdout)["passed"] is True, compared.stderr


def command_of(folder: Path, url: str) -> Mapping[str, object]:
    return {**settings_of(url), "data_dir": folder / "1" / "var"}


async def test_what_is_promoted_and_taken_back_is_followed_by_every_process(tmp_path: Path, postgres_url: str) -> None:
    async with two(tmp_path, postgres_url) as services:
        await stands(tmp_path, postgres_url)
        assert (await lapor(tmp_path, "nlu", "promote", "2", **command_of(tmp_path, postgres_url))).code == 0
        await until(lambda: all(MODEL in each.stdout for each in services), "both follow")
        told = "SELECT version, refusal FROM model_processes"
        await until(lambda: rows(postgres_url, told) == [(1, ""), (1, "")], "both tell that they use it")
        assert (await lapor(tmp_path, "nlu", "rollback", **command_of(tmp_path, postgres_url))).code == 0
        await until(lambda: all(BASELINE in each.stdout for each in services), "both go back")
        assert not any('"level": "error"' in each.stderr for each in services)


async def test_a_file_that_comes_later_to_a_process_is_used_then(tmp_path: Path, postgres_url: str) -> None:
    async with two(tmp_path, postgres_url) as (one, other):
        (models := tmp_path / "2" / "var" / "models").unlink()
        await stands(tmp_path, postgres_url)
        assert (await lapor(tmp_path, "nlu", "promote", "2", **command_of(tmp_path, postgres_url))).code == 0
        await until(lambda: MODEL in one.stdout, "the one that has the file follows")
        await until(lambda: "was not loaded" in other.stdout, "the other one says why it does not")
        models.symlink_to(tmp_path / "1" / "var" / "models")
        await until(lambda: MODEL in other.stdout, "it follows once the file is there", 60)
        assert other.stdout.count("was not loaded") == 1
