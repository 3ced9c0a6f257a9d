"""Runs commands of the service, each as a process of its own that is forked from one that has imported them all.

Importing, learning and reading what the project brings take four seconds of a processor, which a test of what a
command does need not pay; how a process starts from nothing is tested with the launcher, and where one begins anew.
Run as a program, this file is the process that is forked from: it answers a connection with the id of a new process,
and later with its exit code.
"""

from __future__ import annotations

import asyncio
import atexit
import gc
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NoReturn

from tests.integration.process.processes import die_with_the_test
from tests.integration.process.surroundings import CHECKOUT


class ForkedProcess:
    """A running command; what `asyncio.subprocess.Process` is for one that was started from nothing."""

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._ending = asyncio.create_task(self._end(reader, writer))

    async def wait(self) -> int:
        """Return the exit code when it has ended; that of a killed process is the signal's number below zero."""
        return await asyncio.shield(self._ending)

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        with suppress(ProcessLookupError):
            if self.returncode is None:
                os.kill(self.pid, number)

    async def _end(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        self.returncode = int(await reader.readline())
        writer.close()
        return self.returncode


async def fork(
    folder: Path,
    words: Sequence[str],
    environment: Mapping[str, str],
    streams: Sequence[Path],
    options: tuple[str, ...] = (),
) -> ForkedProcess:
    """Start a command in this folder; `streams` are files for its stdin, stdout and stderr, `options` are Python's."""
    reader, writer = await asyncio.open_unix_connection(_address(options))
    started_as = [sys.executable, *options, "-P", "-m", "bot", *words]
    asked = {
        "folder": str(folder),
        "words": started_as,
        "environment": dict(environment),
        "streams": [str(stream) for stream in streams],
    }
    writer.write(json.dumps(asked).encode() + b"\n")
    return ForkedProcess(int(await reader.readline()), reader, writer)


async def start_program(
    folder: Path, command: Sequence[str], environment: Mapping[str, str], streams: Sequence[Path]
) -> asyncio.subprocess.Process:
    """Start a program from nothing in this folder."""
    with streams[0].open("rb") as stdin, streams[1].open("ab") as stdout, streams[2].open("ab") as stderr:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
            preexec_fn=die_with_the_test,
        )


@cache
def _address(options: tuple[str, ...]) -> str:
    """The socket of the process that is forked from; it is started once, and ends with this one."""
    folder = Path(tempfile.mkdtemp(prefix="lapor-forking-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    address = str(folder / "socket")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        started = subprocess.Popen(
            [sys.executable, *options, "-m", __name__],
            stdin=listening.fileno(),
            stdout=subprocess.DEVNULL,
            cwd=CHECKOUT,
            env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            start_new_session=True,
            preexec_fn=die_with_the_test,  # noqa: PLW1509 - no other thread of ours holds a lock
        )
    atexit.register(started.kill)
    return address


def _serve() -> NoReturn:
    """Fork a process for each connection to the socket that is stdin."""
    _make_ready()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=os.dup(0)) as listening:
        while True:
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                _look_after(connection)
            connection.close()


def _make_ready() -> None:
    """Read once what every process would: modules, the small models, the texts and the training data."""
    from bot.configuration.settings import HOME, Settings
    from bot.main.service import assemble, known_acts, known_matters, known_purposes, read_model, warm
    from bot.main.training_wiring import data_folder
    from bot.training.samples.worth import LearnedData
    from bot.understanding.model.baseline import SHA256, baseline_file
    from bot.understanding.model.model_file import known_header

    for read in (read_model, known_acts, known_matters, known_purposes):
        read()
    known_header(baseline_file(HOME), SHA256)
    warm(datetime.now(UTC).date())
    with tempfile.TemporaryDirectory() as nobodys:
        LearnedData(data_folder(assemble(Settings(data_dir=Path(nobodys)))))()


def _look_after(connection: socket.socket) -> NoReturn:
    """Start what is asked for, and say when it has ended."""
    from bot.cli import main

    die_with_the_test()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with connection.makefile("rw") as talk:
        asked = json.loads(talk.readline())
        process = os.fork()
        if process == 0:
            _become(**asked)
            _end_with(_code_of(main))
        print(process, file=talk, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), file=talk, flush=True)
    os._exit(0)


def _code_of(main: Callable[[], None]) -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _end_with(code: int) -> NoReturn:
    """End as Python does, but leave the modules to the system: to free them, each shared page would first be copied."""
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _become(folder: str, words: list[str], environment: dict[str, str], streams: list[str]) -> None:
    """Be the process that was asked for, with nothing of the one that it was forked from but the modules."""
    die_with_the_test()
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, stream in enumerate(streams):
        opened = os.open(stream, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the process lives
    sys.orig_argv = words
    sys.argv = ["lapor", *words[words.index("bot") + 1 :]]


if __name__ == "__main__":
    _serve()
