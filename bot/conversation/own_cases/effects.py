"""What the service shall look up, or do to, of a citizen's own cases."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.draft import File
from bot.conversation.events import Said, SentPhoto


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """Look a case up. Answered by `StatusFound` or `StatusMissing`.

    `only_own`: after too many failed look-ups only her own cases are looked up.
    `whole`: all that this reader may see, and not only where it stands now.
    """

    number: str
    mistyped: bool = False
    only_own: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ListCases:
    """The citizen's own cases. Answered by `CasesListed`."""


@dataclass(frozen=True, slots=True)
class WithdrawCase:
    """Take a case back. Answered by `Withdrawn` or `WithdrawalRefused`."""

    ticket: str


@dataclass(frozen=True, slots=True)
class RenewLink:
    """End the link to the page of a case of hers, and make another; "" stands for the only case that she has.

    Answered by `LinkRenewed`, `LinkToChoose` or `StatusMissing`.
    """

    ticket: str = ""


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

    sent: Said | SentPhoto
    otherwise: str = ""
