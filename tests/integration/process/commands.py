"""One command of the service as a real process, run to its end."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.integration.process.processes import die_with_the_test, marked
from tests.integration.process.surroundings import PYTHON, START_SECONDS, environment


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
    told: str = "",
    **settings: object,
) -> Finished:
    """Run a command to its end; `told` is what it reads."""
    mark = secrets.token_hex(8)
    process = await asyncio.create_subprocess_exec(
        *(*program, *words),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment(folder, mark, settings),
        cwd=folder,
        start_new_session=True,
        preexec_fn=die_with_the_test,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(told.encode()), within_seconds)
    finally:
        for left in marked(mark):
            left.kill()
        await process.wait()
    return Finished(process.returncode or 0, out.decode(), err.decode())
