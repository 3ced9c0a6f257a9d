"""The service as a real process: started with settings, waited for, ended, and searched for what it leaves behind."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.integration.process.forking import ForkedProcess, fork, start_program
from tests.integration.process.processes import OneProcess, descendants, marked, one_process
from tests.integration.process.surroundings import START_SECONDS, environment, free_port, until
from tests.patience import PATIENCE_SECONDS
from tests.talks.database import new_database

STOP_SECONDS = 5.0
TOLD = 2000
"""Characters of what a service said last that stand beside a failure."""


@dataclass
class Service:
    """A service that was started; `folder` holds its data (`var`) and what it said (`stdout`, `stderr`)."""

    process: asyncio.subprocess.Process | ForkedProcess
    folder: Path
    address: str
    mark: str
    family: set[OneProcess] = field(default_factory=set)

    @property
    def stdout(self) -> str:
        """What it has said."""
        return (self.folder / "stdout").read_text(encoding="utf-8")

    @property
    def stderr(self) -> str:
        """What it has logged."""
        return (self.folder / "stderr").read_text(encoding="utf-8")

    @property
    def database(self) -> Path:
        """Its SQLite file."""
        return self.folder / "var" / "lapor.db"

    @property
    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self.process.returncode is not None

    async def health(self) -> dict[str, Any] | None:
        """What `/health/ready` says with a 200; None for anything else."""
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=5)) as session,
                session.get(f"{self.address}/health/ready") as answer,
            ):
                document: dict[str, Any] = await answer.json()
                return document if answer.status == 200 else None
        except (ClientError, OSError, TimeoutError):
            return None

    async def becomes(self, within_seconds: float = START_SECONDS, **wanted: object) -> dict[str, Any]:
        """Wait until `/health/ready` is 200 and says all of this, and return what it says.

        Raises:
            TimeoutError: it did not in time.
            AssertionError: the service ended meanwhile.
        """
        async with asyncio.timeout(within_seconds):
            while True:
                assert not self.has_ended, f"it ended with {self.process.returncode}: {self.stderr[-2000:]}"
                said = await self.health()
                if said and all(said.get(name) == value for name, value in wanted.items()):
                    return said
                await asyncio.sleep(0.02)

    async def end(self, number: signal.Signals = signal.SIGTERM, within_seconds: float = STOP_SECONDS) -> int:
        """Send a signal, wait for the end, and return the exit code.

        Raises:
            TimeoutError: it runs still.
        """
        self.family |= descendants(self.process.pid)
        if not self.has_ended:
            self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), within_seconds)

    def left_behind(self) -> list[str]:
        """Commands of processes of this service's that still run."""
        alive = {process for process in self.family if process.is_alive()} | marked(self.mark)
        return sorted(process.command for process in alive)

    async def leaves_nobody(self, within_seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until no process of it runs.

        Raises:
            AssertionError: one does.
        """
        try:
            await until(lambda: not self.left_behind(), "its children end", within_seconds)
        except TimeoutError:
            raise AssertionError(f"left behind: {self.left_behind()}") from None

    def kill_all(self) -> None:
        """Leave nobody, whatever happened."""
        for process in marked(self.mark) | self.family:
            process.kill()


async def start(folder: Path, *, program: Sequence[str] = (), port: int | None = None, **settings: object) -> Service:
    """Start the service and return at once; its output is added to what is in `folder` already.

    Without a `program` it is forked, and finds a new database of today's schema: the launcher's makes its own.
    """
    port = port or free_port()
    mark = secrets.token_hex(8)
    given = {"http_port": port, **settings}
    files = (Path(os.devnull), folder / "stdout", folder / "stderr")
    surroundings = environment(folder, mark, given)
    if program:
        process = await start_program(folder, (*program, "start"), surroundings, files)
    else:
        if not settings.keys() & {"database_url", "data_dir"} and not (folder / "var").exists():
            (folder / "var").mkdir(mode=0o700)
            shutil.move(await new_database(), folder / "var" / "lapor.db")
        process = await fork(folder, ("start",), surroundings, files, ("-OO",))
    return Service(process, folder, f"http://127.0.0.1:{given['http_port']}", mark, one_process(process.pid))


@asynccontextmanager
async def running_service(
    folder: Path,
    *,
    program: Sequence[str] = (),
    port: int | None = None,
    start_seconds: float = START_SECONDS,
    **settings: object,
) -> AsyncIterator[Service]:
    """The service, answering; ended by SIGTERM with exit 0 and no process left, unless the test ended it itself.

    Settings are given by their names without `LAPOR_`, in small letters.
    """
    service = await start(folder, program=program, port=port, **settings)
    try:
        await service.becomes(start_seconds)
        yield service
        if not service.has_ended:
            assert await service.end() == 0
        await service.leaves_nobody()
    except Exception as error:
        error.add_note(f"The service said:\n{service.stdout[-TOLD:]}\nand logged:\n{service.stderr[-TOLD:]}")
        raise
    finally:
        service.kill_all()
        await service.process.wait()
