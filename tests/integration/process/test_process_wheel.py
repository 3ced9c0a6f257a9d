"""The wheel, in an empty environment and called from an empty folder: it serves, and writes nothing where it lies."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

import bot
from actions.store.engine import schema
from tests.integration.faults.visitor import Visitor
from tests.integration.process.service import running_service
from tests.integration.process.surroundings import CHECKOUT
from tests.patience import PATIENCE_SECONDS

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

INSTALLING_SECONDS = 600.0
OF_ITS_OWN: dict[str, object] = {"data_dir": None, "config_dir": None, "nlu": "compiled"}
"""Settings that the environment does not name, so that what the command itself takes holds."""
STORY = "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah 2 minggu"


def run(*words: str | Path, cwd: Path) -> str:
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("LAPOR_", "VIRTUAL_ENV"))}
    done = subprocess.run(words, cwd=cwd, env=outside, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def newest_python(uv: str, folder: Path) -> str:
    """The newest Python here that the project is made for: a clone tries the oldest of them all the time."""
    found = subprocess.run(
        [uv, "python", "find", "--no-project", "--no-python-downloads", "3.13"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return found.stdout.strip() or sys.executable


def files_in(folder: Path) -> Mapping[Path, int]:
    """What lies there, and when it was written; not what Python compiles for itself."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path: path.stat().st_mtime_ns for path in found}


async def category_is_shown(address: str, category: str, story: str) -> None:
    """Tell the chat a story, and wait until a card names this category."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:  # an address without a name
        visitor = Visitor(address, session)
        await visitor.reads()
        await visitor.says(story)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while category not in await visitor.reads():
                await asyncio.sleep(0.1)


async def test_a_wheel_in_an_empty_environment_serves_the_chat(tmp_path: Path) -> None:
    uv = os.environ.get("LAPOR_UV", "uv")
    release = (CHECKOUT / ".ci" / "release", tmp_path / "dist")
    run("env", f"UV_PYTHON={sys.executable}", f"LAPOR_UV={uv}", *release, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("lapor-*.whl")
    (bill,) = (tmp_path / "dist").glob(f"lapor-{bot.__version__}.cdx.json")
    assert json.loads(bill.read_text("utf-8"))["bomFormat"] == "CycloneDX"
    assert run("sha256sum", "--check", "SHA256SUMS", cwd=wheel.parent).count(": OK") == 2
    environment, home = tmp_path / "environment", tmp_path / "home"
    run(uv, "venv", "--quiet", "--no-project", "--python", newest_python(uv, tmp_path), environment, cwd=tmp_path)
    run(uv, "pip", "install", "--quiet", "--python", environment / "bin/python", wheel, cwd=tmp_path)
    home.mkdir()
    before, lapor = files_in(environment), environment / "bin" / "lapor"

    async with running_service(home, program=(str(lapor),), start_seconds=INSTALLING_SECONDS, **OF_ITS_OWN) as service:
        await service.becomes(understanding="compiled")
        await category_is_shown(service.address, "Penerangan jalan", STORY)
        version = run(lapor, "--version", cwd=home).splitlines()
        assert version[1].startswith("language model ")
        assert (version[0], version[-1]) == (f"lapor {bot.__version__}", f"schema {schema.newest()}")
        run(lapor, "init", "data", cwd=home)

    assert files_in(environment) == before
    assert service.database.exists()
    kept = {"nlu", "held_back", "golden.csv"}
    expected = {path.name for path in (CHECKOUT / "data").iterdir()} - kept
    assert {path.name for path in (home / "data").iterdir()} == expected
    assert f"LAPOR_CONFIG_DIR={home / 'data'}" in run(lapor, "config", cwd=home)
