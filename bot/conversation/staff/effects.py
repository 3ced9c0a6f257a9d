"""What the service shall do for officers and trainers in the chat."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TieAccount:
    """This chat's account belongs to whoever was given this code. Answered by `AccountTied` or `AccountNotTied`."""

    code: str


@dataclass(frozen=True, slots=True)
class AskLesson:
    """A trainer asks for a message to label, of `left` that are to come. Answered as `TakeLesson`.

    Attributes:
        sample: the one that she has before her already; None asks for the next.
        kind: the type of report that she takes it for; "" leaves it to the model.
    """

    left: int
    sample: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TakeLesson:
    """A trainer says what a message is, and asks for the next. Answered by `LessonShown` or `LessonsRefused`.

    Attributes:
        kind: the type of report, where it is one; "" leaves it to the model.
    """

    sample: int
    label: str
    left: int
    kind: str = ""
