"""The language model's own environment: where uv is, and how to run in a Python that is not ours."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.rasa import child_process
from bot.understanding.rasa.model_files import ModelFolders

_NOT_FOR_THE_MODEL = frozenset(
    {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "UV_PROJECT_ENVIRONMENT", "UV_PROJECT", "UV_PYTHON"}
    | {"PYENV_VERSION", "PYENV_DIR"}
)
"""Each of these would send it to the service's environment or Python."""
_MOST_OUTPUT_BYTES = 50_000


class PreparationFailed(Exception):
    """The model cannot be made ready; one sentence says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class RasaEnvironment:
    """Where the model is made and served.

    Attributes:
        folders: where everything lies.
        uv: the program that keeps the environment.
        environment: what the model's programs get of our environment.
        megabytes: of memory that each of them may have; 0 sets no limit.
    """

    folders: ModelFolders
    uv: Path
    environment: Mapping[str, str]
    megabytes: int = 0

    @classmethod
    def open(
        cls, folders: ModelFolders, environ: Mapping[str, str] = os.environ, *, megabytes: int = 0
    ) -> RasaEnvironment:
        """The workshop as our environment describes it.

        Raises:
            PreparationFailed: there is no uv, or nothing to run with it.
        """
        require_program(folders)
        uv = find_uv(environ)
        if uv is None:
            raise PreparationFailed(
                "uv is not found: start with ./lapor, which brings it, or install it with `pip install uv`."
            )
        return cls(folders, uv, environment_for_model(environ), megabytes)

    def python(self, script: str, *words: str) -> list[str]:
        """The command that runs one of the model's scripts in the model's Python."""
        return [str(self.uv), "run", *self._project, "python", script, *words]

    def sync(self, *options: str) -> list[str]:
        """The command that brings the environment up to date; what tests have added to it stays."""
        return [str(self.uv), "sync", *self._project, "--inexact", *options]

    async def run(self, command: list[str]) -> tuple[int, str]:
        """Run a command under a parent watch; its exit code, and the end of what it said.

        Raises:
            PreparationFailed: the log cannot be written.
        """
        log = self.folders.log
        try:
            before = log.stat().st_size if log.exists() else 0
            code = await child_process.run(command, self.environment, log, megabytes=self.megabytes)
            with log.open("rb") as written:
                end = written.seek(0, os.SEEK_END)
                written.seek(max(min(before, end), end - _MOST_OUTPUT_BYTES))
                return code, written.read().decode(errors="replace")
        except OSError as error:
            raise PreparationFailed(f"{log} cannot be written: {error.strerror}.") from error

    @property
    def _project(self) -> tuple[str, ...]:
        return ("--directory", str(self.folders.program), "--frozen", "--no-dev")


def require_program(folders: ModelFolders) -> None:
    """Return where the language model's own project is.

    Raises:
        PreparationFailed: it is not, for a wheel does not hold it.
    """
    if not folders.program.is_dir():
        raise PreparationFailed(
            "What trains a language model, and Rasa's server, do not come in a wheel: use a clone of the project."
        )


def find_uv(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Where uv is, as uv itself (`UV`) or the launcher (`LAPOR_UV`) says, else on the path; None: nowhere."""
    named = (environ.get("UV"), environ.get("LAPOR_UV"), shutil.which("uv", path=environ.get("PATH")))
    return next((Path(name).absolute() for name in named if name and Path(name).is_file()), None)


def environment_for_model(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Our environment without what is not for the model: our Python, our settings, our secrets."""
    kept = {
        name: value
        for name, value in environ.items()
        if name not in _NOT_FOR_THE_MODEL and not name.startswith("LAPOR_")
    }
    return {**kept, "RASA_TELEMETRY_ENABLED": "false"}
