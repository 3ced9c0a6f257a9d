"""What the service must now do, in the imperative. The turn carries it out and answers with an event.

Here is what every talk asks for. What concerns cases, her data and officers lies beside them (`own_cases/effects.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.draft import Draft
from bot.conversation.joining.effects import (
    ConfirmJoin,
    DeclineJoin,
    EnterJoinCode,
    PartChats,
    ShowJoinCode,
    ShowSecretElsewhere,
)
from bot.conversation.others_cases.effects import FindNearby, StopSupporting, StopWeekly, SupportCase, TakeWeekly
from bot.conversation.own_cases.effects import (
    AskOwnCase,
    DoOwnCase,
    FindAwaited,
    ListCases,
    RenewLink,
    ShowStatus,
    WithdrawCase,
)
from bot.conversation.own_data.effects import ForgetMe, GatherOwnData
from bot.conversation.screen import Line, Screen
from bot.conversation.staff.effects import AskLesson, TakeLesson, TieAccount


@dataclass(frozen=True, slots=True)
class Say:
    """A message of its own.

    `name`: of its place, where it shall be changed later; "" for one that stays.
    `document`: the file that is sent, below whose name the words stand; "" for words alone.
    `is_kept`: its words stay in the outbox after it was sent.
    """

    screen: Screen
    name: str = ""
    document: str = ""
    is_kept: bool = True


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
    """Make a case of this draft, exactly once. Answered by `Filed` or `FilingPaused`.

    `answers`: those that no field of a case keeps, as lines that are filed below the story.
    """

    draft: Draft
    answers: tuple[Line, ...] = ()


type Effect = (
    Say
    | Show
    | Retire
    | FileCase
    | ShowStatus
    | ListCases
    | WithdrawCase
    | RenewLink
    | AskOwnCase
    | DoOwnCase
    | FindAwaited
    | FindNearby
    | SupportCase
    | StopSupporting
    | GatherOwnData
    | ForgetMe
    | TakeWeekly
    | StopWeekly
    | ShowJoinCode
    | EnterJoinCode
    | ConfirmJoin
    | DeclineJoin
    | PartChats
    | ShowSecretElsewhere
    | TieAccount
    | AskLesson
    | TakeLesson
)
