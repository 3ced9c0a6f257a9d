"""The sandbox in which a child looks at a file: bubblewrap where the machine has it and lets it work, else none.

In it the child has no network, sees no other process, and of all files only Python, this program's code, and the three
that it is about. Its own limits (memory, processor time, file sizes) it takes upon itself in any case.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HOME: Final = Path(__file__).resolve().parent.parent.parent
CODE: Final = (HOME / "bot", HOME / "actions")
SYSTEM: Final = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache")
ALONE: Final = ("--unshare-all", "--die-with-parent", "--cap-drop", "ALL", "--proc", "/proc", "--dev", "/dev")
PROBE_SECONDS: Final = 10.0
NO_ENVIRONMENT: Final[Mapping[str, str]] = {}
OWNER_ONLY: Final = 0o600
KILLED: Final = 128
"""What bubblewrap adds to the number of a signal that ended its child."""


@dataclass(frozen=True, slots=True)
class Bubblewrap:
    """Runs a command in namespaces of its own. `program`: where bubblewrap is."""

    program: str

    def wrapped(self, command: Sequence[str | Path], readable: Path, *writable: Path) -> list[str]:
        """The command that runs this one in the sandbox, with one file to read and some to write.

        Files that are to be written are made first: nothing of the folder around them is seen.
        """
        for file in writable:
            file.touch(OWNER_ONLY)
        seen = [str(folder) for folder in (*_python(), *CODE)]
        binds = [word for folder in (*SYSTEM, *seen) for word in ("--ro-bind-try", folder, folder)]
        binds += ["--ro-bind", str(readable), str(readable)]
        binds += [word for file in writable for word in ("--bind", str(file), str(file))]
        return [self.program, *ALONE, *binds, "--remount-ro", "/", "--chdir", "/", "--", *map(str, command)]

    def works(self) -> bool:
        """Whether a command can be run like this here; containers and systemd units may forbid it."""
        command = [self.program, *ALONE, *(word for one in SYSTEM for word in ("--ro-bind-try", one, one))]
        try:
            done = subprocess.run(  # noqa: S603 - our own words
                [*command, "--", "/usr/bin/env", "true"],
                env=NO_ENVIRONMENT,
                capture_output=True,
                timeout=PROBE_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0


def ended_by(code: int) -> int:
    """The signal that ended a child of this exit code, whether it ran in bubblewrap or not; 0 for none."""
    return -code if code < 0 else max(0, code - KILLED)


@functools.cache
def sandbox_here() -> Bubblewrap | None:
    """The sandbox that this machine offers; None where a child has its limits alone."""
    program = shutil.which("bwrap")
    found = Bubblewrap(program) if program else None
    return found if found and found.works() else None


def _python() -> list[str]:
    """Where Python lies, and what is installed for it."""
    return list(dict.fromkeys([sys.base_prefix, sys.prefix, str(Path(sys.executable).resolve().parent.parent)]))
