"""A complaint before it is filed: what she told and chose. Frozen values, saved with the dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from bot.understanding.understood import REPORT_TYPES, Meaning, Place, When

UNKNOWN = "unknown"
"""The citizen pressed Tidak tahu: the case is filed without a category."""


class SecrecyOffer(StrEnum):
    """How far it is with offering secrecy to who accuses somebody or is afraid.

    `OWED`, `OWED_AFRAID`: before anything else is asked. `OWED_DOUBT`: so, too, of a report that is secret meanwhile,
    since her words may want it or refuse it. `OPEN`: its two buttons stand open, and nothing else is asked.
    """

    NONE = ""
    OWED = "owed"
    OWED_AFRAID = "owed-afraid"
    OWED_DOUBT = "owed-doubt"
    OPEN = "open"


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
    """One of several matters that stand in one story, and what it means by itself.

    `says_where`: its own words name a place, so that no other place that she gave is meant. `secret`: it was when the
    story was divided.
    """

    text: str
    meaning: Meaning
    says_where: bool = False
    secret: bool = False


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
        when: since when it is, as she put it right; None while what she told counts.
        type, category: as the citizen chose; None while what was heard counts. `category` may be `UNKNOWN`.
        answers: what she answered to questions without a field of their own, by the question's name; those of a
            question that this version does not know stay as they are.
        warned: the hotline card was shown.
        secrecy_offer: how far it is with offering her secrecy.
        doubted: words of hers that she is asked about whether they are the place; "" once that is settled, None before.
        evaded: the question that she answered with nothing ("terserah"), or left open when she wanted to send, by its
            name; it is asked once more, not twice.
        matters: the matters of the story, when there are several; empty otherwise.
        later: the matter that was set apart, and becomes the next draft once this one is filed or cancelled.
        further: those that come after it, one after the other.
        whole: the story as it was before it was divided; None when it was not.
        put_aside: number of the case that she supports instead; "" while she is at it.
    """

    key: str
    opened_at: datetime
    touched_at: datetime
    pieces: tuple[StoryPiece, ...] = ()
    meaning: Meaning = field(default_factory=Meaning.nothing)
    when: When | None = None
    type: str | None = None
    category: str | None = None
    given_place: GivenPlace | None = None
    files: tuple[File, ...] = ()
    name: str | None = None
    secret: bool = False
    warned: bool = False
    secrecy_offer: SecrecyOffer = SecrecyOffer.NONE
    doubted: str | None = None
    evaded: str = ""
    matters: tuple[Matter, ...] = ()
    later: Matter | None = None
    further: tuple[Matter, ...] = ()
    whole: Matter | None = None
    nearby: NearbyReports = field(default_factory=NearbyReports)
    put_aside: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

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

    def touched(self, at: datetime) -> Draft:
        """The draft, as she has just worked on it."""
        return replace(self, touched_at=at)

    def with_doubted_words(self) -> Draft:
        """The draft, with words that were asked about and did not become the place as part of the story."""
        if not self.doubted:
            return self
        given = self.given_place.words if self.given_place else None
        is_kept = self.doubted in {given, *(piece.text for piece in self.pieces)}
        pieces = self.pieces if is_kept else (*self.pieces, StoryPiece("", self.doubted))
        return replace(self, pieces=pieces, doubted="")

    @property
    def is_blank(self) -> bool:
        """Nothing of hers is in it yet."""
        return not (self.pieces or self.files or self.given_place)
