"""Debian's base and its Python, and nothing else: a clone and two commands, or a wheel and one, and a report is filed.

What stands outside of it: git, which makes the clone, and for the wheel uv, a single program.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.process.surroundings import CHECKOUT, free_port
from tests.release.images import Storage, from_environment, storage, trusting
from tests.release.talk import files_a_report, is_ready

pytestmark = pytest.mark.release

EMPTY = "localhost/empty"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    """A storage that holds the empty system."""
    folder = tmp_path_factory.mktemp("empty")
    with storage(folder / "storage") as made:
        made.run("mmdebstrap", "--quiet", "--variant=minbase", "--include=python3", "trixie", folder / "base.tar")
        made.podman("import", folder / "base.tar", EMPTY)
        yield made


async def serves(kept: Storage, folder: Path, command: str) -> None:
    """Start it there by this command; a report is filed."""
    port, began = free_port(), time.monotonic()
    given = [f"--env={name}={value}" for name, value in (from_environment() | {"LAPOR_HTTP_PORT": port}).items()]
    words = (*given, *trusting(), f"--volume={folder}:/there", "--workdir=/there", "--env=HOME=/root", EMPTY)
    with kept.running(*words, "sh", "-c", command):
        await is_ready(f"http://127.0.0.1:{port}")
        print(f"\n{command}: ready after {time.monotonic() - began:.0f} s")
        await files_a_report(f"http://127.0.0.1:{port}")


async def test_a_clone_and_two_commands(kept: Storage, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", CHECKOUT, tmp_path / "clone"], check=True)
    await serves(kept, tmp_path / "clone", "./lapor doctor && exec ./lapor start")


async def test_a_wheel_and_one_command(kept: Storage, tmp_path: Path) -> None:
    surroundings = os.environ | {"UV_PYTHON": sys.executable}
    subprocess.run([CHECKOUT / ".ci" / "release", tmp_path / "dist"], env=surroundings, check=True)
    subprocess.run([sys.executable, CHECKOUT / "deploy" / "bring_uv.py", tmp_path / "uv"], check=True)
    await serves(kept, tmp_path, "exec uv/bin/uvx --from dist/lapor-*.whl lapor start")
