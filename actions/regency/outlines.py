"""Reading regions.geojson: the outlines of the regency, its districts and villages, and of its neighbours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import shapely
from shapely.geometry import shape

from actions.regency.declaration import WrongDeclaration, phrase, read_text
from actions.regency.model import Region


def read_outlines(file: Path) -> dict[str, Region]:
    """Every region of the file by code, in the file's order, its outline prepared for look-ups."""
    text = read_text(file)
    try:
        features = list(json.loads(text)["features"])
    except json.JSONDecodeError as error:
        what = phrase("this is not JSON ({error})", error=error.msg)
        raise WrongDeclaration(file, error.lineno, what, phrase("export it again as GeoJSON")) from None
    except (TypeError, KeyError):
        what = phrase("this is no FeatureCollection")
        raise WrongDeclaration(file, 1, what, phrase("export it again as GeoJSON")) from None
    regions: dict[str, Region] = {}
    for number, feature in enumerate(features, 1):
        try:
            region = _region(feature)
        except (TypeError, KeyError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
            why = f"{type(error).__name__}: {error}"
            what = phrase("feature {number} is no region ({error})", number=number, error=why)
            mend = phrase("give it a polygon, and the properties code, name, level, lat and lon")
            raise WrongDeclaration(file, _line(text, feature), what, mend) from None
        if region.code in regions:
            what = phrase("'{code}' stands twice", code=region.code)
            raise WrongDeclaration(file, _line(text, feature), what, phrase("take one of the two out"))
        regions[region.code] = region
    return regions


def _region(feature: Mapping[str, Mapping[str, object]]) -> Region:
    told = feature["properties"]
    outline = shape(dict(feature["geometry"]))
    if outline.geom_type not in {"Polygon", "MultiPolygon"} or outline.is_empty:
        raise ValueError(outline.geom_type)
    shapely.prepare(outline)
    lat, lon = float(str(told["lat"])), float(str(told["lon"]))
    return Region(str(told["code"]), str(told["name"]), str(told["level"]), lat, lon, outline)


def _line(text: str, feature: object) -> int:
    """The last line that the feature's code stands in; the first of the file where it has none."""
    try:
        code = json.dumps(feature["properties"]["code"])  # type: ignore[index]
    except (TypeError, KeyError):
        return 1
    return text.count("\n", 0, max(text.rfind(code), 0)) + 1
