"""Looks at the processes of this machine through /proc: who descends from whom, and who carries a mark."""

from __future__ import annotations

import ctypes
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MARK = "TESTED_SERVICE"
"""A variable that everything a test starts carries in its environment, so that orphans are found, too."""


_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def die_with_the_test() -> None:
    """Called in a new process: the system kills it when the process that runs the tests is gone, however it went."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class OneProcess:
    """A process; its number alone would be given to another one day."""

    pid: int
    started: str

    @property
    def command(self) -> str:
        """What it runs, without its arguments: they may hold anything."""
        with suppress(OSError):
            return Path(f"/proc/{self.pid}/comm").read_text(encoding="utf-8").strip()
        return "gone"

    def kill(self) -> None:
        """End it, if it still is the same."""
        if self.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def is_alive(self) -> bool:
        """Whether it runs; one that only waits to be reaped does not."""
        state = _state(self.pid)
        return state is not None and state[2] == self.started and state[0] not in "ZX"


def one_process(pid: int) -> set[OneProcess]:
    """The process of this number, unless there is none."""
    state = _state(pid)
    return {OneProcess(pid, state[2])} if state else set()


def descendants(pid: int) -> set[OneProcess]:
    """Every process below this one that runs now."""
    parents = {}
    for other in _pids():
        if (state := _state(other)) and state[0] not in "ZX":
            parents[other] = state[1]
    found: set[int] = set()
    new = {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return {OneProcess(child, state[2]) for child in found if (state := _state(child))}


def marked(mark: str) -> set[OneProcess]:
    """Every running process whose environment carries this mark."""
    wanted = f"{MARK}={mark}".encode()
    found = set()
    for pid in _pids():
        with suppress(OSError):
            if wanted in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") and (state := _state(pid)):
                found.add(OneProcess(pid, state[2]))
    return {process for process in found if process.is_alive()}


def _pids() -> list[int]:
    return [int(name) for path in Path("/proc").iterdir() if (name := path.name).isdecimal()]


def _state(pid: int) -> tuple[str, int, str] | None:
    """State, parent and start time of a process; None when it is gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    words = told[told.rindex(")") + 2 :].split()
    return words[0], int(words[1]), words[19]
