"""Draws where a case is, from the regency's own outlines: its district, its village in it, and the point. Pure.

For whoever may read the case: the point is where somebody stood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from actions.cases.case import Location
from actions.regency.model import Regency
from bot.conversation.screen import Line, line
from bot.web.public.reports.map import VILLAGE_DOTS, WIDTH, Paper

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
