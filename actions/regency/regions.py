"""Where a pin lies, and how Kemendagri's codes nest. Pure; the outlines come with the regency."""

from __future__ import annotations

from collections.abc import Iterable

from shapely import Point

from actions.regency.model import Regency, Region

_VILLAGE_CODE_PARTS = 4
_NEAR_DEGREES = 0.02
"""About two kilometres: jetties, and seams between outlines simplified to 50 m here and 500 m there."""


def ancestors(code: str) -> tuple[str, ...]:
    """A region's code and those it lies in, the deepest first: village, district, regency, province."""
    parts = code.split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts), 0, -1))


def is_within(code: str, whole: str) -> bool:
    """Whether a region is another one or lies in it, by their codes."""
    return whole in ancestors(code)


def locate(regency: Regency, lat: float, lon: float) -> Region | None:
    """The region that a point lies in.

    Args:
        regency: with the outlines.
        lat: degrees, north is positive.
        lon: degrees, east is positive.

    Returns:
        The village, in a gap between villages the nearest; else the neighbour it lies in; else whichever of
        these is less than two kilometres off; else None: another province, or the open sea.
    """
    point = Point(lon, lat)
    villages = [region for region in regency.regions.values() if _is_village(region)]
    return (
        _containing(villages, point)
        or (_nearest(villages, point) if regency.regions[regency.code].outline.contains(point) else None)
        or _containing(regency.neighbours, point)
        or _nearest([*villages, *regency.neighbours], point, within=_NEAR_DEGREES)
    )


def _is_village(region: Region) -> bool:
    return len(region.code.split(".")) == _VILLAGE_CODE_PARTS


def _containing(regions: Iterable[Region], point: Point) -> Region | None:
    return next((region for region in regions if region.outline.contains(point)), None)


def _nearest(regions: Iterable[Region], point: Point, within: float = 360.0) -> Region | None:
    distance, nearest = min(
        ((region.outline.distance(point), region) for region in regions),
        key=lambda pair: pair[0],
        default=(0.0, None),
    )
    return nearest if distance <= within else None
