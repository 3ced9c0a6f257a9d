"""Reads the steps of a how-to from its Markdown and carries them out in a folder, so that a test can hold it to them.

A fenced block that names a file is a step; what follows the language in its first line says which file and how:

    ```csv data/categories.csv (add below jalan,)    the block's lines, below the one line that begins with "jalan,"
    ```csv data/routing.csv (add lines)              the block's lines, at the end of the file
    ```yaml data/nlu/category/jembatan.yml (new file)
    ```diff bot/conversation/report.py               lines with "-" go, with "+" come, the others are found there
    ```sh                                            commands, a line each
    ```text                                          what the command above prints, or a part of it

Other blocks (without a file, in another language) are read by people only. GitHub hides all but the language of a
fence, so the text above a block, back to the block before it, must name the file too, or `read_steps` refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

COMMANDS, OUTPUT, DIFF = "sh", "text", "diff"
ADD, NEW_FILE, BELOW = ("add a line", "add lines"), "new file", "add below "
_INFO = re.compile(r"(?P<language>\S+)(?:\s+(?P<file>[^\s(]+))?(?:\s+\((?P<how>.+)\))?\s*")


class WrongStep(Exception):
    """A step that cannot be read or carried out; the message names document, line and why."""


@dataclass(frozen=True, slots=True)
class FileStep:
    """A change to one file.

    Attributes:
        file: relative to the project.
        how: `(…)` of the fence without its brackets; "diff" for a block in that language.
        text: the block's content.
        where: document and line, for messages.
    """

    file: str
    how: str
    text: str
    where: str

    def apply(self, project: Path) -> Path:
        """Change the file under `project`; returns it.

        Raises:
            WrongStep: the file is not as the step expects it.
        """
        path = project / self.file
        if self.how == NEW_FILE:
            self._refuse(path.exists(), "is there already")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text, encoding="utf-8")
            return path
        self._refuse(not path.is_file(), "is not there")
        path.write_text(self._changed(path.read_text(encoding="utf-8")), encoding="utf-8")
        return path

    def _changed(self, before: str) -> str:
        whole = before if before.endswith("\n") else f"{before}\n"
        if self.how == DIFF:
            lines = self.text.splitlines(keepends=True)
            old = "".join(line[1:] or "\n" for line in lines if not line.startswith("+"))
            new = "".join(line[1:] or "\n" for line in lines if not line.startswith("-"))
            times = f"\n{whole}".count(f"\n{old}")
            self._refuse(times != 1, f"has the lines of the block {times} times, not once")
            return f"\n{whole}".replace(f"\n{old}", f"\n{new}")[1:]
        if self.how in ADD:
            return whole + self.text
        mark = self.how.removeprefix(BELOW)
        lines = whole.splitlines(keepends=True)
        found = [number for number, line in enumerate(lines, 1) if line.startswith(mark)]
        self._refuse(len(found) != 1, f"has {len(found)} lines that begin with {mark!r}, not one")
        return "".join([*lines[: found[0]], self.text, *lines[found[0] :]])

    def _refuse(self, is_wrong: bool, why: str) -> None:  # noqa: FBT001 - reads as a sentence
        if is_wrong:
            raise WrongStep(f"{self.where}: {self.file} {why}.")


@dataclass(frozen=True, slots=True)
class CommandStep:
    """A line to type. `output`: what the document says it prints, or ""."""

    command: str
    where: str
    output: str = ""


type Step = FileStep | CommandStep


def read_steps(document: Path) -> list[Step]:
    """The steps of a document, in order.

    Raises:
        WrongStep: a fence says something unknown, or the text above it does not name its file.
    """
    steps: list[Step] = []
    for fence, said in _fences(document.read_text(encoding="utf-8")):
        where = f"{document.name}:{fence.map[0] + 1 if fence.map else 0}"
        info = _INFO.fullmatch(fence.info.strip())
        language, file, how = info.group("language", "file", "how") if info else ("", None, None)
        if language == COMMANDS:
            steps += [CommandStep(line, where) for line in fence.content.splitlines() if line.strip()]
        elif language == OUTPUT and steps and isinstance(steps[-1], CommandStep):
            steps[-1] = replace(steps[-1], output=fence.content.strip())
        elif file:
            steps.append(_file_step(language, file, how, fence.content, where))
            if file not in said:
                raise WrongStep(f"{where}: the text above the block does not name {file}; readers see no fence.")
    return steps


def carry_out(steps: Sequence[Step], project: Path) -> list[Path]:
    """Change the files of `project` as the steps say; returns them. Commands are the caller's.

    Raises:
        WrongStep: a file is not as a step expects it.
    """
    return [step.apply(project) for step in steps if isinstance(step, FileStep)]


def commands(steps: Sequence[Step]) -> list[CommandStep]:
    """The commands alone."""
    return [step for step in steps if isinstance(step, CommandStep)]


def _file_step(language: str, file: str, how: str | None, text: str, where: str) -> FileStep:
    kind = DIFF if language == DIFF else how or ""
    if kind not in {DIFF, NEW_FILE, *ADD} and not kind.startswith(BELOW):
        wanted = f"'({NEW_FILE})', '({ADD[0]})' or '({BELOW}…)'"
        raise WrongStep(f"{where}: write {wanted} behind {file}, or make the block a diff.")
    return FileStep(file, kind, text, where)


def _fences(text: str) -> Iterator[tuple[Token, str]]:
    """Each fenced block, and the text between it and the block before."""
    said = ""
    for token in MarkdownIt().parse(text):
        if token.type == "fence":
            yield token, said
            said = ""
        elif token.type == "inline":
            said += f"{token.content}\n"
