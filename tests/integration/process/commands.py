"""One command of the service as a real process, run to its end."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.integration.process.forking import fork, start_program
from tests.integration.process.processes import marked, one_process
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
    given = environment(folder, mark, settings)
    with tempfile.TemporaryDirectory(prefix="lapor-command-") as made:
        streams = [Path(made) / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_text(told, encoding="utf-8")
        if program:
            process = await start_program(folder, (*program, *words), given, streams)
        else:
            process = await fork(folder, words, given, streams)
        try:
            code = await asyncio.wait_for(process.wait(), within_seconds)
        finally:
            for left in marked(mark) | one_process(process.pid):
                left.kill()
        return Finished(code, streams[1].read_text("utf-8"), streams[2].read_text("utf-8"))
