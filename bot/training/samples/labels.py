"""What somebody says a message is. Pure values, written into rows as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter, ValidationError

from bot.understanding.understood import REPORT_TYPES

INTENTS = (
    *REPORT_TYPES,
    "check_status",
    "greet",
    "thanks",
    "goodbye",
    "affirm",
    "deny",
    "cancel",
    "help",
    "about_bot",
    "praise",
    "out_of_scope",
)
"""Everything that a sender can want; the first three are about something, and so have a category."""


class MarkKind(StrEnum):
    """What selected words are."""

    PLACE = "place"
    TIME = "time"


class WrongLabel(ValueError):
    """A label that cannot be; the message says why."""


@dataclass(frozen=True, slots=True)
class EntityMark:
    """Selected words, as positions in the text: from `start` to before `end`."""

    kind: MarkKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SampleLabel:
    """What a message is.

    Attributes:
        intent: one of `INTENTS`.
        category: a leaf; None for small talk.
        second: the category of the other matter, when there are two.
        type_known: whether somebody said what type of report it is; else no intent is learned from it.
    """

    intent: str
    category: str | None = None
    second: str | None = None
    marks: tuple[EntityMark, ...] = ()
    type_known: bool = True

    @property
    def kind(self) -> tuple[str, str | None]:
        """What the model learns of it."""
        return (self.intent, self.category)


_LABEL = TypeAdapter(SampleLabel)


def write_label(label: SampleLabel) -> str:
    """A label as a row."""
    return _LABEL.dump_json(label, exclude_defaults=True).decode()


def read_label(row: str) -> SampleLabel | None:
    """The label of a row; None where there is none."""
    try:
        return _LABEL.validate_json(row) if row else None
    except ValidationError:
        return None


def checked(label: SampleLabel, text: str, categories: frozenset[str]) -> SampleLabel:
    """The same label, its marks in order.

    Raises:
        WrongLabel: it names no intent or category of ours, lacks one, or marks words that are not there.
    """
    if label.intent not in INTENTS:
        raise WrongLabel("there is no such intent")
    if label.intent in REPORT_TYPES and label.category not in categories:
        raise WrongLabel("a report needs a category")
    if label.intent not in REPORT_TYPES and (label.category or label.second):
        raise WrongLabel("only a report has a category")
    if label.second is not None and (label.second not in categories or label.second == label.category):
        raise WrongLabel("the second matter needs a category of its own")
    marks = tuple(sorted(label.marks, key=lambda mark: mark.start))
    ends = [0, *(mark.end for mark in marks)]
    if any(not end <= mark.start < mark.end <= len(text) for mark, end in zip(marks, ends, strict=False)):
        raise WrongLabel("marks must lie in the text, one behind the other")
    return SampleLabel(label.intent, label.category, label.second, marks)
