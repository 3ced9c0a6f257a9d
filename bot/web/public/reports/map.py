"""Draws the villages of a regency from their outlines, darker where more cases came from. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from actions.regency.model import Regency, Region
from bot.web.public.statistics.view import Voice

WIDTH: Final = 360
MARGIN: Final = 4
COARSE_PIXELS: Final = 0.6
"""Bends of an outline that are smaller are left out."""
SHADES: Final = (5, 10, 20, 50)
"""From so many cases on, one shade darker."""
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
        drawn = [self._village(code, counts.get(code), voice) for code in self.outlines]
        heading = Markup("<title>{}</title>").format(title)
        return Markup("").join([box.format(WIDTH, self.height), heading, *drawn, Markup("</svg>")])

    def _village(self, code: str, count: int | None, voice: Voice) -> Markup:
        name = voice.key("village", code)
        told = f"{name}: {voice.number(count)}" if count else name
        path = Markup('<path class="shade-{}" d="{}"><title>{}</title></path>')
        return path.format(shade(count or 0), self.outlines[code], told)


def shade(count: int) -> int:
    """How dark a village is drawn; 0 where its number is not shown."""
    return sum(count >= least for least in SHADES)


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
        """Just large enough for these."""
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
