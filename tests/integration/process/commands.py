"""One command of the service as a real process, run to its end."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.integration.process.forking import run_forked
from tests.integration.process.processes import die_with_the_test, marked
from tests.integration.process.surroundings import START_SECONDS, environment


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
    program: Sequence[str] = (),
    within_seconds: float = START_SECONDS,
    told: str = "",
    **settings: object,
) -> Finished:
    """Run a command to its end; `told` is what it reads, `program` is started in place of a fork of ours."""
    mark = secrets.token_hex(8)
    try:
        run = _run_program(program) if program else run_forked
        return Finished(*await run(folder, words, environment(folder, mark, settings), told, within_seconds))
    finally:
        for left in marked(mark):
            left.kill()


def _run_program(program: Sequence[str]) -> Callable[..., Awaitable[tuple[int, str, str]]]:
    async def run(
        folder: Path, words: Sequence[str], given: dict[str, str], told: str, within_seconds: float
    ) -> tuple[int, str, str]:
        process = await asyncio.create_subprocess_exec(
            *(*program, *words),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=given,
            cwd=folder,
            start_new_session=True,
            preexec_fn=die_with_the_test,
        )
        try:
            out, err = await asyncio.wait_for(process.communicate(told.encode()), within_seconds)
        except TimeoutError:
            process.kill()
            await process.wait()
            raise
        return process.returncode or 0, out.decode(), err.decode()

    return run
