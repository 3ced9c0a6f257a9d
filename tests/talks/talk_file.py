"""Reads a talk file, and writes it with what was answered. Pure.

The first line, `# …`, is the behaviour that the talk shows; lines `# setting: value` below it are its
settings; a line `>` is what she does, and lines that begin with two spaces belong to it; lines `>>` come in a
row before any answer. Everything else is what she reads, and is written anew by `--update`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.talks.acts import Act, Replies, Restarts, Says, SendsFiles, SendsSticker, SharesPlace, TimePasses, act_of
from tests.talks.messages import Message, rendered

SILENCE = "< (diam)"


class WrongTalk(ValueError):
    """A talk file that cannot be read; says where."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is the case before she writes.

    Attributes:
        understanding: "knowing", "keywords" when the language model is down, or "compiled": the model that comes along.
        language: code that her phone tells; "" for none.
        name: that her account tells; "" for none.
        neighbour: "public" or "secret", when somebody else has filed such a case before.
        flaw: what the talk still does wrong, for whoever reads it; changes nothing.
        flow: the questions of the report that this talk needs; "" for a whole talk (`tests/talks/flows.py`).
        manual: the tasks of a manual (`docs/manuals/`) that it carries out, with commas between; changes nothing.
    """

    understanding: str = "knowing"
    language: str = ""
    name: str = ""
    neighbour: str = ""
    flaw: str = ""
    flow: str = ""
    manual: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What she does before she reads an answer, line by line as it is written."""

    lines: tuple[str, ...]
    commands: tuple[Act, ...]

    @property
    def is_answered(self) -> bool:
        """Time that passes and a restart are not."""
        return not all(isinstance(command, TimePasses | Restarts) for command in self.commands)

    @property
    def is_written(self) -> bool:
        """She sent something of her own, to the bot alone."""
        sent = (Says, Replies, SharesPlace, SendsFiles, SendsSticker)
        return any(isinstance(command, sent) for command in self.commands)


@dataclass(frozen=True, slots=True)
class TalkFile:
    """A talk, without what is answered."""

    header: tuple[str, ...]
    settings: Settings
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, file: Path) -> TalkFile:
        """Read a file.

        Raises:
            WrongTalk: it has no title, no step, or a setting that is not known.
        """
        lines = file.read_text(encoding="utf-8").splitlines()
        header = _header(lines)
        if not header:
            raise WrongTalk(f"{file.name}: the first line must say what the talk shows, after a #")
        steps = tuple(_steps(lines[len(header) :]))
        if not steps:
            raise WrongTalk(f"{file.name}: nobody does anything")
        return cls(header, _settings(file, header[1:]), steps)

    def with_answers(self, answers: Sequence[Sequence[Message]]) -> str:
        """The whole file, with what she reads after each step."""
        parts = ["\n".join(self.header)]
        for step, messages in zip(self.steps, answers, strict=True):
            said = [rendered(message) for message in messages] or [SILENCE]
            parts.append("\n".join([*step.lines, *(said if step.is_answered else [])]))
        return "\n\n".join(parts) + "\n"


def _header(lines: Sequence[str]) -> tuple[str, ...]:
    end = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return tuple(lines[:end])


def _settings(file: Path, lines: Sequence[str]) -> Settings:
    named = dict(line.removeprefix("# ").split(": ", 1) for line in lines if ": " in line)
    unknown = named.keys() - Settings.__dataclass_fields__.keys()
    if unknown:
        raise WrongTalk(f"{file.name}: unknown settings {sorted(unknown)}")
    return Settings(**named)


def _steps(lines: Sequence[str]) -> list[Step]:
    steps, row = list[Step](), list[str]()
    for number, line in enumerate(lines):
        in_a_row = line.startswith(">>")
        if line.startswith(">"):
            words = line.removeprefix(">>" if in_a_row else ">").removeprefix(" ")
            more = _belonging(lines[number + 1 :])
            command = act_of("\n".join([words, *(one.removeprefix("  ") for one in more)]))
            if in_a_row and row and lines[number - 1].startswith((">>", "  ")):
                last = steps.pop()
                steps.append(Step((*last.lines, line, *more), (*last.commands, command)))
            else:
                steps.append(Step((line, *more), (command,)))
            row = [line] if in_a_row else []
        elif not line.startswith("  "):
            row = []
    return steps


def _belonging(lines: Sequence[str]) -> list[str]:
    end = next((number for number, line in enumerate(lines) if not line.startswith("  ")), len(lines))
    return list(lines[:end])


def is_of_several_lines(command: Act) -> bool:
    """Whether these words cannot be typed in one line."""
    return isinstance(command, Says) and "\n" in command.text
