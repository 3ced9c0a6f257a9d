"""What is learned from cases that were sent to the wrong agency first: rules that would have sent them right. Pure.

A rule is only ever proposed. It comes into force when an admin accepts it, and then stands in `routing.csv` like any
other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actions.cases.actions import CaseAction
from actions.cases.case import Location, ReportType, Severity, Visibility
from actions.cases.outcome import Done
from actions.cases.routing import route
from actions.people.roles import Role
from actions.regency.model import AgencyKind, Regency, RoutingRule

ALIKE = 3
"""So many cases that went the same way propose a rule."""


@dataclass(frozen=True, slots=True)
class Reroute:
    """A case that another agency handles than the one it was sent to first; both the same where it came back."""

    ticket: str
    category: str
    type: ReportType
    district: str | None
    came_from: str
    to: str


@dataclass(frozen=True, slots=True)
class RuleProposal:
    """A rule that so many cases speak for. Without a region it is for the whole regency."""

    category: str
    region: str | None
    agency: str
    cases: int

    @property
    def key(self) -> tuple[str, str, str]:
        """Which rule it is, whatever speaks for it."""
        return self.category, self.region or "", self.agency


def is_reroute(done: Done) -> bool:
    """Whether somebody has moved a case, or an agency has sent it back; not what is kept from the public's eyes."""
    case = done.case
    is_open = case.category is not None and not case.sensitive and case.visibility is Visibility.PUBLIC
    by_hand = done.event.who is not Role.SYSTEM or done.action is CaseAction.DISPUTE_AUTHORITY
    return is_open and by_hand and done.action in MOVES


MOVES = frozenset(
    {CaseAction.FORWARD, CaseAction.PASS_ON, CaseAction.RULE, CaseAction.RETURN, CaseAction.DISPUTE_AUTHORITY}
)


def propose(reroutes: Iterable[Reroute], regency: Regency) -> list[RuleProposal]:
    """The rules that the cases speak for and that are not in force, the strongest first."""
    alike: Mapping[tuple[str, str], list[Reroute]] = defaultdict(list)
    for reroute in reroutes:
        is_known = reroute.to in regency.agencies and reroute.category in regency.categories
        if is_known and reroute.to != reroute.came_from:
            alike[reroute.category, reroute.to].append(reroute)
    found = [_proposal(category, agency, cases) for (category, agency), cases in alike.items() if len(cases) >= ALIKE]
    wanted = [proposal for proposal in found if _decided(proposal, regency) != proposal.agency]
    return sorted(wanted, key=lambda proposal: (-proposal.cases, proposal.key))


def _proposal(category: str, agency: str, cases: Sequence[Reroute]) -> RuleProposal:
    districts = {case.district for case in cases}
    region = next(iter(districts)) if len(districts) == 1 else None
    return RuleProposal(category, region, agency, len(cases))


def _decided(proposal: RuleProposal, regency: Regency) -> str:
    """Where such a case goes today."""
    place = Location(district=proposal.region) if proposal.region else Location()
    kind, severity = ReportType.COMPLAINT, Severity.NORMAL
    category = proposal.category
    return route(regency, type=kind, category=category, location=place, severity=severity, sensitive=False).agency


def rule_of(proposal: RuleProposal, regency: Regency) -> RoutingRule:
    """The row that brings a proposal into force: above every rule for the same category and region."""
    same = [rule for rule in regency.rules if (rule.category, rule.region) == (proposal.category, proposal.region)]
    priority = max((rule.priority + 1 for rule in same), default=0)
    return RoutingRule(proposal.category, proposal.region, None, proposal.agency, priority)


def right_first_time(forwarded: int, reroutes: Iterable[Reroute], regency: Regency) -> tuple[int, int]:
    """How many cases stayed where they were sent first, of how many that were sent.

    What no rule knew, and the regency admin held until somebody read it, was not sent wrong.
    """
    admins = {code for code, agency in regency.agencies.items() if agency.kind is AgencyKind.REGENCY_ADMIN}
    wrong = sum(reroute.came_from not in admins | {reroute.to} for reroute in reroutes)
    return forwarded - wrong, forwarded
