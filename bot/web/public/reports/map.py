"""Draws the villages of a regency from their outlines, darker where more cases came from. Pure.

For whoever may read the case: the point is where somebody stood.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from actions.cases.case import Location
from actions.regency.model import Regency, Region
from bot.conversation.screen import Line, line
from bot.web.public.statistics.view import Voice

WIDTH: Final = 360
MARGIN: Final = 4
COARSE_PIXELS: Final = 0.6
"""Bends of an outline that are smaller are left out."""
LEAST_SHOWN: Final = 5
"""Smaller numbers are not shown (`actions/statistics/suppression.py`)."""
CLASSES: Final = 4
VILLAGE_DOTS: Final = 3


@dataclass(frozen=True, slots=True)
class VillageMap:
    """The outlines, drawn once; `height` in the same measure as `WIDTH`."""

    regency: Regency
    height: float = field(init=False)
    outlines: Mapping[str, Markup] = field(init=False)

    def __post_init__(self) -> None:
        """Draw every village."""
        villages = [region for region in self.regency.regions.values() if region.code.count(".") == VILLAGE_DOTS]
        paper = Paper.around(villages)
        object.__setattr__(self, "height", paper.height)
        object.__setattr__(self, "outlines", {village.code: paper.path(village.outline) for village in villages})

    def draw(self, title: str, counts: Mapping[str, int], voice: Voice) -> Markup:
        """The map.

        Args:
            title: what it shows.
            counts: cases by village, of those that may be shown.
            voice: names and numbers.
        """
        box = Markup('<svg class="map" role="img" viewBox="0 0 {0} {1:.0f}" width="{0}" height="{1:.0f}">')
        shades = classes(counts.values())
        drawn = [self._village(code, counts.get(code), voice, shades) for code in self.outlines]
        heading = Markup("<title>{}</title>").format(title)
        return Markup("").join([box.format(WIDTH, self.height), heading, *drawn, Markup("</svg>")])

    def _village(self, code: str, count: int | None, voice: Voice, shades: Sequence[int]) -> Markup:
        name = voice.key("village", code)
        told = f"{name}: {voice.number(count)}" if count else name
        path = Markup('<path class="shade-{}" d="{}"><title>{}</title></path>')
        return path.format(shade(count or 0, shades), self.outlines[code], told)


def classes(counts: Collection[int]) -> tuple[int, ...]:
    """From which numbers on a village is one shade darker: about as many villages in each class.

    `counts`: of the villages that are shown. Fewer classes where few numbers differ; the first begins at the least that
    is shown at all.
    """
    known = sorted(counts)
    bounds = {known[len(known) * place // CLASSES] for place in range(1, CLASSES)} if known else set()
    return (LEAST_SHOWN, *sorted(bound for bound in bounds if bound > LEAST_SHOWN))


def shade(count: int, shades: Sequence[int]) -> int:
    """How dark a village is drawn, by the numbers from which it is darker; 0 where its number is not shown."""
    return sum(count >= least for least in shades)


@dataclass(frozen=True, slots=True)
class Paper:
    """Where a point of the earth lies on the picture; near the equator a plane is good enough for a regency."""

    west: float
    north: float
    scale: float
    narrowing: float
    height: float

    @classmethod
    def around(cls, regions: list[Region]) -> Paper:
        """Returns the smallest box around these points."""
        west, south, east, north = (
            (min if place < 2 else max)(region.outline.bounds[place] for region in regions)  # noqa: PLR2004 - south-west, north-east
            for place in range(4)
        )
        narrowing = math.cos(math.radians((south + north) / 2))
        scale = (WIDTH - 2 * MARGIN) / ((east - west) * narrowing)
        return cls(west, north, scale, narrowing, (north - south) * scale + 2 * MARGIN)

    def path(self, outline: BaseGeometry) -> Markup:
        """An outline, as the `d` of a path."""
        plain = outline.simplify(COARSE_PIXELS / self.scale)
        return Markup("").join(self._ring(list(part.exterior.coords)) for part in _polygons(plain))

    def spot(self, lat: float, lon: float) -> tuple[float, float]:
        """How far from the left and from above a point lies."""
        return MARGIN + (lon - self.west) * self.narrowing * self.scale, MARGIN + (self.north - lat) * self.scale

    def _ring(self, points: list[tuple[float, ...]]) -> Markup:
        told = ("{:.1f},{:.1f}".format(*self.spot(lat, lon)) for lon, lat, *_ in points[:-1])
        return Markup("M{}Z").format("L".join(told))


def _polygons(outline: BaseGeometry) -> Iterator[Polygon]:
    for part in getattr(outline, "geoms", [outline]):
        if isinstance(part, Polygon):
            yield part


type Say = Callable[[Line], str]

HERE, ELSEWHERE = "0.35", "0.07"
"""How dark the village is that is meant, and the others."""


@dataclass(frozen=True, slots=True)
class MapSheet:
    """Some villages on paper: of each its code, its name and its outline."""

    paper: Paper
    villages: Sequence[tuple[str, str, Markup]]

    def has(self, lat: float, lon: float) -> bool:
        """Whether a point lies on it."""
        left, top = self.paper.spot(lat, lon)
        return 0 <= left <= WIDTH and 0 <= top <= self.paper.height


@dataclass(slots=True)
class PlaceMap:
    """Draws; each sheet is drawn once and kept."""

    regency: Regency
    _sheets: dict[str, MapSheet | None] = field(default_factory=dict)

    def draw(self, location: Location, say: Say) -> Markup | None:
        """The district's villages, or the whole regency where the point lies elsewhere; None where nothing is known."""
        pin = (location.lat, location.lon) if location.lat is not None and location.lon is not None else None
        wanted = [*([location.district] if location.district else []), *([self.regency.code] if pin else [])]
        sheets = (self._sheet(code) for code in wanted)
        sheet = next((one for one in sheets if one and (pin is None or one.has(*pin))), None)
        return _drawing(sheet, location.village, pin, self._title(location, say, pin)) if sheet else None

    def _sheet(self, code: str) -> MapSheet | None:
        """The villages of a district, or of the regency."""
        if code not in self._sheets:
            every = self.regency.regions.values()
            inside = [one for one in every if one.code.startswith(f"{code}.") and one.code.count(".") == VILLAGE_DOTS]
            paper = Paper.around(inside) if inside else None
            drawn = [(one.code, one.name, paper.path(one.outline)) for one in inside] if paper else []
            self._sheets[code] = MapSheet(paper, drawn) if paper else None
        return self._sheets[code]

    def _title(self, location: Location, say: Say, pin: object) -> str:
        regions = [self.regency.region(code) for code in (location.village, location.district) if code]
        place = ", ".join(region.name for region in regions if region) or self.regency.name
        return say(line("desk-map-pin", place=place) if pin else line("desk-map-place", place=place))


def _drawing(sheet: MapSheet, here: str | None, pin: tuple[float, float] | None, title: str) -> Markup:
    box = Markup('<svg class="case-map" role="img" viewBox="0 0 {0} {1:.0f}" width="{0}" height="{1:.0f}">')
    path = Markup(
        '<path fill="currentColor" fill-opacity="{}" stroke="currentColor" stroke-width=".6" d="{}">{}</path>'
    )
    name = Markup("<title>{}</title>")
    outlines = [
        path.format(HERE if code == here else ELSEWHERE, outline, name.format(called))
        for code, called, outline in sheet.villages
    ]
    spot = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="6" fill="#c2410c" stroke="#fff" stroke-width="2"></circle>')
    points = [spot.format(*sheet.paper.spot(*pin))] if pin else []
    heading = name.format(title)
    return Markup("").join([box.format(WIDTH, sheet.paper.height), heading, *outlines, *points, Markup("</svg>")])
