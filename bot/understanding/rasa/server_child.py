"""One life of the language model's server, from its first word on stdout until it ends or freezes."""

from __future__ import annotations

import asyncio
import contextlib
import json
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.fallback_breaker import PROBE_TEXT
from bot.understanding.port import CannotUnderstand, Understanding
from bot.understanding.rasa import child_process

_SILENCES_TO_BE_FROZEN = 2


@dataclass(frozen=True, slots=True)
class ServerTimeouts:
    """How long is waited for what, in seconds.

    Attributes:
        start: for a server to get ready.
        between_checks: from one health check to the next.
        check: for the answer to one; two without mean that it is frozen.
        first_pause, longest_pause: before a server that failed is started again; the pause doubles.
        good_life: a server that lived longer than this is started again at once.
        prepare_again: after a preparation that failed.
        other: from one look at another process's server to the next.
    """

    start: float = 180.0
    between_checks: float = 2.0
    check: float = 3.0
    first_pause: float = 1.0
    longest_pause: float = 60.0
    good_life: float = 60.0
    prepare_again: float = 300.0
    other: float = 1.0


class NotServing(Exception):
    """The server did not get ready, or ended, or froze; one sentence, without the token."""


@contextlib.asynccontextmanager
async def serving(
    command: Sequence[str], environment: Mapping[str, str], log: Path, longest_start_seconds: float
) -> AsyncIterator[tuple[int, Process]]:
    """A server that is ready, as its port and its process; it ends with the block.

    Args:
        command: prints one JSON line, `{"port": N, "ready": true}`, once it answers.
        environment: with the token.
        log: where its stderr goes.
        longest_start_seconds: how long it may take to get ready.

    Raises:
        NotServing: it did not get ready.
        OSError: it cannot be started, or the log cannot be written.
    """
    process = await child_process.start(command, environment, log, tells=True)
    try:
        yield await _port_of(process, longest_start_seconds), process
    finally:
        await child_process.end(process)


async def until_it_fails(process: Process, understanding: Understanding, every_seconds: float) -> str:
    """Wait until the server has ended or frozen, and say which; a frozen one is killed."""
    ended = asyncio.create_task(_drain(process))
    silent = asyncio.create_task(until_silent(understanding, every_seconds))
    try:
        await asyncio.wait({ended, silent}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended.cancel()
        silent.cancel()
    if process.returncode is None and silent.done() and not silent.cancelled():
        await child_process.end(process, at_once=True)
        return "it had frozen, and was killed"
    return f"it ended with {await process.wait()}"


async def until_silent(understanding: Understanding, every_seconds: float) -> None:
    """Ask for nobody every few seconds, until there is no answer twice in a row."""
    silences = 0
    while silences < _SILENCES_TO_BE_FROZEN:
        if silences == 0:
            await asyncio.sleep(every_seconds)
        try:
            await understanding.understand([PROBE_TEXT])
        except CannotUnderstand:
            silences += 1
        else:
            silences = 0


async def _port_of(process: Process, longest_seconds: float) -> int:
    """The port that the ready line names; other lines are passed over."""
    if process.stdout is None:
        raise NotServing("its stdout is no pipe")
    try:
        async with asyncio.timeout(longest_seconds):
            async for line in process.stdout:
                port = _port_in(line)
                if port is not None:
                    return port
            raise NotServing(f"it ended with {await process.wait()} before it was ready")
    except TimeoutError:
        raise NotServing(f"it was not ready in {longest_seconds:g} s") from None


def _port_in(line: bytes) -> int | None:
    """The port of a ready line; None for any other line."""
    try:
        told = json.loads(line)
        return int(told["port"]) if told["ready"] is True else None
    except (ValueError, KeyError, TypeError):
        return None


async def _drain(process: Process) -> None:
    """Read on, so that a talkative server is not held up, until it has ended."""
    while process.stdout is not None and await process.stdout.read(65_536):
        pass
    await process.wait()
