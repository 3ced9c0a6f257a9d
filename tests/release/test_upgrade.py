"""An installation of an older wheel is upgraded in place, and taken back: cases, a talk under way and a model go on.

Both wheels are built here and installed into one environment, the older first. `UPGRADE_FROM` names another commit.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.process.surroundings import CHECKOUT
from tests.postgres import PostgresServer

pytestmark = pytest.mark.release

OLDEST = "b5c8ddd6"
"""The first commit whose wheel serves by itself (schema 0024)."""
UV = os.environ.get("LAPOR_UV", "uv")
TAUGHT = "model-aaaaaaaaaaaa.lapor"
STORIES = (
    "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah 2 minggu",
    "sampah menumpuk di depan pasar petung sudah seminggu tidak diangkut",
)
STANDS = """
import asyncio
from bot.configuration.secret_key import secret_key
from bot.configuration.settings import read_settings
from actions.store.engine.database import Database
from tests.unit.models.made_models import a_model, a_workbench, alike

async def main():
    settings = read_settings()
    database = Database(settings.database_url)
    bench = a_workbench(database, settings.data_dir, secret_key(None, settings.data_dir))
    await bench.model_in_service()
    await a_model(bench, "a", alike)
    await database.close()

asyncio.run(main())
"""
"""A model in the registry, as if it had been trained there: run by the older version, with its own modules."""


@dataclass(frozen=True, slots=True)
class Wheels:
    """Of two commits. `tree`: the files of the older."""

    old: Path
    new: Path
    tree: Path


@dataclass(frozen=True, slots=True)
class Installation:
    """An environment with a wheel, and the folder in which its command is called."""

    folder: Path
    settings: Mapping[str, str]

    def installs(self, wheel: Path) -> None:
        """Put this wheel in the place of another."""
        run(UV, "pip", "install", "--quiet", "--reinstall-package", "lapor", "--python", self.program("python"), wheel)

    def program(self, name: str) -> Path:
        """Of its environment."""
        return self.folder / "environment" / "bin" / name

    def says(self, *words: str, told: str = "") -> str:
        """What a command prints."""
        home = self.folder / "home"
        return run(self.program("lapor"), *words, cwd=home, told=told, settings=self.settings)

    def cases(self) -> dict[str, dict[str, object]]:
        """Every case as it is shown, by its number."""
        listed = json.loads(self.says("case", "list", "--json"))
        return {one["ticket"]: json.loads(self.says("case", "show", one["ticket"], "--json")) for one in listed}

    def model(self) -> str:
        """The file of the model in service."""
        (name,) = (
            one["file"] for one in json.loads(self.says("nlu", "models", "--json")) if one["state"] == "in service"
        )
        return str(name)

    def is_taught(self, tree: Path) -> None:
        """A model that was made here is compared, and promoted."""
        probe = self.folder / "probe"
        shutil.copytree(tree / "tests", probe / "tests")
        (probe / "data").symlink_to(tree / "data")
        settings = {**self.settings, "PYTHONPATH": str(probe)}
        run(self.program("python"), "-P", "-c", STANDS, cwd=self.folder / "home", settings=settings)
        self.says("nlu", "compare", TAUGHT)
        self.says("nlu", "promote", TAUGHT)


def run(*words: str | Path, cwd: Path = CHECKOUT, told: str = "", settings: Mapping[str, str] | None = None) -> str:
    """Run to its end; what it printed."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("LAPOR_", "VIRTUAL_ENV"))}
    surroundings = outside | dict(settings or {})
    done = subprocess.run(words, cwd=cwd, env=surroundings, input=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout.strip()


def built(commit: str, folder: Path) -> Path:
    """The wheel of a commit."""
    folder.mkdir()
    run("git", "archive", "--output", folder / "tree.tar", commit)
    shutil.unpack_archive(folder / "tree.tar", folder / "tree", filter="data")
    run(UV, "build", "--wheel", "--quiet", "--python", sys.executable, "--out-dir", folder, folder / "tree")
    return next(folder.glob("lapor-*.whl"))


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Wheels:
    folder = tmp_path_factory.mktemp("wheels")
    old = built(os.environ.get("UPGRADE_FROM", OLDEST), folder / "old")
    return Wheels(old, built("HEAD", folder / "new"), folder / "old" / "tree")


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An empty environment, and a database that nothing is in."""
    settings = {"LAPOR_NLU": "compiled"}
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        settings["LAPOR_DATABASE_URL"] = server.new_database(empty=True)
    run(UV, "venv", "--quiet", "--no-project", "--python", sys.executable, tmp_path / "environment")
    (tmp_path / "home").mkdir()
    yield Installation(tmp_path, settings)
    shutil.rmtree(tmp_path / "environment")


def same_events(before: dict[str, dict[str, object]], after: dict[str, dict[str, object]]) -> bool:
    """Whether everything that happened to the older cases is there as it was."""
    return all(after[ticket]["events"] == case["events"] for ticket, case in before.items())


def test_up_and_back(installation: Installation, wheels: Wheels) -> None:
    installation.installs(wheels.old)
    schema = installation.says("--version").splitlines()[-1].split()[-1]
    installation.says("chat", told=f"{STORIES[0]}\nkirim\n{STORIES[1]}\n")
    installation.is_taught(wheels.tree)
    filed = installation.cases()
    assert (len(filed), installation.model()) == (1, TAUGHT)

    installation.installs(wheels.new)
    installation.says("db", "upgrade")
    assert same_events(filed, installation.cases())
    assert installation.model() == TAUGHT
    installation.says("case", "verify")
    installation.says("chat", told="kirim\n")  # the talk that the older version began
    grown = installation.cases()
    assert len(grown) == 2
    print(f"\nup from schema {schema}: {installation.says('--version').splitlines()[1:]}")

    installation.says("db", "downgrade", schema)
    installation.installs(wheels.old)
    back = installation.cases()
    assert (len(back), same_events(grown, back), installation.model()) == (2, True, TAUGHT)
    installation.says("case", "verify")
