"""Which of the cases that anybody may know of are about what a citizen is about to file. Pure.

Nothing of another reporter comes out: no words, no pin, and how alike two pins are is known by the square only, so that
nobody finds the point of another by moving her own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz

from actions.cases.case import OPEN, Location, ReportType, Status
from actions.regency.model import NearbyRules, Regency

SQUARES_A_DEGREE = 1_000
"""A square of pins is about 110 metres wide; pins of one square, or of two that touch, are near."""
ONE_SPOT, SAME_VILLAGE, SAME_DISTRICT, SOMEWHERE = 100.0, 90.0, 75.0, 40.0
"""How near two places are, of a hundred. Of `SOMEWHERE` in a village only the stories can tell."""
SHORTEST_WORD = 4
NUMBERED = re.compile(r"\b(km|rt|rw)[ .]*0*(\d+)(?:[.,]\d+)?")
WORD = re.compile(r"[^\W\d_]+|\d+")
OF_ANY_PLACE = frozenset[str]().union(
    ("jl", "jln", "jalan", "gg", "gang", "no", "nomor", "di", "ke", "dari", "arah", "menuju", "simpang", "sekitar"),
    ("dekat", "depan", "belakang", "samping", "sebelah", "seberang", "desa", "kelurahan", "kecamatan", "kel", "kec"),
    ("dusun", "km", "rt", "rw"),
)
"""Words of a place that tell it from no other."""


type Plain = Callable[[str], str]
"""Makes plain small words of what somebody typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyQuery:
    """What a citizen is about to file.

    Attributes:
        reporter: her own cases are not shown to her.
        categories: what it may be about; one where that is decided.
        story: in plain small words, however she spelt them (`Plain`).
    """

    reporter: str
    type: ReportType
    categories: tuple[str, ...]
    location: Location
    story: str
    at: datetime

    @property
    def district(self) -> str | None:
        """Code of the district, if need be from that of the village."""
        village = self.location.village
        return self.location.district or (village.rpartition(".")[0] if village else None)

    @property
    def box(self) -> tuple[float | None, float | None, float | None, float | None]:
        """South, west, north and east of the squares around her pin; nothing without one."""
        square = _square_of(self.location)
        if square is None:
            return None, None, None, None
        south, west, north, east = square[0] - 1, square[1] - 1, square[0] + 2, square[1] + 2
        return south / SQUARES_A_DEGREE, west / SQUARES_A_DEGREE, north / SQUARES_A_DEGREE, east / SQUARES_A_DEGREE


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A case of somebody else that anybody may know of, in one of the districts and categories that are sought.

    Attributes:
        changed_at: when something last happened to it; of a closed case, that it was closed.
        supporters: besides its reporter.
        story: as its reporter wrote it.
    """

    ticket: str
    status: Status
    type: ReportType
    category: str
    location: Location
    filed_at: datetime
    changed_at: datetime
    supporters: int
    story: str


@dataclass(frozen=True, slots=True)
class NearbyMatch:
    """What anybody may know of a case that is there already; `people` say so, its reporter one of them."""

    ticket: str
    status: Status
    category: str
    district: str | None
    filed_at: datetime
    changed_at: datetime
    people: int

    @property
    def is_open(self) -> bool:
        """Whether it can be supported."""
        return self.status in OPEN


def nearest(sought: NearbyQuery, candidates: Iterable[Candidate], regency: Regency, plain: Plain) -> list[NearbyMatch]:
    """The likeliest of them, best first; those that wait for an answer before those that have one."""
    likely = [(score, one) for one in candidates if (score := _score(sought, one, regency, plain)) is not None]
    likely.sort(key=lambda pair: (pair[1].status in OPEN, pair[0], pair[1].supporters), reverse=True)
    return [_shown(one) for _, one in likely[: regency.nearby.most_shown]]


def _shown(one: Candidate) -> NearbyMatch:
    place = one.location.district
    return NearbyMatch(one.ticket, one.status, one.category, place, one.filed_at, one.changed_at, one.supporters + 1)


def _score(sought: NearbyQuery, one: Candidate, regency: Regency, plain: Plain) -> float | None:
    """How likely it is the same thing; None where it is another."""
    if one.type is not sought.type or one.category not in sought.categories:
        return None
    if not _is_recent(sought, one, regency.nearby):
        return None
    near = _nearness(sought.location, one.location, regency)
    if near is None:
        return None
    alike = _alike(sought.story, plain(one.story), _names(sought.location, one.location, regency))
    return near + alike if near > SOMEWHERE or alike >= regency.nearby.same_matter else None


def _is_recent(sought: NearbyQuery, one: Candidate, nearby: NearbyRules) -> bool:
    if one.status in OPEN:
        return one.filed_at >= sought.at - timedelta(days=nearby.open_days)
    return one.status is Status.CLOSED and one.changed_at >= sought.at - timedelta(days=nearby.closed_days)


def _nearness(mine: Location, other: Location, regency: Regency) -> float | None:
    """By the pins where both have one, else by village or district and the words for the spot."""
    squares = _squares_between(mine, other)
    if squares is not None:
        return ONE_SPOT - squares if squares <= 1 else None
    if (mine.outside or other.outside) and mine.outside != other.outside:
        return None
    if mine.village and other.village and mine.village != other.village:
        return None
    is_one_village = mine.village is not None and mine.village == other.village
    names = _names(mine, other, regency)
    spots = [_spot(place.spoken or "", names) for place in (mine, other)]
    if not all(spots):
        return SOMEWHERE if is_one_village else None
    if _is_numbered_otherwise(mine, other) or fuzz.token_sort_ratio(*spots) < regency.nearby.same_place:
        return None
    return SAME_VILLAGE if is_one_village else SAME_DISTRICT


def _squares_between(mine: Location, other: Location) -> int | None:
    """How many squares lie between two pins, a step in any direction; None where one has no pin."""
    here, there = _square_of(mine), _square_of(other)
    if here is None or there is None:
        return None
    return max(abs(here[0] - there[0]), abs(here[1] - there[1]))


def _square_of(place: Location) -> tuple[int, int] | None:
    """The square of a pin, counted to the north and to the east."""
    if place.lat is None or place.lon is None:
        return None
    return math.floor(place.lat * SQUARES_A_DEGREE), math.floor(place.lon * SQUARES_A_DEGREE)


def _names(mine: Location, other: Location, regency: Regency) -> frozenset[str]:
    """The words of their villages and districts, which both will hold."""
    codes = {code for place in (mine, other) for code in (place.village, place.district) if code}
    regions = [region for code in codes if (region := regency.region(code))]
    return frozenset(word for region in regions for word in WORD.findall(region.name.casefold()))


def _spot(spoken: str, names: frozenset[str]) -> str:
    """What of a place tells it from others of its village; "" where nothing does."""
    words = WORD.findall(spoken.casefold())
    return " ".join(word for word in words if word not in names and word not in OF_ANY_PLACE)


def _is_numbered_otherwise(mine: Location, other: Location) -> bool:
    """Whether both name a kilometre, RT or RW, and not the same."""
    numbers, others = (dict(NUMBERED.findall((place.spoken or "").casefold())) for place in (mine, other))
    return any(numbers[kind] != others[kind] for kind in numbers.keys() & others.keys())


def _alike(story: str, other: str, names: frozenset[str]) -> float:
    """How alike two stories are, 0 to 100, their places apart; 0 where one says next to nothing."""
    told = [" ".join(word for word in WORD.findall(one) if _tells(word, names)) for one in (story, other)]
    if not all(told):
        return 0.0
    return (fuzz.token_set_ratio(*told) + fuzz.token_sort_ratio(*told)) / 2


def _tells(word: str, names: frozenset[str]) -> bool:
    return len(word) >= SHORTEST_WORD and word not in names and word not in OF_ANY_PLACE
