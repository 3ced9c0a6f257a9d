"""What holds for every case and every set of rules."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from actions.cases.case import Location, ReportType
from actions.regency.model import RoutingRule
from tests.unit.actions.builders import AGENCIES, CATEGORIES, EAST, REGIONS, WEST, a_regency, a_rule, routed

codes = st.sampled_from([agency.code for agency in AGENCIES])
rules = st.lists(
    st.builds(
        a_rule,
        codes,
        category=st.sampled_from([category.slug for category in CATEGORIES]) | st.none(),
        region=st.sampled_from([region[0] for region in REGIONS]) | st.none(),
        type=st.sampled_from(ReportType) | st.none(),
        priority=st.integers(0, 3),
    ),
    max_size=12,
)
leaves = st.sampled_from([category.slug for category in CATEGORIES if category.parent])
asked = st.fixed_dictionaries(
    {
        "type": st.sampled_from(ReportType),
        "category": leaves | st.none(),
        "location": st.sampled_from(
            [
                Location(),
                EAST,
                WEST,
                Location(outside="Kota"),
                Location(region="31.71"),
            ]
        ),
        "sensitive": st.booleans(),
        "secret": st.booleans(),
    }
)


@given(rules, asked, codes)
def test_every_case_has_a_holder_and_never_the_accused(
    some: list[RoutingRule], case: dict[str, Any], accused: str
) -> None:
    decision = routed(a_regency(*some), **case, accused={accused})
    assert decision.agency in {agency.code for agency in AGENCIES} - {accused}
    assert decision.reason.agency == decision.agency


@given(rules, asked)
def test_nothing_unclear_secret_or_sensitive_is_forwarded(some: list[RoutingRule], case: dict[str, Any]) -> None:
    decision = routed(a_regency(*some), **case)
    held = case["sensitive"] or case["secret"] or case["category"] in {None, "pungli"}
    assert not (held and decision.forward)


@given(rules, asked)
def test_the_order_of_the_rules_does_not_matter_where_none_tie(some: list[RoutingRule], case: dict[str, Any]) -> None:
    untied = {(rule.category, rule.region, rule.priority): rule for rule in some}.values()
    assert routed(a_regency(*untied), **case) == routed(a_regency(*reversed(untied)), **case)
