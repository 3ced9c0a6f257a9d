"""Has each file looked at by a child process of its own. Believes the child only what it could not do harm with."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.conversation.events import FileRefusal
from bot.files.kinds import KINDS, FileRefused
from bot.files.ports import Examined, StorageFull, TryLater
from bot.files.sandbox import Bubblewrap, ended_by

log = structlog.get_logger()

COMMAND = (sys.executable, "-I", "-B", "-m", "bot.files.inspection.child")
"""It writes no bytecode: a limit, or a full disk, would leave half a module behind that nobody can import again."""
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}
"""The whole environment of the child process: it holds no setting and no secret."""
AT_ONCE = 2
LONGEST_ANSWER_BYTES = 2_000
LARGEST_SIDE = 20_000
AGAIN_SECONDS = 5.0
KILLED_BY_ITS_LIMITS = frozenset({signal.SIGXCPU, signal.SIGALRM})
KILLED_BY_THE_FILE = frozenset({signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGILL, signal.SIGFPE})


@dataclass(frozen=True, slots=True)
class SandboxPool:
    """An `Examiner` with a child for each file, few of them at once.

    A child begins in a tenth of a processor second; a pool would save that, and let one file near the next.

    Attributes:
        sandbox: what is around it; None where the machine has none.
        system_call_filter: the program by which it gives up system calls; empty where the machine offers none.
    """

    command: Sequence[str] = COMMAND
    sandbox: Bubblewrap | None = None
    system_call_filter: bytes = b""
    most_seconds: float = 45.0
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def examine(self, raw: Path, clean: Path, thumb: Path) -> Examined:
        """Look at `raw`; a picture is written anew to `clean`, and small to `thumb`.

        Raises:
            Refused: it is not kept.
            StorageFull: there was no room for what was to be written.
            TryLater: no child could be started, or somebody else ended it.
        """
        async with self._places:
            reading, writing = os.pipe()
            os.set_blocking(reading, False)
            with os.fdopen(reading, "rb", buffering=0) as answers:
                child = await self._start(writing, raw, clean, thumb)
                await self._end(child)
                answer = answers.read(LONGEST_ANSWER_BYTES)
        if child.returncode:
            raise _why_it_ended(child.returncode)
        return _read(answer or b"")

    async def _start(self, writing: int, *paths: Path) -> Process:
        """A child whose answer goes into this pipe, which is ours to close."""
        command: list[str | Path] = [*self.command, *paths]
        given = _in_memory(self.system_call_filter)
        try:
            return await asyncio.create_subprocess_exec(
                *(self.sandbox.wrapped(command, *paths) if self.sandbox else command),
                stdin=given,
                stdout=writing,
                stderr=DEVNULL,
                env=ENVIRONMENT,
                start_new_session=True,
            )
        except OSError as error:
            raise TryLater(AGAIN_SECONDS) from error
        finally:
            os.close(writing)
            os.close(given)

    async def _end(self, child: Process) -> None:
        """Wait for a child; it is killed when that takes too long, or when we are ended."""
        try:
            async with asyncio.timeout(self.most_seconds):
                await child.wait()
        except TimeoutError:
            raise FileRefused(FileRefusal.TOO_LARGE) from None
        finally:
            if child.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                await child.wait()


def _in_memory(content: bytes) -> int:
    """A file with this content that lies nowhere, from its beginning."""
    if not content:
        return os.open(os.devnull, os.O_RDONLY)
    file = os.memfd_create("filter")
    os.write(file, content)
    os.lseek(file, 0, os.SEEK_SET)
    return file


def _why_it_ended(code: int) -> Exception:
    """What to do about a file over which a child ended."""
    number = ended_by(code)
    if number in KILLED_BY_ITS_LIMITS:
        return FileRefused(FileRefusal.TOO_LARGE)
    log.warning("file_ended_its_child", code=code)
    return FileRefused(FileRefusal.BROKEN) if number in KILLED_BY_THE_FILE else TryLater(AGAIN_SECONDS)


def _read(answer: bytes) -> Examined:
    """What a child said. It may have been taken over by the file it read, so it can only choose from what we know."""
    try:
        told = json.loads(answer)
        if told.get("full"):
            raise StorageFull
        if "refused" in told:
            raise FileRefused(FileRefusal(told["refused"]))
        width, height = (min(max(int(told[side]), 0), LARGEST_SIDE) for side in ("width", "height"))
        return Examined(KINDS[told["media_type"]], bool(told["clean"]), width, height)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        log.warning("file_child_unreadable", error=type(error).__name__)
        raise FileRefused(FileRefusal.BROKEN) from None
