"""Starts and ends the language model's processes, each under a parent watch: none of them outlives the service."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

LEASH = Path(__file__).with_name("parent_watch.py")
_LARGEST_LOG_BYTES = 5_000_000
_GENTLE_SECONDS = 2.2
_FIRM_SECONDS = 0.4
_ALL_SECONDS = 3.0
_OWNER_ONLY = 0o600


async def start(
    command: Sequence[str], environment: Mapping[str, str], log: Path, *, tells: bool = False, megabytes: int = 0
) -> Process:
    """Start a command under a parent watch, in a session of its own: a Ctrl-C at the terminal is not for it.

    Args:
        command: the program and its arguments.
        environment: all that it gets of one.
        log: where its stderr goes, and its stdout unless it `tells`.
        tells: its stdout is a pipe to be read, and its stdin stays open as long as we live; else it has none.
        megabytes: of memory that each of its processes may have; 0 sets no limit.

    Raises:
        OSError: the log cannot be written.
    """
    options = [*(["--open-stdin"] if tells else []), *(["--megabytes", str(megabytes)] if megabytes else [])]
    with _open_log(log) as written:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-IS", str(LEASH), *options, "--", *command),
            stdin=PIPE,
            stdout=PIPE if tells else written,
            stderr=written,
            env=dict(environment),
            start_new_session=True,
        )


async def run(command: Sequence[str], environment: Mapping[str, str], log: Path, *, megabytes: int = 0) -> int:
    """Run a command under a parent watch to its end, its output in the log; return its exit code; `megabytes` as above.

    Raises:
        OSError: the log cannot be written.
    """
    process = await start(command, environment, log, megabytes=megabytes)
    try:
        return await process.wait()
    finally:
        if process.returncode is None:
            await end(process)


async def end(process: Process, *, at_once: bool = False) -> None:
    """End what was started, within 3 s, and leave none of its children alive; to end it twice is no harm.

    Args:
        process: as `start` gave it.
        at_once: it is frozen, so it is not asked first.
    """
    latest = asyncio.get_running_loop().time() + _ALL_SECONDS
    if not at_once:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await _has_ended(process, _GENTLE_SECONDS)
    if process.stdin is not None:
        process.stdin.close()  # also when the leash has ended: what it held, and lost, hears of it
    if not await _has_ended(process, _FIRM_SECONDS):
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await _has_ended(process, _FIRM_SECONDS)
    if process.stdout is not None:
        await asyncio.sleep(0)  # whoever read it until now was cancelled, and hears of that first
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(latest):
                await process.stdout.read()  # whoever lost the leash holds it a little longer


async def told_by_python(script: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a short script that needs nothing but the standard library.

    Raises:
        OSError: no process can be started.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-IS", str(script), *words), stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env={}
    )
    try:
        told, complained = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return process.returncode or 0, told.decode(errors="replace"), complained.decode(errors="replace")


def _open_log(log: Path) -> BinaryIO:
    """The log, for its owner alone, opened at its end; one that grew too large is put aside first."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _LARGEST_LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _OWNER_ONLY), "ab")


async def _has_ended(process: Process, seconds: float) -> bool:
    """Whether the leash has ended; `wait` alone would also wait for whoever else holds its pipes."""
    if process.returncode is None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), seconds)
    return process.returncode is not None
