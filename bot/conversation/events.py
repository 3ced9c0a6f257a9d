"""What can happen in a talk, in the past tense: what a citizen did, and what the service found out for her."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.conversation.dialogue import File, NearbyCase
from bot.conversation.screen import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every event carries.

    Attributes:
        id: unique in this chat and the same when the event is replayed; names the draft that it opens.
        at: when it arrived, aware.
        name: the sender's name as the channel gives it; shown to nobody unless she asks for it.
        language: language code as the channel guesses it.
    """

    id: str
    at: datetime
    name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Event):
    """Words, of one message or of several that were sent in a row.

    Attributes:
        ref: names the message, so that an edit finds it again.
        parts: the messages as (ref, text), where there are several; `text` is all of them.
        reply_to: the channel's name of the bot's message that they answer; "" for none.
    """

    text: str
    ref: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    reply_to: str = ""

    def and_then(self, later: Said) -> Said:
        """With the next message behind it; the same message again changes nothing."""
        if later.text.strip() in {text.strip() for _, text in self.messages}:
            return self
        return replace(self, text=f"{self.text}\n{later.text}", parts=(*self.messages, *later.messages))

    @property
    def messages(self) -> tuple[tuple[str, str], ...]:
        """Each message as (ref, text)."""
        return self.parts or ((self.ref, self.text),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Event):
    """A button, or its words. `press` is "verb", "verb:argument", either with "@draft" behind it."""

    press: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPlace(Event):
    """A pin, in degrees (WGS 84)."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPhoto(Event):
    """A file of any kind (photo, document, voice, video) by the channel's own name for it. `reply_to`: as in `Said`."""

    kind: str
    file_id: str
    caption: str = ""
    ref: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Event):
    """An earlier message now reads differently."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOther(Event):
    """Something with no words in it: a sticker, a contact, a dice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WroteInGroup(Event):
    """A message in a group, where nobody's complaint belongs."""


# What the service found out ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Event):
    """A draft became a case, or already was one (`again`). `link` opens the case's page as its reporter's."""

    draft_key: str
    ticket: str
    agency: str
    reason: str
    deadline: date
    forwarded: bool
    secret: bool
    link: str
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPaused(Event):
    """Too many were filed; the draft is kept. `until` is when the next may be filed."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFound(Event):
    """What this reader may see of a case; what stands below `own` is the reporter's alone.

    Attributes:
        deadline: the last day of the answer; None where none is due now.
        may: what she may do now, the most urgent first.
        version: of the case, which her buttons are about.
        said: what the office said last: its question, its answer, why it is at an end.
        until: the last day for her own word, where one is waited for.
        is_late: a day that was promised has passed.
        reviewer: who looks at it after she contested an answer: "liaison", "agency_admin" or "arbiter".
        people: so many say that it is so, the reporter one of them.
        supports, can_support: this reader does, or may, say so too.
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
    reviewer: str = ""
    people: int = 1
    supports: bool = False
    can_support: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMissing(Event):
    """No case that this reader may see. `mistyped`: the check symbol is wrong, so nothing was looked up."""

    number: str
    mistyped: bool
    likely: str | None = None


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One line of a citizen's own list."""

    ticket: str
    status: str
    category: str | None
    filed_at: datetime
    is_supported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesListed(Event):
    """The citizen's own cases, newest first, and behind them those of others that she supports."""

    cases: tuple[OwnCase, ...]


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
    """The cases that `meaning` may be about; `is_reply`: it answers a message of ours about the one that stands here.

    `otherwise`: as `FindAwaited` has it.
    """

    meaning: Said | SentPhoto
    cases: tuple[AwaitedCase, ...]
    is_reply: bool = False
    otherwise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyFound(Event):
    """What others have reported already, the likeliest first; `note` and `in_place` as the card was shown."""

    draft_key: str
    cases: tuple[NearbyCase, ...]
    note: Line | None = None
    in_place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Supported(Event):
    """She supports a case now; `people` say that it is so. `link` opens what anybody may see of it."""

    ticket: str
    people: int
    link: str
    draft_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRefused(Event):
    """It cannot be supported: it is her own, at its end, or nothing that she may know of."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportStopped(Event):
    """She supports it no more, or never did."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDataGathered(Event):
    """What is kept of her can be had: in files, behind `link`, or in neither in this channel.

    `tickets`: the numbers of her cases.
    """

    tickets: tuple[str, ...]
    has_files: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten(Event):
    """What was kept of her is deleted; of her cases (numbers) some go on without her, the others have ended."""

    going_on: tuple[str, ...]
    ended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyTaken(Event):
    """She takes the news of this village."""

    village: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyRefused(Event):
    """There is no such village here; `not_here`: they are not sent in this channel."""

    not_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyStopped(Event):
    """She takes none any more; `was_taken`: she did so far."""

    was_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTied(Event):
    """The account of this chat now belongs to this person of the service."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNotTied(Event):
    """The code holds for nobody, or too many were tried: `until` is when the next is looked at."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonShown(Event):
    """A message for a trainer, of `left` that are to come; `sample` is None when none waits.

    Attributes:
        words: what a citizen wrote, personal data covered.
        choices: the likeliest labels, "category:<slug>" or "intent:<name>".
    """

    sample: int | None
    left: int
    words: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonsRefused(Event):
    """Whoever asked is no trainer, or not in Telegram."""


class FileRefusal(StrEnum):
    """Why a file is not kept; each is the key of the sentence that says so, and what to do next."""

    EMPTY = "file-empty"
    TOO_BIG = "file-too-big"
    TOO_LARGE = "file-too-large-inside"
    BROKEN = "file-broken"
    KIND = "file-kind"
    PROGRAM = "file-program"
    MACROS = "file-macros"
    DISGUISED = "file-disguised"
    LOCKED = "file-locked"
    FULL = "file-disk-full"
    GONE = "file-gone"


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that is not kept; `kind` and `file_id` as it was sent."""

    kind: str
    file_id: str
    why: FileRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesRefused(Event):
    """Files that she sent could not be kept: found out after the turn, when they were fetched."""

    files: tuple[RefusedFile, ...]
