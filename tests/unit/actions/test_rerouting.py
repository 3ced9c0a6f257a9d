"""Cases that went to the wrong agency first propose rules, and are counted."""

from __future__ import annotations

from actions.cases.case import ReportType
from actions.cases.rerouting import Reroute, RuleProposal, propose, right_first_time, rule_of
from actions.regency.model import RoutingRule
from tests.unit.actions.acting import REGENCY
from tests.unit.actions.builders import a_regency, a_rule

WEST, EAST = "64.09.02", "64.09.01"


def moved(number: int, to: str = "waste", district: str | None = WEST, came_from: str = "roads") -> Reroute:
    return Reroute(f"LP-{number}", "jalan", ReportType.COMPLAINT, district, came_from, to)


def test_two_alike_propose_nothing_and_three_do() -> None:
    assert propose([moved(1), moved(2)], REGENCY) == []
    assert propose([moved(1), moved(2), moved(3)], REGENCY) == [RuleProposal("jalan", WEST, "waste", 3)]


def test_cases_of_several_districts_propose_a_rule_for_the_whole_regency() -> None:
    assert propose([moved(1), moved(2, district=EAST), moved(3)], REGENCY) == [RuleProposal("jalan", None, "waste", 3)]


def test_what_came_back_to_where_it_was_sent_first_speaks_for_no_rule() -> None:
    assert propose([moved(number, to="roads") for number in range(5)], REGENCY) == []


def test_what_is_in_force_is_not_proposed() -> None:
    regency = a_regency(a_rule("roads", category="jalan"), a_rule("waste", category="jalan", region=WEST))
    assert propose([moved(number) for number in range(3)], regency) == []


def test_the_strongest_comes_first() -> None:
    cases = [*(moved(n) for n in range(3)), *(moved(n, to="power") for n in range(4))]
    assert [proposal.agency for proposal in propose(cases, REGENCY)] == ["power", "waste"]


def test_an_accepted_rule_wins_over_those_for_the_same_cases() -> None:
    assert rule_of(RuleProposal("jalan", None, "waste", 3), REGENCY) == RoutingRule("jalan", None, None, "waste", 1)
    assert rule_of(RuleProposal("jalan", WEST, "waste", 3), REGENCY) == RoutingRule("jalan", WEST, None, "waste", 0)


def test_what_the_regency_admin_held_was_not_sent_wrong() -> None:
    cases = [moved(1), moved(2, came_from="admin"), moved(3, to="roads")]
    assert right_first_time(10, cases, REGENCY) == (9, 10)
