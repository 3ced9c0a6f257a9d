"""`docs/how-to/add-a-question.md`, carried out in a copy of the project, where its talk is held as it is written."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.configuration.settings import HOME
from tests.unit.howto.steps import FileStep, carry_out, commands, read_steps

pytestmark = pytest.mark.thorough

DOCUMENT = HOME / "docs" / "how-to" / "add-a-question.md"
COPIED, READ_THERE = ("bot", "actions", "tests"), ("data", "docs")
PYTEST = "./lapor test "
ANSWER = "Keparahan: Membahayakan"


def a_copy_of_the_project(folder: Path) -> Path:
    """A project with code and tests of its own, to be changed; what no step changes is read where it is."""
    for name in COPIED:
        shutil.copytree(HOME / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for name in READ_THERE:
        (folder / name).symlink_to(HOME / name)
    shutil.copy(HOME / "pyproject.toml", folder)
    return folder


def after(command: str, talk: str) -> str:
    """What she reads after the last such act."""
    return talk.rpartition(f"> {command}\n")[2].partition("\n>")[0]


def test_a_question_is_added_as_the_document_says(tmp_path: Path) -> None:
    steps = read_steps(DOCUMENT)
    project = a_copy_of_the_project(tmp_path)
    carry_out(steps, project)
    [check] = [shlex.split(step.command.removeprefix(PYTEST)) for step in commands(steps)]
    held = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *check],
        cwd=project,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert held.returncode == 0, held.stdout[-4000:]


def test_its_talk_shows_the_answer_on_the_card_put_right_and_in_the_case() -> None:
    [talk] = [step.text for step in read_steps(DOCUMENT) if isinstance(step, FileStep) and step.file.endswith(".txt")]
    assert "Keparahan: Parah\n" in after("[Parah]", talk)
    assert "[Keparahan]" in after("[Ubah]", talk)
    assert f"\n  {ANSWER}\n" in after("membahayakan", talk)
    assert f"\n  {ANSWER}”" in after("[Selengkapnya]", talk), "the case as it was filed, with her story"


def test_it_is_one_file_two_texts_a_language_and_one_line_of_the_flow() -> None:
    steps = [step for step in read_steps(DOCUMENT) if isinstance(step, FileStep)]
    code = [step.file for step in steps if step.how == "new file" and step.file.startswith("bot/")]
    texts = {
        step.file: [line for line in step.text.splitlines() if line[:1].isalpha()]
        for step in steps
        if "texts" in step.file
    }
    flow = [line for step in steps if step.how == "diff" for line in step.text.splitlines() if line.startswith("+ ")]
    assert code == ["bot/conversation/questions/severity.py"]
    assert {file: len(lines) for file, lines in texts.items()} == {"bot/texts/id.ftl": 2, "bot/texts/en.ftl": 2}
    assert flow == ["+    SEVERITY,"]
