"""What the service found out about cases of hers, and what became of what she did to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.conversation.draft import File
from bot.conversation.events import Event, Said, SentPhoto


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFound(Event):
    """What this reader may see of a case; what stands below `own` is the reporter's alone.

    Attributes:
        deadline: the last day of the answer; None where none is due now.
        may: what she may do now, the most urgent first.
        version: of the case, which her buttons are about.
        said: what the office said last: its question, its answer, why it is at an end.
        until: the last day for her own word, where one is waited for.
        is_late: the day of the answer has passed.
        take_hours: of an urgent case that nobody has taken yet, in how many hours somebody must; 0 for any other.
        is_urgent_and_taken: it is urgent, and somebody is at work on it.
        reviewer: who looks at it after she contested an answer: "liaison", "agency_admin" or "arbiter".
        elsewhere: which other system has it now, under which number, where the service handed it over itself.
        people: so many say that it is so, the reporter one of them.
        supports, can_support: this reader does, or may, say so too.
        whole: all of it was asked for.
    """

    ticket: str
    status: str
    type: str
    category: str | None
    agency: str
    reason: str
    filed_at: datetime
    deadline: date | None
    own: bool
    may: tuple[str, ...] = ()
    version: int = 0
    secret: bool = False
    place: str = ""
    story: str = ""
    said: str = ""
    until: date | None = None
    is_late: bool = False
    take_hours: int = 0
    is_urgent_and_taken: bool = False
    reviewer: str = ""
    elsewhere: str = ""
    people: int = 1
    supports: bool = False
    can_support: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMissing(Event):
    """No case that this reader may see. `mistyped`: the check symbol is wrong, so nothing was looked up."""

    number: str
    mistyped: bool
    likely: str | None = None


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case in the list of a citizen's own, or of those that she supports."""

    ticket: str
    status: str
    category: str | None
    filed_at: datetime
    is_supported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesListed(Event):
    """The citizen's own cases, newest first, and behind them those of others that she supports.

    `joined`: keys of the names of the channels in which chats are that this one is joined with.
    """

    cases: tuple[OwnCase, ...]
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The reporter took her case back; `goes_on`: others support it, so that it goes on without her."""

    ticket: str
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRefused(Event):
    """It can no longer be taken back, or is not hers."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRenewed(Event):
    """The page of her case has another link; the former one opens it no more."""

    ticket: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkToChoose(Event):
    """She asked for another link and did not say of which of her cases; none where she has none."""

    tickets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCaseAsked(Event):
    """She may do this to a case of hers; `question` is the officer's, where she answers one."""

    ticket: str
    action: str
    version: int
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCaseMoved(Event):
    """She did something to a case of hers.

    Attributes:
        agency: who has it now.
        until: the day by which she hears of it again.
        reviewer: who looks at it after she contested it: "liaison", "agency_admin" or "arbiter".
        village, village_name: where it is, by code and name, where she may take the news of it; "" else.
    """

    ticket: str
    action: str
    agency: str
    until: date
    reviewer: str = ""
    village: str = ""
    village_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCaseRefused(Event):
    """It was not done, and nothing changed.

    Attributes:
        why: key of the sentence that says why; "" where somebody had acted meanwhile.
        since: what was done meanwhile, the last of it.
        may: what she may do now.
        words, files: what she sent for it.
    """

    ticket: str
    why: str = ""
    since: str = ""
    may: tuple[str, ...] = ()
    words: str = ""
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class AwaitedCase:
    """A case of hers that a message may be about, what she may do to it, and what the office said last."""

    ticket: str
    may: tuple[str, ...]
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedFound(Event):
    """The cases that `sent` may be about; `is_reply`: it answers a message of ours about the one that stands here.

    `otherwise`: as `FindAwaited` has it.
    """

    sent: Said | SentPhoto
    cases: tuple[AwaitedCase, ...]
    is_reply: bool = False
    otherwise: str = ""
