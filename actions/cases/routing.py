"""Which agency holds a case, and why. Pure.

The order (docs/cases.md): what is sensitive or secret goes to a designated body or the inspectorate, never to the
accused unit; an unknown category to the regency admin; a place outside to the province or the nation; then
the rules, ranked by category depth, region depth and priority; where none holds, the regency admin. Never
nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from actions.cases.accused import keeps_out
from actions.cases.case import Case, HandlingClass, Location, ReportType, Severity
from actions.cases.case_state import CaseState
from actions.people.roles import Actor, Role
from actions.regency.agencies import highest, parents
from actions.regency.model import AgencyKind, Deadlines, Regency, RoutingRule
from actions.regency.regions import ancestors, is_within


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an agency holds a case, for a sentence in any language.

    Attributes:
        key: of the sentence in the text files.
        agency: code of the agency.
        category: slug, where it was known.
        region: code, where the rule was for that region, or the place lies in that neighbour.
        type: where the rule was for that type.
    """

    key: str
    agency: str
    category: str | None = None
    region: str | None = None
    type: ReportType | None = None


@dataclass(frozen=True, slots=True)
class RoutingStep:
    """One thing that was considered: a rule that held (`line` of routing.csv), or an agency passed over.

    `what` is "rule", "accused" or "inactive"; an inactive agency is worth an alert.
    """

    what: str
    agency: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class RoutingDecision:
    """Where a case goes.

    Attributes:
        agency: code of the agency that holds it.
        reason: why that one.
        forward: the system may forward it at once; else it stays received until a verifier has read it.
        trail: how it came about, in order, for an officer who asks.
    """

    agency: str
    reason: Reason
    forward: bool
    trail: tuple[RoutingStep, ...] = ()


def route(  # noqa: PLR0913 - routing is a function of all these
    regency: Regency,
    *,
    type: ReportType,  # noqa: A002 - the word of the domain
    category: str | None,
    location: Location,
    severity: Severity,  # noqa: ARG001 - part of what routing is given; no rule asks for it yet
    sensitive: bool,
    secret: bool = False,
    accused: Collection[str] = (),
    inactive: frozenset[str] = frozenset(),
) -> RoutingDecision:
    """Decides which agency holds a case.

    Args:
        regency: its agencies and rules.
        type: what is asked.
        category: leaf slug that the citizen chose or confirmed; None for Tidak tahu.
        location: where it is; unknown counts as the regency itself.
        severity: how urgent it is.
        sensitive: bribery, corruption, sexual violence by its words.
        secret: the citizen asked for secrecy; held like a sensitive case.
        accused: codes of the agencies that it is about, which then must not hold it, nor those below them.
        inactive: codes of agencies that are closed or have no liaison; their parents stand in.
    """
    sensitive = sensitive or (category is not None and regency.categories[category].sensitive)
    if sensitive or secret:
        decision = _held_in_trust(regency, category, accused, "reason-sensitive" if sensitive else "reason-secret")
    elif category is None:
        decision = _held_by_admin(regency, Reason("reason-unknown-category", ""))
    else:
        decision = _outside(regency, category, location) or _by_rule(regency, type, category, location)
    if keeps_out(regency.agencies, decision.agency, accused) and decision.reason.key != ALL_ACCUSED:
        held = _held_in_trust(regency, category, accused, "reason-sensitive")
        decision = replace(held, trail=(*decision.trail, RoutingStep("accused", decision.agency)))
    return _standing_in(regency, decision, inactive, accused)


def accused_by(regency: Regency, case: Case) -> frozenset[str]:
    """The agencies that a case of bribery or violence is about: those that its words name, and the likeliest one.

    A case that is not sensitive accuses nobody. Whoever holds it is no guess any more, as somebody has sent it there.
    """
    if not case.sensitive:
        return frozenset()
    guess = _likeliest(regency, case)
    return frozenset({*case.accused, *([guess] if guess and guess != case.agency else [])})


def _likeliest(regency: Regency, case: Case) -> str | None:
    """The agency whose matter it would be by the rules alone.

    None where its category is designated to a body, and where no rule knows better than the regency admin.
    """
    category = regency.categories.get(case.category or "")
    if category is None or category.sensitive:
        return None
    designated = any(category.slug in agency.sensitive for agency in regency.agencies.values())
    agency = _by_rule(regency, case.type, category.slug, case.location).agency
    is_known = not designated and regency.agencies[agency].kind is not AgencyKind.REGENCY_ADMIN
    return agency if is_known else None


def handling_class(deadlines: Deadlines, type: ReportType, category: str | None) -> HandlingClass:  # noqa: A002
    """How long an answer may take: an information request, a supervisory matter, or an ordinary one."""
    if type is ReportType.INFORMATION:
        return HandlingClass.INFORMATION
    return HandlingClass.SUPERVISORY if category in deadlines.supervisory else HandlingClass.ORDINARY


def trustee(regency: Regency, case: Case) -> str:
    """The code of the body that holds a secret or sensitive case until somebody sends it elsewhere."""
    key = "reason-sensitive" if case.sensitive else "reason-secret"
    return _held_in_trust(regency, case.category, accused_by(regency, case), key).agency


def are_all_accused(regency: Regency, accused: Collection[str]) -> bool:
    """Whether nobody is left who could hold what is about these agencies."""
    return all(keeps_out(regency.agencies, code, accused) for code in _line_of_trust(regency, None))


ALL_ACCUSED = "reason-all-accused"
"""The reason for which the regency admin holds what is about everybody who could."""
_IN_TRUST = frozenset({"reason-sensitive", "reason-secret", ALL_ACCUSED})
"""Reasons that hold whoever stands in."""


def _held_in_trust(regency: Regency, category: str | None, accused: Collection[str], key: str) -> RoutingDecision:
    """With the first in the line of trust who is not accused; with the regency admin where everybody is."""
    line = _line_of_trust(regency, category)
    holder = next((code for code in line if not keeps_out(regency.agencies, code, accused)), None)
    if holder is None:
        return _held_by_admin(regency, Reason(ALL_ACCUSED, "", category))
    return RoutingDecision(holder, Reason(key, holder, category), forward=False)


def _line_of_trust(regency: Regency, category: str | None) -> Iterator[str]:
    """The body designated for the category, the inspectorates, then the province and the nation."""
    yield from (agency.code for agency in regency.agencies.values() if category in agency.sensitive)
    yield from (a.code for a in regency.agencies.values() if a.kind is AgencyKind.INSPECTORATE)
    yield highest(regency.agencies, AgencyKind.PROVINCE)
    yield highest(regency.agencies, AgencyKind.NATIONAL)


def _held_by_admin(regency: Regency, reason: Reason) -> RoutingDecision:
    admin = highest(regency.agencies, AgencyKind.REGENCY_ADMIN)
    return RoutingDecision(admin, replace(reason, agency=admin), forward=False)


def _outside(regency: Regency, category: str, location: Location) -> RoutingDecision | None:
    elsewhere = location.region is not None and not is_within(location.region, regency.code)
    if location.outside is None and not elsewhere:
        return None
    province = ancestors(regency.code)[-1]
    abroad = location.outside_province or (elsewhere and not is_within(location.region or "", province))
    holder = highest(regency.agencies, AgencyKind.NATIONAL if abroad else AgencyKind.PROVINCE)
    key = "reason-outside-province" if abroad else "reason-outside-regency"
    return RoutingDecision(holder, Reason(key, holder, category, location.region if elsewhere else None), forward=True)


def _by_rule(regency: Regency, kind: ReportType, category: str, location: Location) -> RoutingDecision:
    place = ancestors(location.village or location.district or location.region or regency.code)
    categories = (None, regency.categories[category].parent, category)
    regions = (None, *reversed(place))

    def rank(rule: RoutingRule) -> tuple[int, int, int]:
        return categories.index(rule.category), regions.index(rule.region), rule.priority

    holding = [
        rule
        for rule in regency.rules
        if rule.category in categories and rule.region in regions and rule.type in {None, kind}
    ]
    if not holding:
        return _held_by_admin(regency, Reason("reason-fallback", "", category))
    ranked = sorted(holding, key=rank, reverse=True)
    return RoutingDecision(
        ranked[0].agency,
        _reason_of(regency, ranked[0], category),
        forward=regency.agencies[ranked[0].agency].kind is not AgencyKind.REGENCY_ADMIN,
        trail=tuple(RoutingStep("rule", rule.agency, rule.line) for rule in ranked),
    )


def _reason_of(regency: Regency, rule: RoutingRule, category: str) -> Reason:
    region = None if rule.region == regency.code else rule.region
    key = "reason-rule-region" if region else "reason-rule-type" if rule.type else "reason-rule"
    return Reason(key, rule.agency, category, region, rule.type)


def _standing_in(
    regency: Regency, decision: RoutingDecision, inactive: frozenset[str], accused: Collection[str]
) -> RoutingDecision:
    """The nearest parent that is active, where the agency is not; the regency admin where none is."""
    if decision.agency not in inactive:
        return decision
    admin = highest(regency.agencies, AgencyKind.REGENCY_ADMIN)
    line = (decision.agency, *parents(regency.agencies, decision.agency), admin)
    passed = tuple(takewhile(lambda code: code in inactive or keeps_out(regency.agencies, code, accused), line))
    holder = line[len(passed)] if len(passed) < len(line) else admin
    key = decision.reason.key if decision.reason.key in _IN_TRUST else "reason-stand-in"
    return RoutingDecision(
        holder,
        replace(decision.reason, key=key, agency=holder),
        forward=decision.forward and holder != admin,
        trail=(*decision.trail, *(RoutingStep("inactive", code) for code in passed if code in inactive)),
    )


TO_THE_ADMIN, TO_THE_ARBITER = 2, 3
"""The contest from which on the agency's admin answers, and that from which on the arbiter does."""


def reviewers(case_state: CaseState, *, is_supervisory: bool) -> frozenset[Role]:
    """The roles that may answer a case in progress now."""
    if case_state.contests >= TO_THE_ARBITER:
        return frozenset({Role.ARBITER})
    if case_state.contests >= TO_THE_ADMIN or is_supervisory:
        return frozenset({Role.AGENCY_ADMIN})
    return frozenset({Role.LIAISON, Role.AGENCY_ADMIN} if case_state.contests else {Role.LIAISON})


def may_review(case_state: CaseState, who: Actor, *, is_supervisory: bool, is_answer: bool) -> str | None:
    """The key of a refusal, or None.

    A progress note is a liaison's too where somebody above her will answer. After a contest whoever answered before
    does not answer again; but above an arbiter there is nobody.
    """
    roles = reviewers(case_state, is_supervisory=is_supervisory)
    is_at_the_agency = case_state.contests < TO_THE_ARBITER
    if not is_answer and is_at_the_agency:
        roles |= {Role.LIAISON}
    if who.role not in roles and not _has_taken_it(case_state, who, roles):
        return _refusal(roles)
    is_same = bool(who.person) and who.person == case_state.answered_by and who.role is not Role.ARBITER
    return "refused-own-answer" if case_state.contests and is_same else None


def _has_taken_it(case_state: CaseState, who: Actor, roles: frozenset[Role]) -> bool:
    """An agency admin answers in a liaison's place what she has taken herself, as where there is no liaison."""
    is_hers = bool(who.person) and case_state.claimed_by == who.person
    return is_hers and who.role is Role.AGENCY_ADMIN and Role.LIAISON in roles


def _refusal(roles: frozenset[Role]) -> str:
    if Role.ARBITER in roles:
        return "refused-answer-of-arbiter"
    return "refused-answer-of-liaison" if Role.LIAISON in roles else "refused-answer-of-admin"
