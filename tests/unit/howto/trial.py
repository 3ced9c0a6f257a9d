"""A copy of the project in which a how-to is carried out, with its commands as a reader types them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from bot.configuration.settings import HOME, without_settings
from tests.unit.howto.steps import carry_out, commands, read_steps

COPIED = ("actions", "bot", "data", "tests")
FILES = ("pyproject.toml",)
HOW_TO = HOME / "docs" / "how-to"
LAUNCHER = '#!/bin/sh\nexec .venv/bin/python -P -m bot "$@"\n'
"""What `./lapor` becomes once the packages are there; the real one would bring them into this environment again."""


def a_copy(folder: Path) -> Path:
    """The project, with what was compiled of it."""
    project = folder / "project"
    for name in COPIED:
        shutil.copytree(HOME / name, project / name)
    for name in FILES:
        shutil.copy(HOME / name, project / name)
    (project / ".venv").symlink_to(Path(sys.prefix))
    launcher = project / "lapor"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)
    return project


def follow(name: str, project: Path) -> None:
    """Do what a how-to says, in order, and hold it to what it says the commands print.

    Raises:
        WrongStep: a file is not as a step expects it.
        AssertionError: a command failed, or printed something else.
    """
    for step in read_steps(HOW_TO / name):
        carry_out([step], project)
        for command in commands([step]):
            done = typed(command.command, project)
            assert done.returncode == 0, f"{command.where}: {command.command}\n{done.stdout}\n{done.stderr}"
            assert command.output in done.stdout, f"{command.where}: {command.command}\n{done.stdout}"


def typed(command: str, project: Path) -> subprocess.CompletedProcess[str]:
    """A line as somebody types it in the project's folder; the copied code comes before the installed."""
    environment = {**without_settings(), "PYTHONPATH": str(project)}
    return subprocess.run(
        ["sh", "-c", command], cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
