"""Three machines of a cell, all on this one: each has etcd, Patroni and PostgreSQL in a folder of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.integration.process.processes import OneProcess, descendants, die_with_the_test, one_process

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
PROGRAMS = ("patroni", "patronictl", "etcd", "etcdctl", "haproxy", "pgbouncer", "pgbackrest", "openssl")
USER = "postgres" if os.geteuid() == 0 else getpass.getuser()
"""PostgreSQL refuses to run as root; Debian's packages bring this user."""
LEASH = """
import os, pathlib, shutil, signal, sys
sys.stdin.read()
for file in pathlib.Path(sys.argv[1]).glob("*/data/postmaster.pid"):
    try:
        number = int(file.read_text().split()[0])
        os.kill(number, signal.SIGCONT)
        os.kill(number, signal.SIGQUIT)
    except (OSError, ValueError, IndexError):
        pass
"""
"""PostgreSQL outlives its Patroni, and so a killed test run: this sees that run's end and stops it by its id."""


def postgresql_programs() -> Path | None:
    """The newest PostgreSQL that Debian has put here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda one: int(one.parts[4]))
    return found[-1].parent if found else None


def missing_programs() -> list[str]:
    """What of a cell is not installed."""
    missing = [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]
    return missing if postgresql_programs() else [*missing, "postgresql"]


def _surroundings(home: Path) -> dict[str, str]:
    return {"PATH": PATH, "HOME": str(home), "LANG": "C.UTF-8", "TZ": "UTC"}


def run_as_user(command: Sequence[str], cwd: Path) -> str:
    """What a program says, which is run by the user of PostgreSQL. Raises RuntimeError, with what it said."""
    who = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(  # type: ignore[call-overload]
        command, cwd=cwd, env=_surroundings(cwd), capture_output=True, text=True, check=False, **who
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return str(done.stdout)


def start_as_user(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """A program of PostgreSQL's user that ends with this process; what it says is added to this file."""
    who = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    with log.open("ab") as told:
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
            command,
            cwd=log.parent,
            env=_surroundings(log.parent),
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            start_new_session=True,
            preexec_fn=die_with_the_test,  # noqa: PLW1509 - no other thread of ours holds a lock
            **who,
        )


def leash(folder: Path) -> subprocess.Popen[bytes]:
    """Stops every PostgreSQL below this folder once its stdin is closed, however that came."""
    return subprocess.Popen((sys.executable, "-c", LEASH, folder), stdin=subprocess.PIPE, start_new_session=True)


@dataclass
class Machine:
    """One of them; `folder` holds its data, its configuration in `etc`, and what its programs said."""

    name: str
    folder: Path
    ports: dict[str, int]
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _frozen: list[OneProcess] = field(default_factory=list)

    def start(self) -> None:
        """Start what does not run; Patroni starts PostgreSQL."""
        etc = self.folder / "etc"
        for name, command in {
            "etcd": ("etcd", "--config-file", str(etc / "etcd.yml")),
            "patroni": ("patroni", str(etc / "patroni.yml")),
        }.items():
            if name not in self._running:
                self._running[name] = start_as_user(command, self.folder / f"{name}.log")

    @property
    def postmaster(self) -> set[OneProcess]:
        """The server's first process; none while it does not run."""
        with suppress(OSError, ValueError, IndexError):
            number = int((self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
            return {one for one in one_process(number) if one.command == "postgres"}
        return set()

    @property
    def server_processes(self) -> set[OneProcess]:
        """The server's processes, each connection's too."""
        first = self.postmaster
        return first.union(*(descendants(one.pid) for one in first))

    @property
    def processes(self) -> set[OneProcess]:
        """Everything that runs on this machine."""
        own = [one.pid for one in self._running.values()]
        return self.server_processes.union(*(one_process(pid) | descendants(pid) for pid in own))

    def kill_server(self) -> None:
        """SIGKILL to PostgreSQL, as when memory is short; Patroni lives, and sees it."""
        for process in self.server_processes:
            process.kill()

    def kill(self) -> None:
        """SIGKILL to everything, as when the machine is lost."""
        for process in self.processes:
            process.kill()
        for one in self._running.values():
            one.wait()
        self._running.clear()
        self.kill_server()  # one that was being forked

    def stop(self) -> None:
        """Leave nothing: its Patroni first, which would start PostgreSQL again, then PostgreSQL, which tidies up."""
        self.thaw()
        for one in self._running.values():
            one.kill()
            one.wait()
        self._running.clear()
        for process in self.postmaster:
            self._signal(process, signal.SIGQUIT)
            while process.is_alive():
                time.sleep(0.05)

    def freeze(self, *, server_only: bool = False) -> None:
        """SIGSTOP to everything, or to PostgreSQL alone; its connections stay open, and nobody answers there."""
        while more := [one for one in self._now(server_only) if one not in self._frozen]:
            for process in more:
                self._signal(process, signal.SIGSTOP)
            self._frozen += more

    def thaw(self) -> None:
        """It goes on where it was, and does not know that time has passed."""
        for process in self._frozen:
            self._signal(process, signal.SIGCONT)
        self._frozen.clear()

    def _now(self, server_only: bool) -> set[OneProcess]:  # noqa: FBT001 - of `freeze`
        return self.server_processes if server_only else self.processes

    @staticmethod
    def _signal(process: OneProcess, number: signal.Signals) -> None:
        if process.is_alive():
            with suppress(ProcessLookupError):
                os.kill(process.pid, number)
