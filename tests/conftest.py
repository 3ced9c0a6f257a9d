"""What holds for every test: in CI none is skipped, none is timed, and all that ask for PostgreSQL share one server.

Files are run from the longest to the shortest, so that no process is left alone with a long one.
"""

from __future__ import annotations

import gc
import os
import re
import signal
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.docs.carried_out import ManualsWatch
from tests.postgres import PostgresServer, running_postgres
from tests.statements import compile_once

WEIGHTS = {"rasa": 200, "slow": 60, "postgres": 4}
"""How long a test takes, roughly, where most tests take 1."""

ONLY_LEFT_OUT = re.compile(r"not \w+( and not \w+)*")
MARKS_OF_ALL = re.compile(r"^pytestmark = ([^\[\n].*|\[[^\]]*\])$", re.MULTILINE)

settings.register_profile("untimed", deadline=None)
settings.register_profile("few", deadline=None, max_examples=25)
"""Of `--fast`: what holds for anything is tried with a quarter of the examples."""
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """A worker leaves an interrupt to whoever began it: asyncio's own handler writes out each test's fixtures twice."""
    compile_once()
    config.pluginmanager.register(ManualsWatch(config))
    if hasattr(config, "workerinput"):
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file whose every test is left out by `-m` is not imported to find that out, in each process."""
    wanted: str = config.option.markexpr
    if not ONLY_LEFT_OUT.fullmatch(wanted) or collection_path.suffix != ".py":
        return None
    of_all = MARKS_OF_ALL.search(collection_path.read_text(encoding="utf-8"))
    marks = re.findall(r"pytest\.mark\.(\w+)", of_all[0]) if of_all else []
    return True if set(marks) & set(wanted.split()) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    items[:] = [item for tests in sorted(files.values(), key=_weight, reverse=True) for item in tests]


def pytest_collection_finish() -> None:
    """What stands until the end of the run is looked through once, and not again with each test's garbage."""
    gc.collect()
    gc.freeze()


def _weight(tests: list[pytest.Item]) -> int:
    return sum(max((WEIGHTS.get(mark.name, 1) for mark in item.iter_markers()), default=1) for item in tests)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {item.nodeid}"
    return report


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this run's own."""
    with running_postgres() as server:
        yield server
