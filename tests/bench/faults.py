"""Puts small faults into the code, one at a time, and counts how many of them the tests notice.

Usage: nice -n 15 python -m tests.bench.faults [--faults 60] [--seed 14] [--in bot actions] [--list FILE] [PYTEST ...]

    python -m tests.bench.faults --list faults.json tests/unit tests/conversations -m "not slow and not rasa"

Tests are collected once. A first pass in a process of its own finds which tests run the line of each fault; then each
fault is put into a forked process, which runs those tests until one fails. Where FILE is there, its faults and tests
are taken in place of the first pass, so that two commits can be asked the same: a fault is known by its function's name
and words, wherever that has moved to, and tests that are gone are left out. A fault that no test runs is not counted.

Not mutmut or cosmic-ray: they start pytest anew for each fault, and here collecting takes longer than the tests.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from tests.bench.fault_kinds import HOME, Fault, all_faults, faulty_code

SPARE = 4
"""So many times the faults that are wanted are looked at: not all lines are run by a test."""
LONGEST_SECONDS = 120
"""For the tests of one fault; what takes longer is not counted as noticed."""


@dataclass(slots=True)
class Judge:
    """A pytest plugin that runs the tests for each fault in place of running them once."""

    wanted: int
    candidates: list[Fault]
    file: Path | None
    tests: dict[str, list[str]] = field(default_factory=dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge every fault."""
        if self.file and self.file.exists():
            self.tests = json.loads(self.file.read_text("utf-8"))
        else:
            self.tests = self._first_pass(session)
        chosen = [fault for fault in self.candidates if self.tests.get(fault.key)][: self.wanted]
        if self.file and not self.file.exists():
            self.file.write_text(json.dumps({fault.key: self.tests[fault.key] for fault in chosen}, indent=1), "utf-8")
        caught = sum(self._is_caught(session, fault) for fault in chosen)
        print(f"{caught} of {len(chosen)} faults are noticed ({100 * caught / max(1, len(chosen)):.0f} %)", flush=True)
        return True

    def _first_pass(self, session: pytest.Session) -> dict[str, list[str]]:
        """Which tests run the line of each fault; a test that fails by itself is left out."""
        reading, writing = os.pipe()
        if (child := os.fork()) == 0:
            os.close(reading)
            lines = {(_code_of(fault), fault.line): fault.key for fault in self.candidates}
            tests = {fault.key: list[str]() for fault in self.candidates}
            for item, failed, seen in _watched(session, lines):
                for key in () if failed else seen:
                    tests[key].append(item.nodeid)
            with os.fdopen(writing, "w") as out:
                json.dump(tests, out)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as told:
            found: dict[str, list[str]] = json.load(told)
        os.waitpid(child, 0)
        return found

    def _is_caught(self, session: pytest.Session, fault: Fault) -> bool:
        known = set(self.tests[fault.key])
        items = [item for item in session.items if item.nodeid in known]
        began = time.monotonic()
        if (child := os.fork()) == 0:
            signal.alarm(LONGEST_SECONDS)
            os._exit(int(any(_fails(session, *pair) for pair in _in_order(_with(fault, items)))))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        result = {0: "MISSED", -signal.SIGALRM: "too long"}.get(status, "noticed")
        print(f"{result:8}{len(items):5} tests {time.monotonic() - began:6.1f} s  {fault}", flush=True)
        return result == "noticed"


def _with(fault: Fault, items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests, in a process in which the code has this fault and nothing is remembered from before."""
    code = faulty_code(fault)
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and _is(one.__code__, fault):
            one.__code__ = code
        elif isinstance(one, _lru_cache_wrapper):
            with contextlib.suppress(Exception):
                one.cache_clear()
    return items


def _is(code: CodeType, fault: Fault) -> bool:
    return code.co_qualname == fault.function and code.co_filename == str(HOME / fault.file)


def _code_of(fault: Fault) -> CodeType:
    import_module(fault.module)
    return next(one.__code__ for one in gc.get_objects() if isinstance(one, FunctionType) and _is(one.__code__, fault))


def _in_order(items: list[pytest.Item]) -> Iterable[tuple[pytest.Item, pytest.Item | None]]:
    """Each test with the one that follows, for which fixtures may stay."""
    return zip(items, [*items[1:], None], strict=True)


def _fails(session: pytest.Session, item: pytest.Item, following: pytest.Item | None) -> bool:
    """Run a test, and say whether it fails."""
    before = session.testsfailed
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    return session.testsfailed > before


def _watched(session: pytest.Session, lines: dict[tuple[CodeType, int], str]):  # noqa: ANN202 - read where it is used
    """Run all tests, and tell of each whether it fails and the keys of the lines that it runs."""
    seen = set[str]()
    monitoring = sys.monitoring

    def note(code: CodeType, line: int) -> object:
        if (key := lines.get((code, line))) is not None:
            seen.add(key)
        return monitoring.DISABLE

    monitoring.use_tool_id(monitoring.COVERAGE_ID, "faults")
    monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, note)
    for code, _ in lines:
        monitoring.set_local_events(monitoring.COVERAGE_ID, code, monitoring.events.LINE)
    for item, following in _in_order(session.items):
        seen.clear()
        monitoring.restart_events()
        failed = _fails(session, item, following)
        yield item, failed, sorted(seen)


def main() -> None:
    """Judge them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", type=int, default=60)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--in", dest="folders", nargs="+", default=["bot", "actions"])
    parser.add_argument("--list", type=Path)
    given, words = parser.parse_known_args()
    candidates = all_faults(given.folders, given.seed)
    if not (given.list and given.list.exists()):
        candidates = candidates[: given.faults * SPARE]
    judge = Judge(given.faults, candidates, given.list)
    sys.exit(pytest.main(["-p", "no:terminal", "-p", "no:randomly", "-p", "no:xdist", *words], plugins=[judge]))


if __name__ == "__main__":
    main()
