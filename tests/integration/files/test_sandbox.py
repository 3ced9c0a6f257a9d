"""A child in bubblewrap does what it does without, and whoever takes it over finds nothing and nobody."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path

import pytest

from bot.conversation.events import FileRefusal
from bot.files.kinds import MP4, PICTURE, FileRefused
from bot.files.ports import Examined, TryLater
from bot.files.sandbox import HOME, Bubblewrap, ended_by, sandbox_here
from bot.files.sandbox_pool import SandboxPool
from tests.integration.files.test_workshop import LIMITED, Bench
from tests.unit.files import parts
from tests.unit.files.hostile import TABLE

pytestmark = pytest.mark.slow

TAKEN_OVER = """
import os, socket, sys
folder, port, other = {folder!r}, {port}, {other}
found = []
for file in (folder + "/secret-key", folder + "/incoming-of-another", "{home}/.git/HEAD", "{home}/pyproject.toml"):
    if os.path.exists(file):
        found.append(file)
try:
    socket.create_connection(("127.0.0.1", port), 2).close()
    found.append("the network")
except OSError:
    pass
if os.path.exists("/proc/%d" % other):
    found.append("another process")
try:
    open(folder + "/mine", "w").close()
    found.append("a place to write")
except OSError:
    pass
try:
    open(sys.argv[1], "r+").close()
    found.append("what came")
except OSError:
    pass
open(sys.argv[2], "w").write(" ".join(found))
"""


@pytest.fixture
def sandbox() -> Bubblewrap:
    found = sandbox_here()
    if found is None:
        pytest.skip("needs bubblewrap that may make namespaces: apt-get install bubblewrap")
    return found


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


async def test_pictures_and_films_are_written_anew_in_it(bench: Bench, sandbox: Bubblewrap) -> None:
    pool = SandboxPool(sandbox=sandbox)
    rewritten = await bench.examine(parts.jpeg_with_place(), pool)
    assert rewritten == Examined(PICTURE, is_rewritten=True, width=32, height=64)
    assert b"Ratna" not in bench.clean.read_bytes()
    assert [file.stat().st_mode & 0o777 for file in (bench.clean, bench.thumb)] == [0o600, 0o600]
    assert await bench.examine(parts.film_with_place(), pool) == Examined(MP4, is_rewritten=True)


@pytest.mark.parametrize("name", TABLE)
async def test_each_file_is_what_it_is_without(bench: Bench, sandbox: Bubblewrap, name: str) -> None:
    expected, make = TABLE[name]
    try:
        got = (await bench.examine(make(), SandboxPool(sandbox=sandbox))).kind.media_type
    except FileRefused as refused:
        got = refused.refusal.value
    assert got == expected


@pytest.mark.parametrize(
    ("does", "ends_with"),
    [
        ("bytearray(600_000_000)", FileRefusal.TOO_LARGE),
        ("(child._limit(resource.RLIMIT_CPU, 1), [0 for _ in iter(int, 1)])", FileRefusal.TOO_LARGE),
        ("__import__('os').kill(__import__('os').getpid(), 11)", FileRefusal.BROKEN),
        ("(child.signal.alarm(1), child.signal.pause())", FileRefusal.TOO_LARGE),
    ],
)
async def test_what_ended_the_child_is_told_through_it(
    bench: Bench, sandbox: Bubblewrap, does: str, ends_with: FileRefusal
) -> None:
    program = (sys.executable, "-I", "-c", LIMITED.format(do=does))
    with pytest.raises(FileRefused) as raised:
        await bench.examine(b"x", SandboxPool(command=program, sandbox=sandbox, most_seconds=20))
    assert raised.value.refusal is ends_with


async def taken_over(bench: Bench, sandbox: Bubblewrap | None) -> str:
    """What a child finds that a file has taken over."""
    folder = bench.raw.parent
    for name in ("secret-key", "incoming-of-another"):
        (folder / name).write_text("a secret")
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        program = TAKEN_OVER.format(folder=str(folder), port=port, other=os.getpid(), home=HOME)
        pool = SandboxPool(command=(sys.executable, "-I", "-c", program), sandbox=sandbox)
        with pytest.raises(FileRefused):  # it says nothing that we know
            await bench.examine(b"x", pool)
    return bench.clean.read_text()


async def test_whoever_takes_it_over_finds_nothing(bench: Bench, sandbox: Bubblewrap) -> None:
    assert await taken_over(bench, sandbox) == ""
    without = await taken_over(bench, None)
    assert all(one in without for one in ("secret-key", "the network", "another process", "a place to write"))


async def test_a_bubblewrap_that_fails_is_no_sandbox_and_refuses_no_file(bench: Bench) -> None:
    broken = Bubblewrap(shutil.which("false") or "")
    assert not broken.works()
    with pytest.raises(TryLater):
        await bench.examine(parts.jpeg(), SandboxPool(sandbox=broken))


@pytest.mark.parametrize(("code", "number"), [(0, 0), (1, 0), (-11, 11), (139, 11), (152, 24)])
def test_the_signal_that_ended_it(code: int, number: int) -> None:
    assert ended_by(code) == number
