"""Which agency holds a case, and the reason that is given for it."""

from __future__ import annotations

import pytest

from actions.cases.case import HandlingClass, Location, ReportType
from actions.cases.routing import Reason, RoutingDecision, RoutingStep, handling_class
from actions.regency.agencies import siblings
from tests.unit.actions.builders import AGENCIES, EAST, WEST, a_regency, a_rule, routed


def test_the_rule_of_the_category_holds() -> None:
    decision = routed(a_regency(a_rule("roads", category="jalan", line=2)))
    assert decision == RoutingDecision(
        "roads", Reason("reason-rule", "roads", "jalan"), forward=True, trail=(RoutingStep("rule", "roads", 2),)
    )


def test_a_rule_for_the_group_covers_its_categories_and_a_rule_for_the_category_comes_first() -> None:
    regency = a_regency(a_rule("waste", category="infrastruktur"), a_rule("roads", category="jalan"))
    assert routed(regency).agency == "roads"
    assert routed(regency, category="sampah").agency == "waste"


def test_category_depth_beats_region_depth_and_region_depth_beats_priority() -> None:
    regency = a_regency(
        a_rule("waste", category="infrastruktur", region="64.09.01.1001", priority=9),
        a_rule("roads", category="jalan", priority=9),
        a_rule("power", category="jalan", region="64.09.01"),
    )
    assert routed(regency, location=EAST).agency == "power"
    assert [step.agency for step in routed(regency, location=EAST).trail] == ["power", "roads", "waste"]
    assert routed(regency, location=WEST).agency == "roads"


def test_a_rule_for_a_type_needs_the_higher_priority() -> None:
    rules = [
        a_rule("roads", category="jalan"),
        a_rule("waste", category="jalan", type=ReportType.INFORMATION, priority=1),
    ]
    asked = routed(a_regency(*rules), type=ReportType.INFORMATION)
    assert asked.reason == Reason("reason-rule-type", "waste", "jalan", type=ReportType.INFORMATION)
    assert routed(a_regency(*rules)).agency == "roads"


def test_a_rule_for_a_region_gives_the_region_as_its_reason_and_one_for_the_whole_regency_does_not() -> None:
    east = routed(a_regency(a_rule("roads", category="jalan", region="64.09.01")), location=EAST)
    assert east.reason == Reason("reason-rule-region", "roads", "jalan", region="64.09.01")
    whole = routed(a_regency(a_rule("roads", category="jalan", region="64.09")))
    assert whole.reason == Reason("reason-rule", "roads", "jalan")


def test_an_unknown_place_counts_as_the_regency_itself() -> None:
    regency = a_regency(
        a_rule("roads", category="jalan", region="64.09"),
        a_rule("power", category="jalan", region="64.09.01"),
    )
    assert routed(regency).agency == "roads"


def test_without_a_rule_the_regency_admin_holds_it_and_nothing_is_forwarded() -> None:
    assert routed(a_regency()) == RoutingDecision("admin", Reason("reason-fallback", "admin", "jalan"), forward=False)


def test_a_rule_that_names_the_regency_admin_forwards_nothing() -> None:
    assert not routed(a_regency(a_rule("admin", category="jalan"))).forward


def test_an_unknown_category_waits_with_the_regency_admin() -> None:
    decision = routed(a_regency(a_rule("roads")), category=None)
    assert decision == RoutingDecision("admin", Reason("reason-unknown-category", "admin"), forward=False)


@pytest.mark.parametrize(
    ("location", "agency", "key"),
    [
        (Location(outside="Kota"), "province", "reason-outside-regency"),
        (Location(region="64.71"), "province", "reason-outside-regency"),
        (Location(outside="Jakarta", outside_province=True), "nation", "reason-outside-province"),
        (Location(region="31.71"), "nation", "reason-outside-province"),
    ],
)
def test_a_place_outside_goes_to_the_province_or_the_nation(location: Location, agency: str, key: str) -> None:
    decision = routed(a_regency(a_rule("roads", category="jalan")), location=location)
    assert decision == RoutingDecision(agency, Reason(key, agency, "jalan", location.region), forward=True)


def test_a_sensitive_category_is_held_by_the_inspectorate() -> None:
    decision = routed(a_regency(a_rule("roads")), category="pungli", location=Location(outside="Kota"))
    assert decision == RoutingDecision(
        "inspectorate", Reason("reason-sensitive", "inspectorate", "pungli"), forward=False
    )


def test_sensitive_words_go_to_the_body_designated_for_the_category() -> None:
    regency = a_regency(a_rule("roads"))
    assert routed(regency, category="keluarga").agency == "roads"
    assert routed(regency, category="keluarga", sensitive=True).agency == "family"
    assert routed(regency, category="jalan", sensitive=True).agency == "inspectorate"


def test_a_secret_case_is_held_in_trust_too_and_says_so() -> None:
    decision = routed(a_regency(a_rule("roads")), secret=True)
    assert decision == RoutingDecision("inspectorate", Reason("reason-secret", "inspectorate", "jalan"), forward=False)


def test_a_complaint_about_the_agency_of_its_rule_goes_to_the_inspectorate() -> None:
    decision = routed(a_regency(a_rule("roads", category="jalan", line=2)), accused={"roads"})
    assert (decision.agency, decision.forward) == ("inspectorate", False)
    assert decision.trail == (RoutingStep("rule", "roads", 2), RoutingStep("accused", "roads"))


def test_a_complaint_about_the_inspectorate_goes_above_it() -> None:
    assert routed(a_regency(), category="pungli", accused={"inspectorate"}).agency == "province"


def test_the_parent_stands_in_for_an_inactive_agency() -> None:
    decision = routed(a_regency(a_rule("power", category="jalan")), inactive=frozenset({"power"}))
    assert (decision.agency, decision.reason.agency, decision.forward) == ("nation", "nation", True)
    assert RoutingStep("inactive", "power") in decision.trail


def test_where_no_parent_is_active_the_regency_admin_stands_in() -> None:
    everyone = frozenset(agency.code for agency in AGENCIES)
    decision = routed(a_regency(a_rule("power", category="jalan")), inactive=everyone)
    assert (decision.agency, decision.forward) == ("admin", False)


@pytest.mark.parametrize(
    ("kind", "category", "expected"),
    [
        (ReportType.INFORMATION, "pungli", HandlingClass.INFORMATION),
        (ReportType.COMPLAINT, "pungli", HandlingClass.SUPERVISORY),
        (ReportType.ASPIRATION, "jalan", HandlingClass.ORDINARY),
        (ReportType.COMPLAINT, None, HandlingClass.ORDINARY),
    ],
)
def test_the_handling_class_follows_type_and_category(
    kind: ReportType, category: str | None, expected: HandlingClass
) -> None:
    assert handling_class(a_regency().deadlines, kind, category) is expected


def test_only_the_units_of_one_regency_are_siblings() -> None:
    agencies = a_regency().agencies
    assert siblings(agencies, "roads") == {"admin", "inspectorate", "waste", "family"}
    assert siblings(agencies, "power") == frozenset()
    assert siblings(agencies, "province_roads") == frozenset()
