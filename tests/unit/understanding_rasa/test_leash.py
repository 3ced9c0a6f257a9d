"""The leash, with real processes: whoever holds it dies, and nothing of what it held lives on."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable

import pytest

from bot.understanding.rasa.child_process import LEASH
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.slow

A_FAMILY = """
import signal, subprocess, sys, time
if "stubborn" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "child" not in sys.argv:
    subprocess.Popen([sys.executable, "-ISc", sys.argv[1], sys.argv[1], "child", *sys.argv[2:]])
    time.sleep(3600)
print("born", flush=True)
time.sleep(3600)
"""
"""A process with a child, which says that it was born; both live for an hour."""
A_SERVICE = """
import subprocess, sys, time
subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE)
time.sleep(3600)
"""
"""Starts what it is told, holding its stdin, and lives for an hour."""


def python(program: str, *words: str) -> tuple[str, ...]:
    return sys.executable, "-ISc", program, program, *words


def leash(*command: str, options: tuple[str, ...] = ()) -> tuple[str, ...]:
    return sys.executable, "-IS", str(LEASH), *options, "--", *command


async def soon[T](awaited: Awaitable[T]) -> T:
    return await asyncio.wait_for(awaited, PATIENCE_SECONDS)


async def started(*command: str, stdin: int = PIPE) -> Process:
    return await asyncio.create_subprocess_exec(*command, stdin=stdin, stdout=PIPE, stderr=PIPE)


async def a_family_on_a_leash(*words: str) -> Process:
    process = await started(*leash(*python(A_FAMILY, *words)))
    assert await soon(the_line(process)) == b"born\n"
    return process


async def the_line(process: Process) -> bytes:
    assert process.stdout is not None
    return await process.stdout.readline()


async def everybody_is_gone(process: Process) -> bool:
    """True once nobody holds the common stdout any more: not the leash, not the command, not a child of it."""
    assert process.stdout is not None
    return await soon(process.stdout.read()) == b""


def let_go(process: Process) -> None:
    assert process.stdin is not None
    process.stdin.close()


@pytest.mark.parametrize(("command", "code"), [("exit 0", 0), ("exit 5", 5), ("kill -9 $$", 137)])
async def test_the_exit_code_is_the_commands(command: str, code: int) -> None:
    process = await started(*leash("sh", "-c", command))
    assert await soon(process.wait()) == code
    let_go(process)


async def test_a_command_that_cannot_be_run_is_127_and_a_sentence() -> None:
    process = await started(*leash("/no/such/program"))
    _, complained = await soon(process.communicate())
    assert (process.returncode, complained) == (127, b"/no/such/program cannot be run: No such file or directory\n")


@pytest.mark.parametrize("words", [(), ("true",), ("--",), ("--other", "--", "true")])
async def test_wrong_words_are_2(words: tuple[str, ...]) -> None:
    process = await started(sys.executable, "-IS", str(LEASH), *words)
    _, complained = await soon(process.communicate())
    assert (process.returncode, complained[:6]) == (2, b"usage:")


async def test_when_it_is_let_go_of_everybody_is_killed() -> None:
    process = await a_family_on_a_leash()
    let_go(process)
    assert await everybody_is_gone(process)
    assert await soon(process.wait()) == 128 + signal.SIGKILL


async def test_sigterm_ends_everybody() -> None:
    process = await a_family_on_a_leash()
    process.terminate()
    assert await everybody_is_gone(process)
    assert await soon(process.wait()) == 128 + signal.SIGTERM
    let_go(process)


async def test_who_does_not_heed_sigterm_is_killed() -> None:
    process = await a_family_on_a_leash("stubborn")
    process.terminate()
    assert await everybody_is_gone(process)
    assert await soon(process.wait()) == 128 + signal.SIGKILL
    let_go(process)


async def test_what_a_command_leaves_behind_is_killed() -> None:
    process = await started(*leash("sh", "-c", "sleep 3600 & echo born"))
    assert await soon(the_line(process)) == b"born\n"
    assert await everybody_is_gone(process)
    assert await soon(process.wait()) == 0
    let_go(process)


async def test_sigkill_of_the_service_leaves_nobody() -> None:
    service = await started(*python(A_SERVICE, *leash(*python(A_FAMILY))))
    assert await soon(the_line(service)) == b"born\n"
    service.kill()
    assert await everybody_is_gone(service)
    let_go(service)
    await service.wait()


async def test_a_frozen_command_is_killed_too() -> None:
    process = await started(*leash("sh", "-c", "echo $$; exec sleep 3600"))
    os.kill(int(await soon(the_line(process))), signal.SIGSTOP)
    let_go(process)
    assert await everybody_is_gone(process)
    await process.wait()


@pytest.mark.parametrize(("options", "stdin"), [((), b"nothing\n"), (("--open-stdin",), b"leash\n")])
async def test_the_command_has_no_stdin_or_the_leash_itself(options: tuple[str, ...], stdin: bytes) -> None:
    process = await started(*leash("sh", "-c", "test -p /dev/stdin && echo leash || echo nothing", options=options))
    assert await soon(the_line(process)) == stdin
    await soon(process.wait())
    let_go(process)


async def test_without_a_leash_in_hand_nothing_runs_on() -> None:
    process = await started(*leash(*python(A_FAMILY)), stdin=DEVNULL)
    assert await soon(process.wait()) == 128 + signal.SIGKILL
