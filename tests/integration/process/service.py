"""The service as a real process: started with settings, waited for, ended, and searched for what it leaves behind."""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.integration.process.processes import MARK, OneProcess, descendants, die_with_the_test, marked

CHECKOUT = Path(__file__).resolve().parents[3]
LAUNCHER = (str(CHECKOUT / "lapor"),)
PYTHON = (str(CHECKOUT / ".venv/bin/python"), "-P", "-m", "bot")
"""The service without the launcher, for tests in which it does not matter."""

START_SECONDS = 60.0
STOP_SECONDS = 5.0
NOT_SET = (
    "TELEGRAM_TOKEN",
    "TELEGRAM_WEBHOOK_SECRET",
    "PUBLIC_URL",
    "DATABASE_URL",
    "NLU_TOKEN",
    "SECRET_KEY",
    "TRUSTED_PROXIES",
    "METRICS_TOKEN",
)
"""Settings that are empty unless a test gives them: somebody's `.env` must not reach into a test."""


async def until[T](look: Callable[[], T], what: str, within_seconds: float = 20.0) -> T:
    """Look again and again until there is something to be seen, and return it.

    Raises:
        TimeoutError: it was not there in time; says what was waited for.
    """
    try:
        async with asyncio.timeout(within_seconds):
            while not (found := look()):
                await asyncio.sleep(0.01)
            return found
    except TimeoutError:
        raise TimeoutError(f"waited {within_seconds:g} s in vain: {what}") from None


def free_port() -> int:
    """A free port from below those that the system gives to outgoing connections, so that it stays free."""
    for port in random.sample(range(18_000, 32_000), 200):
        with socket.socket() as trying:
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trying.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port")


def environment(folder: Path, mark: str, settings: Mapping[str, object]) -> dict[str, str]:
    """All that a tested process gets of one: nothing of ours but what it needs to be found and to run."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if (not name.startswith("LAPOR_") or name == "LAPOR_UV") and name != "PYTHONDONTWRITEBYTECODE"
    }
    given = {
        **dict.fromkeys(NOT_SET, ""),
        "NLU": "off",
        "TELEGRAM_MODE": "polling",
        "DATA_DIR": folder / "var",
        "CONFIG_DIR": CHECKOUT / "data",
        **{name.upper(): value for name, value in settings.items()},
    }
    ours = {f"LAPOR_{name}": str(value) for name, value in given.items() if value is not None}
    return {**kept, **ours, MARK: mark}


@dataclass
class Service:
    """A service that was started; `folder` holds its data (`var`) and what it said (`stdout`, `stderr`)."""

    process: asyncio.subprocess.Process
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

    async def leaves_nobody(self, within_seconds: float = 2.0) -> None:
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


async def start(
    folder: Path, *, program: Sequence[str] = PYTHON, port: int | None = None, **settings: object
) -> Service:
    """Start the service and return at once; its output is added to what is in `folder` already."""
    port = port or free_port()
    mark = secrets.token_hex(8)
    given = {"http_port": port, **settings}
    with (folder / "stdout").open("ab") as out, (folder / "stderr").open("ab") as err:
        process = await asyncio.create_subprocess_exec(
            *(*program, "start"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=environment(folder, mark, given),
            cwd=folder,
            start_new_session=True,
            preexec_fn=die_with_the_test,
        )
    return Service(process, folder, f"http://127.0.0.1:{given['http_port']}", mark)


@asynccontextmanager
async def running_service(
    folder: Path,
    *,
    program: Sequence[str] = PYTHON,
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
    finally:
        service.kill_all()
        await service.process.wait()


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def sentence(self) -> str:
        """The one line that a failed command leaves on stderr.

        Raises:
            AssertionError: it left another number of lines, or does not say who speaks.
        """
        lines = self.stderr.splitlines()
        assert len(lines) == 1, f"{len(lines)} lines on stderr:\n{self.stderr}"
        assert lines[0].startswith("lapor: ")
        return lines[0].removeprefix("lapor: ")


async def lapor(
    folder: Path,
    *words: str,
    program: Sequence[str] = PYTHON,
    within_seconds: float = START_SECONDS,
    **settings: object,
) -> Finished:
    """Run a command to its end."""
    mark = secrets.token_hex(8)
    process = await asyncio.create_subprocess_exec(
        *(*program, *words),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment(folder, mark, settings),
        cwd=folder,
        start_new_session=True,
        preexec_fn=die_with_the_test,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), within_seconds)
    finally:
        for left in marked(mark):
            left.kill()
        await process.wait()
    return Finished(process.returncode or 0, out.decode(), err.decode())
