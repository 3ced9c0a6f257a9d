"""Debian's base and its Python, and nothing else: a clone and two commands, or a wheel and one, and a report is filed.

What stands outside of it: git, which makes the clone, and for the wheel uv, a single program.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integration.process.surroundings import CHECKOUT, free_port
from tests.release.images import CERTIFICATES, from_environment
from tests.release.talk import files_a_report, is_ready

pytestmark = pytest.mark.release

DEBIAN = ("mmdebstrap", "--quiet", "--variant=minbase", "--include=python3", "trixie")
CHOSEN = ("tests/conversations/test_conversations.py", "-k", "core")
"""What is tried on the newer Python: every talk, from words to cases."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The empty system, as a folder: `.ci/empty-system` has made it, else it is made now."""
    if made := os.environ.get("EMPTY_SYSTEM"):
        return Path(made)
    folder = tmp_path_factory.mktemp("empty") / "base"
    subprocess.run([*DEBIAN, folder], check=True)
    return folder


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that lies in it as /there, with a clone."""
    folder = tmp_path_factory.mktemp("there")
    subprocess.run(["git", "clone", "--quiet", CHECKOUT, folder / "clone"], check=True)
    return folder


def inside(base: Path, there: Path, command: str, **given: object) -> list[str]:
    """The command line that runs this in it; nothing of this machine is seen there but the network."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"} | from_environment()
    named = [("--setenv", name, str(value)) for name, value in (environment | given).items()]
    seen = [("--ro-bind", path, path) for path in ("/etc/resolv.conf", "/etc/hosts") if Path(path).exists()]
    trusted = [("--ro-bind", CERTIFICATES, CERTIFICATES)] if "SSL_CERT_FILE" in environment else []
    bound = [("--bind", str(base), "/"), ("--dev", "/dev"), ("--proc", "/proc"), ("--bind", str(there), "/there")]
    own = ["--unshare-pid", "--die-with-parent", "--new-session", "--clearenv", "--chdir", "/there"]
    options = [word for option in (*bound, *seen, *trusted, *named) for word in option]
    return ["bwrap", *own, *options, "sh", "-c", command]


@contextmanager
def running(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Let it run while the block does; what it said is told where the block fails."""
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT) as process:
        try:
            yield process
        except BaseException as error:
            error.add_note(log.read_text("utf-8", "replace")[-3000:])
            raise
        finally:
            process.terminate()


async def serves(base: Path, there: Path, command: str) -> None:
    """Start it there by this command; a report is filed."""
    port, began = free_port(), time.monotonic()
    with running(inside(base, there, command, LAPOR_HTTP_PORT=port), there / "log") as process:
        ready = asyncio.create_task(is_ready(f"http://127.0.0.1:{port}"))
        while not (await asyncio.wait([ready], timeout=1))[0]:
            assert process.poll() is None, "it has ended"
        print(f"\n{command}: ready after {time.monotonic() - began:.0f} s")
        await files_a_report(f"http://127.0.0.1:{port}")


async def test_a_clone_and_two_commands(base: Path, there: Path) -> None:
    await serves(base, there, "cd clone && ./lapor doctor && exec ./lapor start")


async def test_a_wheel_and_one_command(base: Path, there: Path) -> None:
    subprocess.run([sys.executable, CHECKOUT / "deploy" / "bring_uv.py", there / "uv"], check=True)
    surroundings = os.environ | {"UV_PYTHON": sys.executable, "LAPOR_UV": str(there / "uv" / "bin" / "uv")}
    subprocess.run([CHECKOUT / ".ci" / "release", there / "dist"], env=surroundings, check=True)
    await serves(base, there, "mkdir empty && cd empty && exec ../uv/bin/uvx --from ../dist/lapor-*.whl lapor start")


def test_the_talks_are_held_alike_on_its_python(base: Path, there: Path) -> None:
    """Of all tests those that go from words to cases; the rest runs on the oldest Python that will do."""
    words = " ".join(CHOSEN)
    sync = ".uv/bin/uv sync --quiet --frozen --inexact --group dev --python .venv/bin/python"
    command = (
        f"cd clone && ./lapor --version && {sync} && .venv/bin/python --version && .venv/bin/pytest -q -n 0 {words}"
    )
    done = subprocess.run(inside(base, there, command), capture_output=True, text=True, check=False)
    print(done.stdout[-400:])
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "Python 3.13" in done.stdout
