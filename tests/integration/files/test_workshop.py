"""The child that looks at a file: what it may not do, and what becomes of one that goes wrong."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from bot.conversation.events import FileRefusal
from bot.files.kinds import MP4, PICTURE, FileRefused
from bot.files.ports import Examined, StorageFull, TryLater
from bot.files.sandbox_pool import COMMAND, SandboxPool
from tests.unit.files import parts
from tests.unit.files.hostile import TABLE

NO_LARGER = (
    f"import resource,os,sys; resource.setrlimit({resource.RLIMIT_FSIZE},(200,200)); os.execv(sys.argv[1],sys.argv[1:])"
)
"""What a full disk does to the child: it may write 200 bytes."""


class Bench:
    """Where a file lies, and where the new one goes."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.clean, self.thumb = (folder / name for name in ("raw", "clean", "thumb"))

    async def examine(self, content: bytes, rasa_environment: SandboxPool | None = None) -> Examined:
        self.raw.write_bytes(content)
        return await (rasa_environment or SandboxPool()).examine(self.raw, self.clean, self.thumb)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def child(program: str, most_seconds: float = 10) -> SandboxPool:
    """A workshop whose child is this program."""
    return SandboxPool(command=(sys.executable, "-I", "-c", program), most_seconds=most_seconds)


async def test_a_photo_is_written_anew_by_the_child(bench: Bench) -> None:
    found = await bench.examine(parts.jpeg_with_place())
    assert found == Examined(PICTURE, is_rewritten=True, width=32, height=64)
    assert Image.open(io.BytesIO(bench.clean.read_bytes())).size == (32, 64)
    assert b"Ratna" not in bench.clean.read_bytes()
    assert bench.clean.stat().st_mode & 0o777 == 0o600


async def test_a_films_place_is_blotted_out_and_nothing_moves(bench: Bench) -> None:
    came = parts.film_with_place()
    assert await bench.examine(came) == Examined(MP4, is_rewritten=True)
    kept = bench.clean.read_bytes()
    assert len(kept) == len(came)
    assert b"116.8000" not in kept
    assert b"Phone 12" not in kept
    assert kept.index(b"mdat") == came.index(b"mdat")


async def test_a_film_without_a_place_is_kept_as_it_came(bench: Bench) -> None:
    assert await bench.examine(parts.film()) == Examined(MP4)


@pytest.mark.thorough
async def test_a_full_disk_leaves_no_half_a_compiled_module(bench: Bench, tmp_path: Path) -> None:
    compiled = tmp_path / "compiled"
    here = (COMMAND[0], "-X", f"pycache_prefix={compiled}", *COMMAND[1:])
    with pytest.raises(StorageFull):
        await bench.examine(parts.jpeg(), SandboxPool(command=(sys.executable, "-c", NO_LARGER, *here)))
    assert not list(compiled.rglob("*.pyc*"))


async def test_a_full_disk_is_told_from_a_broken_picture(bench: Bench) -> None:
    full = SandboxPool(command=(sys.executable, "-c", NO_LARGER, *COMMAND))
    for content in (parts.jpeg(), parts.film_with_place()):
        with pytest.raises(StorageFull):
            await bench.examine(content, full)


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLE)
async def test_the_child_gives_each_file_what_the_table_says(bench: Bench, name: str) -> None:
    expected, make = TABLE[name]
    try:
        got = (await bench.examine(make())).kind.media_type
    except FileRefused as refused:
        got = refused.refusal.value
    assert got == expected


LIMITED = """
import resource, sys
from bot.files.inspection import child
child._examine = lambda *_: {do}
child.main(sys.argv[1:])
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("does", "ends_with"),
    [
        ("bytearray(600_000_000)", FileRefusal.TOO_LARGE),
        ("(child._limit(resource.RLIMIT_CPU, 1), [0 for _ in iter(int, 1)])", FileRefusal.TOO_LARGE),
        ("__import__('os').kill(__import__('os').getpid(), 11)", FileRefusal.BROKEN),
        ("(child.signal.alarm(1), child.signal.pause())", FileRefusal.TOO_LARGE),
    ],
    ids=["takes memory", "takes the processor", "breaks the decoder", "never ends"],
)
async def test_what_takes_too_much_is_refused(bench: Bench, does: str, ends_with: FileRefusal) -> None:
    with pytest.raises(FileRefused) as raised:
        await bench.examine(b"x", child(LIMITED.format(do=does)))
    assert raised.value.refusal is ends_with


async def test_a_child_that_never_answers_is_ended(bench: Bench) -> None:
    silent = SandboxPool(command=(sys.executable, "-I", "-c", "import signal; signal.pause()"), most_seconds=0.5)
    with pytest.raises(FileRefused):
        await bench.examine(b"x", silent)


async def test_a_child_that_somebody_else_killed_is_tried_again(bench: Bench) -> None:
    with pytest.raises(TryLater):
        await bench.examine(b"x", child("import os; os.kill(os.getpid(), 9)"))
    with pytest.raises(TryLater):
        await bench.examine(b"x", child("raise ImportError"))
    with pytest.raises(TryLater):
        await bench.examine(b"x", SandboxPool(command=("/nowhere/python",)))


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "no JSON",
        "[]",
        "null",
        '{"media_type": "text/html", "width": 1, "height": 1, "clean": true}',
        '{"refused": "x"}',
    ],
)
async def test_a_child_that_was_taken_over_cannot_name_a_kind_of_its_own(bench: Bench, answer: str) -> None:
    with pytest.raises(FileRefused):
        await bench.examine(b"x", child(f"print({answer!r}, end='')"))


async def test_a_child_that_never_stops_talking_is_not_heard_out(bench: Bench) -> None:
    with pytest.raises((FileRefused, TryLater)):
        await bench.examine(b"x", child("while True: print('x' * 1000)", most_seconds=0.5))


async def test_once_it_decodes_a_child_can_open_nothing(bench: Bench) -> None:
    opens = """
import json, resource, socket, sys
from bot.files.inspection import child
child._limit(resource.RLIMIT_NOFILE, 0)
told = []
for attempt in (lambda: open("/etc/hostname"), lambda: socket.socket()):
    try:
        attempt()
    except OSError:
        told.append("could not")
print(json.dumps({"refused": "file-locked" if told == ["could not"] * 2 else "file-gone"}))
"""
    with pytest.raises(FileRefused) as raised:
        await bench.examine(b"x", child(opens))
    assert raised.value.refusal is FileRefusal.LOCKED


async def test_a_child_inherits_no_setting_and_no_secret(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_SECRET_KEY", "s3cret")
    tells = """
import json, os
print(json.dumps({"refused": "file-gone" if "LAPOR_SECRET_KEY" in os.environ else "file-locked"}))
"""
    with pytest.raises(FileRefused) as raised:
        await bench.examine(b"x", child(tells))
    assert raised.value.refusal is FileRefusal.LOCKED


async def test_a_child_ends_by_itself_when_we_are_gone(bench: Bench) -> None:
    """It has a processor limit and an alarm of its own; both are set before it reads."""
    seen = "{'cpu': resource.getrlimit(resource.RLIMIT_CPU), 'alarm': child.signal.alarm(0)}"
    paths = [str(path) for path in (bench.raw, bench.clean, bench.thumb)]
    bench.raw.write_bytes(b"x")
    command = [sys.executable, "-I", "-c", LIMITED.format(do=seen), *paths]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert told["cpu"][0] == 20
    assert 0 < told["alarm"] <= 60


@pytest.mark.slow
async def test_a_photo_of_twelve_megapixels_takes_little(bench: Bench) -> None:
    began = time.monotonic()
    found = await bench.examine(parts.jpeg(4000, 3000))
    assert (found.width, found.height) == (2560, 1920)
    assert time.monotonic() - began < 30
