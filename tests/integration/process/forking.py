"""Runs commands of the service, each as a process of its own that is forked from one that has imported them all.

Importing takes two seconds of a processor, which a test of what a command does need not pay; how a process starts from
nothing is tested by every service that is started, and by the launcher. Run as a program, this file is the process
that is forked from: it answers a connection with the id of a new process, and when that has ended with its exit code.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.integration.process.processes import die_with_the_test


async def run_forked(
    folder: Path, words: Sequence[str], environment: Mapping[str, str], told: str, within_seconds: float
) -> tuple[int, str, str]:
    """Run a command to its end in this folder; returns its exit code, its stdout and its stderr.

    Raises:
        TimeoutError: it did not end in time, and was killed.
    """
    with tempfile.TemporaryDirectory(prefix="lapor-command-") as made:
        streams = [Path(made) / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_text(told, encoding="utf-8")
        asked = {"folder": str(folder), "words": words, "environment": dict(environment)}
        reader, writer = await asyncio.open_unix_connection(_address())
        writer.write(json.dumps(asked | {"streams": [str(stream) for stream in streams]}).encode() + b"\n")
        process = int(await reader.readline())
        try:
            code = int(await asyncio.wait_for(reader.readline(), within_seconds))
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            raise
        finally:
            writer.close()
        return code, streams[1].read_text("utf-8"), streams[2].read_text("utf-8")


@cache
def _address() -> str:
    """The socket of the process that is forked from, which is started once and ends with this one."""
    folder = Path(tempfile.mkdtemp(prefix="lapor-forking-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    address = str(folder / "socket")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    started = subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=listening.fileno(),
        stdout=subprocess.DEVNULL,
        cwd=Path(__file__).parents[3],
        start_new_session=True,
        preexec_fn=die_with_the_test,  # noqa: PLW1509 - no thread runs at this moment
    )
    listening.close()
    atexit.register(started.kill)
    return address


def _serve() -> None:
    """Fork a process for each connection to the socket that is stdin."""
    from bot.cli import main

    with socket.socket(fileno=os.dup(0)) as listening:
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        while True:
            connection, _ = listening.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                with connection, connection.makefile("rw") as talk:
                    asked = json.loads(talk.readline())
                    process = os.fork()
                    if process == 0:
                        listening.close()
                        _become(asked)
                        main()
                        sys.exit()
                    print(process, file=talk, flush=True)
                    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), file=talk, flush=True)
                os._exit(0)
            connection.close()


def _become(asked: dict[str, Any]) -> None:
    """Be the process that was asked for, with nothing of the one that it was forked from but the modules."""
    die_with_the_test()
    os.setsid()
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    for number, stream in enumerate(asked["streams"]):
        opened = os.open(stream, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the process lives
    sys.argv = ["lapor", *asked["words"]]


if __name__ == "__main__":
    _serve()
