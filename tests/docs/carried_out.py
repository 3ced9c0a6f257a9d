"""Sees, while tests run, that each button which a manual names in a task is shown in a test of that task.

A mark alone says that a test does a task, and a manual could name a button that is not there at that point. So what
marked tests put into words is gathered, and held at the end of a whole run, or of `pytest -m manual`, to the manuals.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest

from bot.conversation.screen import Line
from bot.texts.words import Texts
from tests.talks.talk_file import TalkFile

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = ROOT / "docs" / "manuals"
TASK: Final = re.compile(r"^\(([a-z-]+)\)=\n## (.*?)(?=^\([a-z-]+\)=\n|\Z)", re.MULTILINE | re.DOTALL)
KEY: Final = re.compile(r"\{ui\}`([a-z0-9_-]+)")
WHOLE_RUNS: Final = {"not release", "manual"}
"""What `-m` says where every test of the manuals runs."""
SHOWN: Final = "shown in a task"


def named_in_tasks(language: str) -> Mapping[str, frozenset[str]]:
    """The keys of the buttons and pages that each task names."""
    pages = (page.read_text("utf-8") for page in (SOURCES / language).glob("*.md"))
    return {task: frozenset(KEY.findall(words)) for page in pages for task, words in TASK.findall(page)}


def shown_in_talks(texts: Texts, language: str) -> Mapping[str, frozenset[str]]:
    """Of the keys that a task names, those whose words are a button in its talks."""
    shown = dict[str, frozenset[str]]()
    for file in (ROOT / "tests" / "conversations").glob("*.txt"):
        words = file.read_text("utf-8")
        for task in re.findall(r"[a-z-]+", TalkFile.read(file).settings.manual):
            keys = named_in_tasks(language)[task]
            there = {key for key in keys if f"[{texts.say(language, Line(key))}]" in words}
            shown[task] = shown.get(task, frozenset()) | there
    return shown


@contextmanager
def heard() -> Iterator[set[str]]:
    """The keys of all that is put into words meanwhile."""
    keys, say = set[str](), Texts.say

    def listening(texts: Texts, language: str, line: Line) -> str:
        keys.add(line.key)
        return say(texts, language, line)

    with patch.object(Texts, "say", listening):
        yield keys


def is_whole(config: pytest.Config) -> bool:
    """Whether every test of the manuals runs, and this is the process that hears of all of them."""
    is_narrowed = config.option.keyword or config.option.markexpr not in WHOLE_RUNS
    return not (hasattr(config, "workerinput") or is_narrowed) and config.args_source is config.ArgsSource.TESTPATHS


class ManualsWatch:
    """A plugin of pytest: gathers what each task's tests show, also from other processes, and compares in the end."""

    def __init__(self, config: pytest.Config) -> None:
        self._shown = dict[str, set[str]]()
        self._missing: list[str] = []
        self._is_whole = is_whole(config)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        tasks = [task for mark in item.iter_markers("manual") for task in mark.args]
        if not tasks:
            return (yield)
        with heard() as keys:
            result = yield
        item.user_properties.append((SHOWN, [tasks, sorted(keys)]))
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for tasks, keys in (value for name, value in report.user_properties if name == SHOWN):
            for task in _strings(tasks):
                self._shown.setdefault(task, set()).update(_strings(keys))

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if not self._is_whole or exitstatus:
            return
        from tests.docs.manuals import project_texts

        in_talks = shown_in_talks(project_texts(), "id")
        for task, keys in named_in_tasks("id").items():
            unseen = keys - self._shown.get(task, set()) - in_talks.get(task, frozenset())
            self._missing += [f"{task}: {', '.join(sorted(unseen))}"] if unseen else []
        if self._missing:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self._missing:
            terminalreporter.section("buttons that a manual names, and no test of the task shows")
            for line in self._missing:
                terminalreporter.line(line)


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
