"""The regency that the project brings: Kabupaten Penajam Paser Utara."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from actions.cases.case import HandlingClass, Location, ReportType, Severity
from actions.cases.routing import RoutingDecision, route
from actions.regency.files import load
from actions.regency.model import AgencyKind, Regency
from actions.regency.regions import locate
from actions.regency.slugs import SLUGS

DATA = Path(__file__).parents[3] / "data"
SEPAKU = "64.09.04"
A_BUTTON = 30


@pytest.fixture(scope="module")
def regency() -> Regency:
    """As the service loads it."""
    return load(DATA, DATA)


def routed(
    regency: Regency,
    category: str | None,
    kind: ReportType = ReportType.COMPLAINT,
    location: Location | None = None,
) -> RoutingDecision:
    place = location or Location()
    return route(regency, type=kind, category=category, location=place, severity=Severity.NORMAL, sensitive=False)


def test_it_has_the_thirty_categories_in_six_to_eight_groups(regency: Regency) -> None:
    leaves = {category.slug for category in regency.leaves()}
    assert leaves == set(SLUGS)
    assert len(SLUGS) == 30
    assert 6 <= len(regency.categories) - len(leaves) <= 8


def test_a_group_fits_a_screen_and_a_label_fits_a_button(regency: Regency) -> None:
    for group in regency.categories.values():
        assert sum(category.parent == group.slug for category in regency.leaves()) <= 8
    labels = [label for category in regency.categories.values() for label in category.labels.values()]
    assert max(map(len, labels)) <= A_BUTTON


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_two_buttons_read_alike_and_none_says_kirim(regency: Regency, language: str) -> None:
    labels = [category.labels[language] for category in regency.categories.values()]
    assert len(set(labels)) == len(labels)
    assert not [label for label in labels if "kirim" in label.lower()]


@pytest.mark.parametrize(
    ("category", "district", "kind", "agency"),
    [
        ("jalan", None, ReportType.COMPLAINT, "dpupr"),
        ("jalan", "64.09.01", ReportType.COMPLAINT, "dpupr"),
        ("jalan", SEPAKU, ReportType.COMPLAINT, "bbpjn_kaltim"),
        ("penerangan_jalan", None, ReportType.ASPIRATION, "dishub"),
        ("air_bersih", SEPAKU, ReportType.COMPLAINT, "perumda_danum_taka"),
        ("listrik_energi", None, ReportType.COMPLAINT, "pln_petung"),
        ("ketertiban_umum", None, ReportType.COMPLAINT, "satpol_pp"),
        ("ketertiban_umum", None, ReportType.INFORMATION, "polres_ppu"),
        ("perizinan", None, ReportType.COMPLAINT, "dpmptsp"),
        ("perizinan", SEPAKU, ReportType.COMPLAINT, "otorita_ikn"),
        ("pertanahan", SEPAKU, ReportType.COMPLAINT, "otorita_ikn"),
        ("pertanahan", SEPAKU, ReportType.INFORMATION, "kantor_pertanahan"),
        ("pemerintahan_wilayah", None, ReportType.COMPLAINT, "dpmd"),
        ("pemerintahan_wilayah", "64.09.03", ReportType.COMPLAINT, "kecamatan_babulu"),
        ("lainnya", None, ReportType.COMPLAINT, "admin_ppu"),
        ("pungli_korupsi", None, ReportType.COMPLAINT, "inspektorat"),
        (None, SEPAKU, ReportType.COMPLAINT, "admin_ppu"),
    ],
)
def test_a_case_reaches_whoever_is_in_charge(
    regency: Regency, category: str | None, district: str | None, kind: ReportType, agency: str
) -> None:
    assert routed(regency, category, kind, Location(district=district)).agency == agency


def test_a_place_outside_reaches_the_province_or_the_nation(regency: Regency) -> None:
    assert routed(regency, "jalan", location=Location(outside="Kota Balikpapan")).agency == "pemprov_kaltim"
    abroad = Location(outside="Jakarta Selatan", outside_province=True)
    assert routed(regency, "jalan", location=abroad).agency == "sp4n_lapor"


@pytest.mark.parametrize("category", SLUGS)
def test_every_category_of_every_village_has_a_holder_by_rule(regency: Regency, category: str) -> None:
    for region in regency.regions:
        for kind in ReportType:
            decision = routed(regency, category, kind, Location(village=region))
            assert decision.reason.key != "reason-fallback"
            assert regency.agencies[decision.agency].kind is not AgencyKind.PROVINCE


def test_bribery_is_sensitive_and_supervisory(regency: Regency) -> None:
    assert {category.slug for category in regency.leaves() if category.sensitive} == {"pungli_korupsi"}
    assert regency.deadlines.supervisory == {"pungli_korupsi"}


def test_the_deadlines_are_those_of_the_regulation(regency: Regency) -> None:
    days = {HandlingClass.INFORMATION: 5, HandlingClass.ORDINARY: 14, HandlingClass.SUPERVISORY: 60}
    assert regency.deadlines.resolve == days
    assert regency.deadlines.source


def test_cuti_bersama_is_no_working_day(regency: Regency) -> None:
    assert {date(2026, 3, 18), date(2026, 3, 23), date(2026, 12, 24)} <= regency.holidays


def test_the_one_number_for_all_emergencies_comes_first(regency: Regency) -> None:
    assert regency.hotlines[0].number == "112"
    assert len({hotline.number for hotline in regency.hotlines}) == len(regency.hotlines)


def test_it_has_four_districts_fifty_four_villages_and_nine_neighbours(regency: Regency) -> None:
    assert sum(region.level == "district" for region in regency.regions.values()) == 4
    assert sum(region.level in {"kelurahan", "desa"} for region in regency.regions.values()) == 54
    assert len(regency.neighbours) == 9


def test_the_point_of_every_village_and_neighbour_lies_in_it(regency: Regency) -> None:
    everywhere = [*regency.regions.values(), *regency.neighbours]
    found = {region.code: locate(regency, region.lat, region.lon) for region in everywhere}
    for region in everywhere:
        there = found[region.code]
        assert there is not None
        assert there.code.startswith(region.code)


def test_a_pin_in_jakarta_lies_nowhere_near(regency: Regency) -> None:
    assert locate(regency, -6.2, 106.8) is None


def test_every_feature_has_a_line_of_its_own() -> None:
    lines = (DATA / "regions.geojson").read_text(encoding="utf-8").splitlines()
    features = [json.loads(line.rstrip(",")) for line in lines[1:-1]]
    assert len(features) == 68
