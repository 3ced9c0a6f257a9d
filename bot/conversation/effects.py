"""What the service must now do, in the imperative. The turn carries it out and answers with an event."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.dialogue import Draft, File
from bot.conversation.events import Said, SentPhoto
from bot.conversation.screen import Line, Screen


@dataclass(frozen=True, slots=True)
class Say:
    """A message of its own.

    `name`: of its place, where it shall be changed later; "" for one that stays.
    `document`: the file that is sent, below whose name the words stand; "" for words alone.
    """

    screen: Screen
    name: str = ""
    document: str = ""


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
class AskOwnCase:
    """Whether she may do this to a case of hers now. Answered by `OwnCaseAsked` or as `DoOwnCase` is when it fails.

    `seen`: the version of the case that her button was of; 0 for whatever it is now.
    """

    ticket: str
    action: str
    seen: int = 0


@dataclass(frozen=True, slots=True)
class DoOwnCase:
    """Do this to a case of hers. Answered by `OwnCaseMoved`, `OwnCaseRefused` or `StatusMissing`."""

    ticket: str
    action: str
    seen: int = 0
    words: str = ""
    files: tuple[File, ...] = ()
    rating: int = 0


@dataclass(frozen=True, slots=True)
class FindAwaited:
    """Which of her cases wait for her word; where a message answers one of ours, the case of that one.

    Answered by `AwaitedFound`. `otherwise`: key of what is answered where none does; "" to hear it as anything else.
    """

    meaning: Said | SentPhoto
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class FindNearby:
    """What others have reported already of what this draft may be about. Answered by `NearbyFound`.

    `note`, `in_place`: of the card that is shown meanwhile, as `Show` has them.
    """

    draft: Draft
    categories: tuple[str, ...]
    note: Line | None = None
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class SupportCase:
    """She says "me too" on a case, instead of filing this draft. Answered by `Supported` or `SupportRefused`."""

    ticket: str
    draft_key: str = ""


@dataclass(frozen=True, slots=True)
class StopSupporting:
    """She says so no more. Answered by `SupportStopped`."""

    ticket: str


@dataclass(frozen=True, slots=True)
class GatherOwnData:
    """All that is kept of her. Answered by `OwnDataGathered`."""


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Delete what is kept of her, now. Answered by `Forgotten`."""


@dataclass(frozen=True, slots=True)
class TakeWeekly:
    """The news of a village, once a week; by its code, or its name. Answered by `WeeklyTaken` or `WeeklyRefused`."""

    code: str = ""
    village: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class StopWeekly:
    """No more of them. Answered by `WeeklyStopped`."""


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
    Say
    | Show
    | Retire
    | FileCase
    | ShowStatus
    | ListCases
    | WithdrawCase
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
    | TieAccount
    | AskLesson
    | TakeLesson
)
