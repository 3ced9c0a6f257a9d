"""Where a citizen is in the talk, and her draft. Frozen values, saved at every turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.understanding.understood import REPORT_TYPES, Meaning, Place

IDLE = "idle"
UNKNOWN = "unknown"
"""The citizen pressed Tidak tahu: the case is filed without a category."""


@dataclass(frozen=True, slots=True)
class StoryPiece:
    """One message of the story."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """Something sent along; `file_id` is the channel's own name for it."""

    kind: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A position in degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A place that the citizen gave when asked, or as a pin; it stands above what her story says.

    `words` is what she typed; `skipped`: she pressed Lewati.
    """

    place: Place = field(default_factory=Place)
    words: str | None = None
    ref: str = ""
    pin: Pin | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """One of two matters that stand in one story, and what it means by itself.

    `says_where`: its own words name a place, so that no other place that she gave is meant.
    """

    text: str
    meaning: Meaning
    says_where: bool = False


@dataclass(frozen=True, slots=True)
class NearbyCase:
    """What anybody may know of a case that may be about the same; `people` say so.

    `place` names its district; `closed_on`: it was closed not long ago, and cannot be supported.
    """

    ticket: str
    status: str
    category: str
    place: str
    filed_on: date
    people: int
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class NearbyReports:
    """What others have reported already; `sought` names what was looked for, so that it is not looked for again."""

    sought: str = ""
    cases: tuple[NearbyCase, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A complaint before it is filed.

    Attributes:
        key: names it, unique; the idempotency key of the case.
        meaning: what the whole story means.
        type, category: as the citizen chose; None while what was heard counts. `category` may be `UNKNOWN`.
        warned: the hotline card was shown.
        matters: the two matters of the story, when both are sure and differ; empty otherwise.
        later: the matter that was set apart, and becomes the next draft once this one is filed or cancelled.
        whole: the story as it was before it was divided; None when it was not.
        put_aside: number of the case that she supports instead; "" while she is at it.
    """

    key: str
    opened_at: datetime
    touched_at: datetime
    pieces: tuple[StoryPiece, ...] = ()
    meaning: Meaning = field(default_factory=Meaning.nothing)
    type: str | None = None
    category: str | None = None
    given_place: GivenPlace | None = None
    files: tuple[File, ...] = ()
    name: str | None = None
    secret: bool = False
    warned: bool = False
    matters: tuple[Matter, ...] = ()
    later: Matter | None = None
    whole: Matter | None = None
    nearby: NearbyReports = field(default_factory=NearbyReports)
    put_aside: str = ""

    @property
    def story(self) -> str:
        """Everything she told, as it stands."""
        return "\n".join(piece.text for piece in self.pieces)

    @property
    def file_ids(self) -> tuple[str, ...]:
        """Its files, by the channel's own names."""
        return tuple(file.file_id for file in self.files)

    @property
    def report_type(self) -> str:
        """Chosen, else heard, else complaint; what an older version knew as a type is none."""
        named = (self.type, self.meaning.intent.name)
        return next((name for name in named if name in REPORT_TYPES), "complaint")

    @property
    def decided_category(self) -> str | None:
        """The category that Kirim would confirm: chosen (perhaps `UNKNOWN`), or heard and sure; None in doubt."""
        if self.category is None and self.meaning.sure and self.meaning.categories:
            return self.meaning.categories[0].name
        return self.category

    @property
    def place(self) -> Place:
        """Where it is, as far as is known."""
        given = self.given_place
        return given.place if given and not given.skipped else self.meaning.place

    @property
    def is_blank(self) -> bool:
        """Nothing of hers is in it yet."""
        return not (self.pieces or self.files or self.given_place)


@dataclass(frozen=True, slots=True)
class FiledDraft:
    """Which case a draft became, so that its old buttons can say so."""

    draft_key: str
    ticket: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What she is about to say of a case of hers.

    Attributes:
        asked_at: since when she is asked for it.
        ticket, action: the case, and what her words shall do; "" while that is still to be chosen.
        seen: the version of the case that she acts on; 0 for whatever it is then.
        question: what the officer wants to know, where one asked.
        words, files: what she has sent so far.
        choices: what it may be for, each as "<action>.<ticket>", while that is still to be chosen.
        said: what the office said last of each case that it may be for, as (ticket, words).
    """

    asked_at: datetime
    ticket: str = ""
    action: str = ""
    seen: int = 0
    question: str = ""
    words: str = ""
    files: tuple[File, ...] = ()
    choices: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()

    @property
    def is_blank(self) -> bool:
        """She has sent nothing for it yet."""
        return not (self.words or self.files)


CONTRIBUTE, CHOOSE = "contribute", "choose"
"""The steps in which a contribution stands open: her words are waited for, or what they are for."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Everything remembered of one chat.

    Attributes:
        language: None until she is first met.
        step: name of the question or screen that stands open; `about`: what that screen is about (a ticket, a group).
        aside: words that were answered but may yet become a complaint, if she says so.
        filed: the latest drafts that became cases, newest last.
        failed_lookups: when look-ups of the last hour failed.
        exports: when she last had what is kept of her.
    """

    language: str | None = None
    step: str = IDLE
    about: str = ""
    draft: Draft | None = None
    aside: str = ""
    filed: tuple[FiledDraft, ...] = ()
    failed_lookups: tuple[datetime, ...] = ()
    greeted_group: bool = False
    contribution: Contribution | None = None
    exports: tuple[datetime, ...] = ()

    @property
    def contributing(self) -> Contribution | None:
        """What she is about to say of a case of hers; None once something else stands open."""
        return self.contribution if self.step in {CONTRIBUTE, CHOOSE} else None
