"""`lapor test`: every check there is, the tests beside the others, each shown as if it ran alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Annotated, BinaryIO

import typer

from bot.cli.clone import require_clone
from bot.cli.output import console
from bot.configuration.settings import without_settings
from bot.shipped import PROJECT

SCRIPTS = PROJECT / ".venv" / "bin"
FAST = ("-m", "not slow and not thorough and not rasa and not postgres and not release", "--hypothesis-profile", "few")
RELEASE = ("-m", "release", "-s", "tests/release")
BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder", "--numprocesses")
"""A file stays in one process, for its tests share what they make ready; `tests/conftest.py` orders the files."""
WORKERS = "4"
"""For two processors: what one waits for leaves them to the others."""
NOT_PASSED_ON = ("PYTHONDONTWRITEBYTECODE", "MALLOC_", "PYENV_VERSION", "PYENV_DIR")
"""Every process would compile every module anew; memory is spared by the service, not by its tests; and pyenv would
give the language model's checks the service's Python."""
EMPTY_SYSTEM = (str(PROJECT / ".ci" / "empty-system"),)
"""Beside the tests, behind the model's: mostly it waits for packages."""
LOOK_SECONDS = 0.1
NOT_TRIED = 77
"""The exit code of a check that could not be tried here, and has said why."""


@dataclass(slots=True)
class Check:
    """One check: its name, its command, and, once it has run, all that it said and how long it took."""

    name: str
    command: tuple[str, ...]
    seconds: float = 0.0
    _said: BinaryIO = field(default_factory=tempfile.TemporaryFile)

    def run(self) -> int:
        """Run it to its end, and return its exit code."""
        began = time.monotonic()
        done = subprocess.run(  # noqa: S603 - a tool of ours
            self.command, cwd=PROJECT, env=_environment(), stdout=self._said, stderr=subprocess.STDOUT, check=False
        )
        self.seconds = time.monotonic() - began
        return done.returncode

    def follow(self, code: Future[int]) -> int:
        """Print what it says as it says it, until it has ended, and return its exit code."""
        console.rule(self.name)
        shown, is_over = 0, False
        while not is_over:
            is_over = bool(wait([code], timeout=LOOK_SECONDS).done)
            while said := os.pread(self._said.fileno(), 65536, shown):
                shown += len(said)
                sys.stdout.buffer.write(said)
            sys.stdout.buffer.flush()
        result = {0: "ok", NOT_TRIED: "not tried"}.get(code.result(), f"failed ({code.result()})")
        console.print(f"{self.name}: {result}, {self.seconds:.0f} s")
        return code.result()

    def shown(self) -> int:
        """Run it alone, and print what it says."""
        with ThreadPoolExecutor(1) as alone:
            return self.follow(alone.submit(self.run))


def test(
    context: typer.Context,
    fast: Annotated[bool, typer.Option("--fast", help="Only what is quick, and needs no Rasa.")] = False,  # noqa: FBT002, PT028 - a command
    release: Annotated[bool, typer.Option("--release", help="Only what is tried before a release.")] = False,  # noqa: FBT002, PT028 - likewise
) -> None:
    """Run all checks; further words go to pytest, and then the language model's own tests are left out."""
    require_clone()
    if release:
        sys.exit(Check("release", (_script("pytest"), *RELEASE, *context.args)).shown())
    workers = (*BY_FILE, WORKERS)
    service = Check("service", (_script("pytest"), *(FAST if fast else ()), *(context.args or workers)))
    longer = [] if fast or context.args else [*_of_the_model(), Check("empty system", EMPTY_SYSTEM)]
    tests, others = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
    try:
        its_code = tests.submit(service.run)
        checks = [(check, others.submit(check.run)) for check in (*_of_the_code(), *longer)]
        checks.insert(len(checks) - len(longer), (service, its_code))
        codes = {check.name: check.follow(code) for check, code in checks}
    finally:
        tests.shutdown(cancel_futures=True)
        others.shutdown(cancel_futures=True)
    sys.exit(_told(codes))


def _told(codes: Mapping[str, int]) -> int:
    """Says what failed and what could not be tried; returns the exit code of all of it."""
    not_tried = [name for name, code in codes.items() if code == NOT_TRIED]
    if failed := [name for name, code in codes.items() if code not in {0, NOT_TRIED}]:
        console.print(f"Failed: {', '.join(failed)}.")
        return 1
    console.print(f"All checks passed, but not tried: {', '.join(not_tried)}." if not_tried else "All checks passed.")
    return 0


def _of_the_code() -> Iterator[Check]:
    yield Check("formatting", (_script("ruff"), "format", "--check", "--quiet", "."))
    yield Check("ruff", (_script("ruff"), "check", "--quiet", "."))
    yield Check("types", (_script("mypy"),))
    yield Check("imports", (_script("lint-imports"), "--no-cache"))


def _of_the_model() -> Iterator[Check]:
    in_nlu = (os.environ.get("LAPOR_UV", "uv"), "run", "--directory", "nlu", "--frozen", "--group", "dev")
    yield Check("nlu ruff", (*in_nlu, "ruff", "check", "--quiet", "."))
    yield Check("nlu", (*in_nlu, "pytest"))


def _environment() -> dict[str, str]:
    return {name: value for name, value in without_settings().items() if not name.startswith(NOT_PASSED_ON)}


def _script(name: str) -> str:
    return str(SCRIPTS / name)
