"""Where a matter is, from free words: district, village, road, kilometre, RT/RW, landmark, or a place outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from actions.regency.model import Region
from bot.understanding.place.landmark import find_landmark
from bot.understanding.place.names import Gazetteer
from bot.understanding.place.numbers import kilometre, neighbourhood
from bot.understanding.place.outside import Outside, OutsideFinder, surest
from bot.understanding.place.reading import TokenisedText
from bot.understanding.place.region import Meant, RegionChooser
from bot.understanding.place.road import find_road
from bot.understanding.understood import Place

_REGENCY_DOTS = 1
type Span = tuple[int, int]


class PlaceFinder:
    """Finds the place of a message. Built once from a regency's regions; every call is pure."""

    def __init__(self, regions: Iterable[Region], neighbours: Iterable[Region]) -> None:
        """Learn the names.

        Args:
            regions: the regency, its districts and villages.
            neighbours: the other regencies of the regions' file.
        """
        everything = tuple(regions)
        inside = tuple(region for region in everything if region.code.count(".") > _REGENCY_DOTS)
        own = next((region for region in everything if region.code.count(".") == _REGENCY_DOTS), None)
        self._gazetteer = Gazetteer(inside)
        self._chooser = RegionChooser(inside)
        self._outside = OutsideFinder(own.code if own else "", neighbours)
        self._own = Gazetteer(_own_names(own))

    def find(self, text: str) -> Place:
        """The place that `text` speaks of. Members that it does not name are None."""
        reading = TokenisedText.of(text)
        own = [(m.first, m.last) for m in self._own.mentions(reading) if m.names[0].whole]
        mentions = [m for m in self._gazetteer.mentions(reading) if not _overlaps((m.first, m.last), own)]
        meant = self._chooser.meant(reading, mentions)
        elsewhere = self._outside.mentioned(reading, own)
        inside = [(m.first, m.last) for m in meant]
        road = find_road(reading, inside + [(o.first, o.last) for o in elsewhere])
        landmark = find_landmark(reading, inside)
        if landmark is not None and (landmark.first, landmark.last) in inside:
            landmark = None
        rt, rw = neighbourhood(text)
        return replace(
            self._region(meant, elsewhere),
            road=road.name if road else None,
            km=kilometre(text),
            rt=rt,
            rw=rw,
            landmark=landmark.name if landmark else None,
        )

    def _region(self, meant: Sequence[Meant], elsewhere: Sequence[Outside]) -> Place:
        """District and village, or the place outside when it is likelier that the matter lies there."""
        outside = surest(elsewhere)
        if outside is not None and outside.score > max((m.score for m in meant), default=0.0):
            return Place(outside=outside.name, outside_province=outside.other_province)
        district, village = self._chooser.choose(meant)
        return Place(district=district.name if district else None, village=village.name if village else None)


def _own_names(own: Region | None) -> Iterator[Region]:
    """Ways to name the regency itself, which say nothing new: whole, its last words ("Paser Utara"), initials."""
    if own is None:
        return
    parts = own.name.removeprefix("Kabupaten ").removeprefix("Kota ").split()
    ways = [" ".join(parts[start:]) for start in range(len(parts) - 1)]
    initials = "".join(part[0] for part in parts)
    for way in (*ways, *([initials] if len(parts) > 2 else [])):  # noqa: PLR2004
        yield replace(own, name=way)


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
