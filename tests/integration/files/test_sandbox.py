"""A child in bubblewrap or behind a filter does what it does without; who takes it over finds nothing and nobody."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.conversation.events import FileRefusal
from bot.files.kinds import MP4, PICTURE, FileRefused
from bot.files.ports import Examined, TryLater
from bot.files.sandbox import HOME, Bubblewrap, ended_by, sandbox_here
from bot.files.sandbox_pool import SandboxPool
from bot.files.system_calls import filter_here
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


GIVEN_UP = """
import os, sys
from bot.files.inspection.system_calls import give_up, given_program
give_up(given_program())
import ctypes, socket, subprocess, threading
found = []
def tries(name, do):
    try:
        do()
        found.append(name)
    except OSError:
        pass
tries("a connection", lambda: socket.socket())
tries("another program", lambda: subprocess.run(["/bin/true"]))
tries("a process of its own", lambda: os.fork() or os._exit(0))
tries("a name for what came", lambda: os.rename(sys.argv[1], sys.argv[1] + "-mine"))
tries("an end to what came", lambda: os.unlink(sys.argv[1]))
tries("rights for what came", lambda: os.chmod(sys.argv[1], 0o777))
if ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0:
    found.append("what another process holds")
threading.Thread(target=lambda: found.append("")).start()
open(sys.argv[2], "w").write("|".join(found))
"""


@pytest.fixture
def system_call_filter() -> bytes:
    found = filter_here()
    if not found:
        pytest.skip("needs libseccomp and a kernel that takes a filter: apt-get install libseccomp2")
    return found


@pytest.fixture
def sandbox() -> Bubblewrap:
    found = sandbox_here()
    if found is None:
        pytest.skip("needs bubblewrap that may make namespaces: apt-get install bubblewrap")
    return found


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


async def test_pictures_and_films_are_written_anew_in_it(
    bench: Bench, sandbox: Bubblewrap, system_call_filter: bytes
) -> None:
    pool = SandboxPool(sandbox=sandbox, system_call_filter=system_call_filter)
    rewritten = await bench.examine(parts.jpeg_with_place(), pool)
    assert rewritten == Examined(PICTURE, is_rewritten=True, width=32, height=64)
    assert b"Ratna" not in bench.clean.read_bytes()
    assert [file.stat().st_mode & 0o777 for file in (bench.clean, bench.thumb)] == [0o600, 0o600]
    assert await bench.examine(parts.film_with_place(), pool) == Examined(MP4, is_rewritten=True)


@pytest.mark.parametrize("name", TABLE)
async def test_each_file_is_what_it_is_without(
    bench: Bench, sandbox: Bubblewrap, system_call_filter: bytes, name: str
) -> None:
    expected, make = TABLE[name]
    pool = SandboxPool(sandbox=sandbox, system_call_filter=system_call_filter)
    try:
        got = (await bench.examine(make(), pool)).kind.media_type
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


async def test_whoever_takes_over_a_child_that_gave_up_calls_can_do_nothing_with_it(
    bench: Bench, system_call_filter: bytes
) -> None:
    pool = SandboxPool(command=(sys.executable, "-I", "-c", GIVEN_UP), system_call_filter=system_call_filter)
    with pytest.raises(FileRefused):  # it says nothing that we know
        await bench.examine(b"x", pool)
    assert bench.clean.read_text() == ""


@pytest.mark.parametrize("make", [parts.jpeg_with_place, parts.film_with_place])
async def test_a_filter_alone_lets_a_child_do_its_work(
    bench: Bench, system_call_filter: bytes, make: Callable[[], bytes]
) -> None:
    pool = SandboxPool(system_call_filter=system_call_filter)
    assert (await bench.examine(make(), pool)).is_rewritten
