"""What was heard in a message. Pure values that serialise to the document of `lapor nlu parse`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

REPORT_TYPES = ("complaint", "aspiration", "information")
"""Intents that are a type of report."""
OTHER = "lainnya"
"""The category of what belongs to no other one: what is surely of it is no sign of a matter of its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in words, or of a pin. Members are None where nothing was found.

    Attributes:
        district, village: names as in regions.geojson. A village sets its district too, where it is known.
        road: as a signpost would write it ("Jl. Provinsi"). `km`: kilometre on that road.
        rt, rw: digits without leading zeros. `landmark`: "depan Masjid Al-Ikhlas".
        outside: name of a place outside the regency ("Kota Balikpapan").
        outside_province: it lies in another province; for a pin, `outside` may then have no name.
    """

    district: str | None = None
    village: str | None = None
    road: str | None = None
    km: float | None = None
    rt: str | None = None
    rw: str | None = None
    landmark: str | None = None
    outside: str | None = None
    outside_province: bool = False

    def is_known(self) -> bool:
        """Whether someone could go there with it: any member but the kilometre and RT/RW alone."""
        return any((self.district, self.village, self.road, self.landmark, self.outside, self.outside_province))


@dataclass(frozen=True, slots=True)
class When:
    """A span of days, both ends included; None where no time was found."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """A label and how sure the model is of it, 0 to 1."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one message (or a whole story) means.

    Attributes:
        intent: best intent; confidence 0 when nothing understood it.
        categories: best first; empty when nothing was understood.
        sure: the best category may stand on the card without a question (never set by keywords).
        emergency: danger now. `sensitive`: bribery, sexual violence and the like.
    """

    intent: Guess
    categories: tuple[Guess, ...] = ()
    sure: bool = False
    place: Place = Place()
    when: When = When()
    emergency: bool = False
    sensitive: bool = False

    @property
    def has_own_category(self) -> bool:
        """Whether it is surely about something that has a category."""
        return self.sure and self.categories[0].name != OTHER

    @classmethod
    def nothing(cls) -> Meaning:
        """The understanding of a press, which has no words."""
        return cls(Guess("none", 0.0))


def document_of(text: str, meaning: Meaning) -> dict[str, object]:
    """One JSON object; `place` and `when` are always objects, their members null where nothing was found."""
    return {
        "text": text,
        "intent": {"name": meaning.intent.name, "confidence": meaning.intent.confidence},
        "type": meaning.intent.name if meaning.intent.name in REPORT_TYPES else None,
        "categories": [_category(guess) for guess in meaning.categories],
        "place": _place(meaning.place),
        "when": _when(meaning.when),
        "emergency": meaning.emergency,
        "sensitive": meaning.sensitive,
    }


def _category(guess: Guess) -> dict[str, object]:
    return {"slug": guess.name, "confidence": guess.confidence}


def _place(place: Place) -> dict[str, object]:
    return {
        "district": place.district,
        "village": place.village,
        "road": place.road,
        "km": place.km,
        "rt": place.rt,
        "rw": place.rw,
        "landmark": place.landmark,
        "outside": place.outside,
    }


def _when(when: When) -> dict[str, object]:
    return {
        "from": when.since.isoformat() if when.since else None,
        "to": when.until.isoformat() if when.until else None,
    }
