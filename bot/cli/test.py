"""`lapor test`: every check there is, one after the other, and a line for each at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from bot.cli.output import console
from bot.configuration.settings import HOME, without_settings

SCRIPTS = HOME / ".venv" / "bin"
FAST = ("-m", "not slow and not rasa and not postgres", "--numprocesses", "2")
QUICK = ("-m", "not slow and not rasa", "--numprocesses", "2")
"""Tests that mind no company; a process each for two processors."""
REAL = ("-m", "slow or rasa", "--numprocesses", "2", "--dist", "loadfile")
"""Each file stays in one process, for what it has made ready is for all its tests."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it is called, its command, and the folder it runs in."""

    name: str
    command: tuple[str, ...]


def test(
    context: typer.Context,
    fast: Annotated[bool, typer.Option("--fast", help="Only what needs neither Rasa nor a real process.")] = False,  # noqa: FBT002, PT028 - a command
) -> None:
    """Run all checks; further words go to pytest, and then the language model's own tests are left out."""
    failed = []
    for check in _checks(context.args, fast=fast):
        console.rule(check.name)
        began = time.monotonic()
        code = subprocess.run(check.command, cwd=HOME, env=without_settings(), check=False).returncode  # noqa: S603
        console.print(f"{check.name}: {'ok' if code == 0 else f'failed ({code})'}, {time.monotonic() - began:.0f} s")
        if code:
            failed.append(check.name)
    if failed:
        console.print(f"Failed: {', '.join(failed)}.")
        sys.exit(1)
    console.print("All checks passed.")


def _checks(arguments: Sequence[str], *, fast: bool) -> Iterator[Check]:
    yield Check("formatting", (_script("ruff"), "format", "--check", "--quiet", "."))
    yield Check("ruff", (_script("ruff"), "check", "--quiet", "."))
    yield Check("types", (_script("mypy"),))
    yield Check("imports", (_script("lint-imports"), "--no-cache"))
    if arguments:
        yield Check("service", (_script("pytest"), *(FAST if fast else ()), *arguments))
        return
    yield Check("service", (_script("pytest"), *(FAST if fast else QUICK)))
    if fast:
        return
    yield Check("service, as real processes", (_script("pytest"), *REAL))
    in_nlu = (os.environ.get("LAPOR_UV", "uv"), "run", "--directory", "nlu", "--frozen", "--group", "dev")
    yield Check("nlu ruff", (*in_nlu, "ruff", "check", "--quiet", "."))
    yield Check("nlu", (*in_nlu, "pytest"))


def _script(name: str) -> str:
    return str(SCRIPTS / name)
