"""What the service must now do, in the imperative. The turn carries it out and answers with an event."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.dialogue import Draft
from bot.conversation.screen import Line, Screen


@dataclass(frozen=True, slots=True)
class Say:
    """A message of its own."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class Show:
    """The question or card that now stands open. Only the last one of a turn is shown.

    `in_place`: it takes the place of the one shown before, where the channel can do that.
    `note`: what she just did, said first.
    """

    screen: Screen
    in_place: bool = False
    note: Line | None = None


@dataclass(frozen=True, slots=True)
class Retire:
    """The open card is done with: its buttons go, these words stay."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class FileCase:
    """Make a case of this draft, exactly once. Answered by `Filed` or `FilingPaused`."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """Look a case up. Answered by `StatusFound` or `StatusMissing`.

    `only_own`: after too many failed look-ups only her own cases are looked up.
    """

    number: str
    mistyped: bool = False
    only_own: bool = False


@dataclass(frozen=True, slots=True)
class ListCases:
    """The citizen's own cases. Answered by `CasesListed`."""


@dataclass(frozen=True, slots=True)
class WithdrawCase:
    """Take a case back. Answered by `Withdrawn` or `WithdrawalRefused`."""

    ticket: str


@dataclass(frozen=True, slots=True)
class TieAccount:
    """This chat's account belongs to whoever was given this code. Answered by `AccountTied` or `AccountNotTied`."""

    code: str


@dataclass(frozen=True, slots=True)
class AskLesson:
    """A trainer asks for a message to label, of `left` that are to come. Answered as `TakeLesson`."""

    left: int


@dataclass(frozen=True, slots=True)
class TakeLesson:
    """A trainer says what a message is, and asks for the next. Answered by `LessonShown` or `LessonsRefused`."""

    sample: int
    label: str
    left: int


type Effect = (
    Say | Show | Retire | FileCase | ShowStatus | ListCases | WithdrawCase | TieAccount | AskLesson | TakeLesson
)
