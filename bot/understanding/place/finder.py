"""Where a matter is, from free words: district, village, road, kilometre, RT/RW, landmark, or a place outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from actions.regency.model import Region
from bot.understanding.place.landmark import find_landmark
from bot.understanding.place.names import Gazetteer
from bot.understanding.place.outside import Outside, OutsideFinder, surest
from bot.understanding.place.reading import TokenisedText
from bot.understanding.place.region import Meant, RegionChooser
from bot.understanding.place.road import find_road
from bot.understanding.understood import Place

_KM = re.compile(
    r"(?<![\w/])(?:km|kilometer|kilomtr)\s*[.,:]?\s*(?P<km>\d{1,3}(?:[.,]\d{1,3})?)(?![\d/])"
    r"|(?:^|\b(?:di|jalan|jl\.?|jln|provinsi|propinsi|negara|poros)\s)kilo\s+(?P<kilo>\d{1,3}(?:[.,]\d)?)\b"
    r"(?!\s*(?:gram|liter))",
    re.IGNORECASE,
)
_NO_NUMBER_AFTER = r"(?!\d|\s*(?:x|kali|orang|hari|minggu|bulan|tahun|jam|unit|kk|rumah|titik)\b)"
_RT_RW = re.compile(
    rf"\brt\s*[./-]?\s*rw\s*[.:-]?\s*0*(\d{{1,3}})\s*[/\\-]\s*0*(\d{{1,3}}){_NO_NUMBER_AFTER}", re.IGNORECASE
)
_RT_SLASH = re.compile(
    rf"\brt\s*[.:-]?\s*0*(\d{{1,3}})\s*[/\\]\s*(?:rw\s*[.:-]?\s*)?0*(\d{{1,3}}){_NO_NUMBER_AFTER}",
    re.IGNORECASE,
)
_RT, _RW = (
    re.compile(rf"\b{unit}(?:\s?(?:nya|ne))?\s*[.:-]?\s*0*(\d{{1,3}}){_NO_NUMBER_AFTER}", re.IGNORECASE)
    for unit in ("rt", "rw")
)


def kilometre(text: str) -> float | None:
    """The kilometre on a road ("km.5,5" is 5.5). "5 km" is a distance and no place."""
    match = _KM.search(text)
    if match is None:
        return None
    return float((match["km"] or match["kilo"]).replace(",", "."))


def neighbourhood(text: str) -> tuple[str | None, str | None]:
    """RT and RW, digits without leading zeros."""
    both = _RT_RW.search(text) or _RT_SLASH.search(text)
    if both:
        return both[1], both[2]
    rt, rw = _RT.search(text), _RW.search(text)
    return (rt[1] if rt else None), (rw[1] if rw else None)


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
