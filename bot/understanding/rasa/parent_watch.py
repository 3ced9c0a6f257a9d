"""Runs a command that cannot outlive whoever started it.

Called as `python parent_watch.py [--open-stdin] [--megabytes N] -- COMMAND…`.

Standard library only, and no import from this project: it is run as a file (`python -IS parent_watch.py`), never
imported. Its own stdin is the leash: a pipe of which the starter holds the other end and never writes to.
When the starter is gone, however it went, the pipe ends, and every process of the command's group is killed
at once. SIGTERM (or SIGINT) asks the group to end, and kills what is left of it after two seconds. The exit
code is the command's; 128 plus the number of the signal that ended it; 127 when it cannot be run; 2 when the
words are wrong. With `--megabytes N` no process of it may have more memory, and all give way to others.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import FrameType

_GRACE_SECONDS = 2
_STDIN = 0
_CANNOT_RUN = 127
_WRONG_WORDS = 2
_GIVES_WAY = 10
_USAGE = "usage: python parent_watch.py [--open-stdin] [--megabytes N] -- COMMAND…"


class ParentWatch:
    """A command in a process group of its own, and the three ways in which it ends."""

    def __init__(self) -> None:
        """Listen for signals already: one that comes before the command runs must not be lost."""
        self._child: subprocess.Popen[bytes] | None = None
        self._must_end = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end_gently)
        signal.signal(signal.SIGALRM, lambda *_: self._tell_group(signal.SIGKILL))

    def run(self, command: Sequence[str], *, open_stdin: bool) -> int:
        """Run the command to its end, leave nothing of its group alive, and return its exit code.

        Args:
            command: the program and its arguments.
            open_stdin: the command inherits the leash as its stdin, and may watch it too; else it has none.

        Raises:
            OSError: the command cannot be run.
        """
        stdin = None if open_stdin else subprocess.DEVNULL
        self._child = subprocess.Popen(command, stdin=stdin, process_group=0)
        if self._must_end:
            self._end_gently(signal.SIGTERM, None)
        threading.Thread(target=self._kill_when_let_go, name="leash", daemon=True).start()
        code = self._child.wait()
        self._tell_group(signal.SIGKILL)
        return code if code >= 0 else 128 - code

    def _kill_when_let_go(self) -> None:
        with contextlib.suppress(OSError):
            while os.read(_STDIN, 4096):
                pass
        self._tell_group(signal.SIGKILL)

    def _end_gently(self, _signal: int, _frame: FrameType | None) -> None:
        self._must_end = True
        self._tell_group(signal.SIGTERM)
        signal.alarm(_GRACE_SECONDS)

    def _tell_group(self, number: signal.Signals) -> None:
        """Send a signal to everything that is left of the group."""
        if self._child is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._child.pid, number)


def limit(megabytes: int) -> None:
    """What holds from now on for this process and all that it starts, each of them."""
    most = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    os.nice(_GIVES_WAY)


def main(words: Sequence[str]) -> int:
    """Read the words, run the command, and return the exit code."""
    rest = list(words)
    open_stdin = rest[:1] == ["--open-stdin"]
    rest = rest[open_stdin:]
    megabytes = int(rest[1]) if rest[:1] == ["--megabytes"] and len(rest) > 1 and rest[1].isdecimal() else 0
    rest = rest[2:] if megabytes else rest
    if len(rest) < 2 or rest[0] != "--":  # noqa: PLR2004 - the dashes and a program
        print(_USAGE, file=sys.stderr)
        return _WRONG_WORDS
    try:
        if megabytes:
            limit(megabytes)
        return ParentWatch().run(rest[1:], open_stdin=open_stdin)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        print(f"{rest[1]} cannot be run: {reason}", file=sys.stderr)
        return _CANNOT_RUN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
