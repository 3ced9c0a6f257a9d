"""Where a matter is, from free words."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_tables import assert_as_written, cases, known_failures

from actions.regency.files import load
from actions.regency.model import Regency
from bot.understanding.place.finder import PlaceFinder
from bot.understanding.understood import Place

DATA = Path(__file__).parents[3] / "data"
MEMBERS = ("road", "km", "rt", "rw", "landmark", "outside")


@pytest.fixture(scope="module")
def regency() -> Regency:
    return load(DATA, DATA)


@pytest.fixture(scope="module")
def finder(regency: Regency) -> PlaceFinder:
    return PlaceFinder(regency.regions.values(), regency.neighbours)


def in_words(place: Place) -> str:
    """As the table writes it: "at=Penajam/Petung; km=5"."""
    at = "/".join(name for name in (place.district, place.village) if name)
    told = [("at", at or None), *((member, getattr(place, member)) for member in MEMBERS)]
    return "; ".join(f"{name}={value:g}" if name == "km" else f"{name}={value}" for name, value in told if value)


def test_places_are_read_as_the_table_says(finder: PlaceFinder) -> None:
    assert_as_written("places", cases("places"), lambda text: in_words(finder.find(text)))


def test_the_table_is_long_enough_to_tell() -> None:
    assert len(cases("places")) >= 150
    assert known_failures("places") <= cases("places").keys()


def test_every_village_is_found_by_its_own_name_after_desa(finder: PlaceFinder, regency: Regency) -> None:
    villages = [region for region in regency.regions.values() if region.code.count(".") == 3]
    lost = [village.name for village in villages if finder.find(f"di desa {village.name}").village != village.name]
    assert not lost


def test_every_district_is_found_by_its_own_name_after_kecamatan(finder: PlaceFinder, regency: Regency) -> None:
    districts = [region for region in regency.regions.values() if region.code.count(".") == 2]
    lost = [region.name for region in districts if finder.find(f"kec. {region.name}").district != region.name]
    assert not lost


def test_every_neighbour_is_known_as_a_place_outside(finder: PlaceFinder, regency: Regency) -> None:
    lost = [region.name for region in regency.neighbours if finder.find(f"di {region.name}").outside != region.name]
    assert not lost


@pytest.mark.parametrize(
    ("text", "outside", "other_province"),
    [
        ("jalan rusak di kota samarinda", "Kota Samarinda", False),
        ("jalan rusak di kota banjarmasin", "Kota Banjarmasin", True),
        ("jalan rusak di petung", None, False),
    ],
)
def test_another_province_is_told_from_a_neighbour(
    finder: PlaceFinder, text: str, outside: str | None, *, other_province: bool
) -> None:
    place = finder.find(text)
    assert (place.outside, place.outside_province) == (outside, other_province)


def test_the_regencys_own_name_says_nothing_new(finder: PlaceFinder) -> None:
    assert finder.find("Kabupaten Penajam Paser Utara (PPU)") == Place()


def test_a_finder_without_regions_still_reads_roads_and_numbers() -> None:
    place = PlaceFinder([], []).find("jl. mawar km 3 rt 02")
    assert place == Place(road="Jl. Mawar", km=3.0, rt="2")
