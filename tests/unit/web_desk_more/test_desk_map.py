"""The map of a case: its district, its village in it, and the point, for whoever may read the case."""

from __future__ import annotations

import re

import pytest

from actions.cases.case import Location
from bot.conversation.screen import Line
from bot.web.public.reports.map import HERE, PlaceMap
from tests.talks.world import declared
from tests.unit.web_desk_more.desk_office import DISTRICT, VILLAGE, DeskOffice

REGENCY = declared().regency
MAP = PlaceMap(REGENCY)
INSIDE = REGENCY.regions[VILLAGE].outline.representative_point()


def say(words: Line) -> str:
    return f"{words.key}: {dict(words.args)['place']}"


def drawn(location: Location) -> str:
    return str(MAP.draw(location, say) or "")


def test_the_village_stands_out_in_its_district() -> None:
    picture = drawn(Location(district=DISTRICT, village=VILLAGE))
    [dark] = re.findall(rf'fill-opacity="{HERE}"[^>]*><title>([^<]+)</title>', picture)
    assert dark == REGENCY.regions[VILLAGE].name
    in_district = [code for code in REGENCY.regions if code.startswith(f"{DISTRICT}.")]
    assert picture.count("<path") == len(in_district)
    assert "<circle" not in picture


def test_a_point_lies_in_the_village_that_it_is_in() -> None:
    picture = drawn(Location(district=DISTRICT, village=VILLAGE, lat=INSIDE.y, lon=INSIDE.x))
    [spot] = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', picture)
    [outline] = re.findall(rf'fill-opacity="{HERE}"[^>]* d="M([^"]+?)Z', picture)
    corners = [tuple(map(float, corner.split(","))) for corner in outline.split("L")]
    across, down = zip(*corners, strict=True)
    assert min(across) < float(spot[0]) < max(across)
    assert min(down) < float(spot[1]) < max(down)


def test_a_point_in_another_district_has_the_whole_regency_around_it() -> None:
    other = next(region for code, region in REGENCY.regions.items() if code.startswith("64.09.04."))
    far = other.outline.representative_point()
    picture = drawn(Location(district=DISTRICT, village=VILLAGE, lat=far.y, lon=far.x))
    assert picture.count("<path") == sum(code.count(".") == 3 for code in REGENCY.regions)
    assert "<circle" in picture


@pytest.mark.parametrize("nowhere", [Location(), Location(lat=-6.2, lon=106.8), Location(spoken="dekat pasar")])
def test_where_nothing_is_known_nothing_is_drawn(nowhere: Location) -> None:
    assert drawn(nowhere) == ""


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "sees"), [("Lina", True), ("Hadi", False)])
async def test_it_is_on_the_page_of_whoever_may_read_the_case(office: DeskOffice, name: str, *, sees: bool) -> None:
    case = await office.files()
    page = await (await office.browser_of(name)).get(f"/desk/cases/{case.ticket}")
    assert ("case-map" in page.text) is sees
