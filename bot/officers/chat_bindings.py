"""In which chats the card of a case stands, and for whom: the agency's group, or private chats. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from actions.cases.accused import keeps_out
from actions.cases.case import TERMINAL, Case, Status, is_in_trust
from actions.cases.case_state import CaseState
from actions.cases.routing import TO_THE_ARBITER, accused_by, are_all_accused
from actions.people.people import Permission, Person, may
from actions.people.roles import Actor, Role
from actions.privacy.visibility import is_confidential
from actions.regency.agencies import highest, parents, stand_in
from actions.regency.model import AgencyKind, Regency

WORKING_ROLES = (Role.LIAISON, Role.AGENCY_ADMIN, Role.VERIFIER, Role.ARBITER, Role.MODERATOR)
"""Roles that act on cases; who has several acts in the first of them that may do what she wants."""
OF_THE_AGENCY = frozenset({Role.LIAISON, Role.AGENCY_ADMIN})
OURS = frozenset({AgencyKind.UNIT, AgencyKind.INSPECTORATE})
"""Kinds of agencies whose own people work here."""
TO_BE_ANSWERED = frozenset({Status.FORWARDED, Status.IN_PROGRESS})
AT_THE_AGENCY = TO_BE_ANSWERED | {Status.ANSWERED}


@dataclass(frozen=True, slots=True)
class ChatBinding:
    """A chat in which a case's card stands.

    Attributes:
        is_group: several read it, and whoever presses a button is looked up.
        actors: who acts there; in a group those whom an agency can have, without a person.
    """

    chat: str
    is_group: bool
    actors: tuple[Actor, ...]


def piles_of(person: Person) -> list[tuple[str | None, frozenset[Status]]]:
    """Where to look for what waits for a person: an agency or any, and the statuses."""
    piles: list[tuple[str | None, frozenset[Status]]] = []
    if person.agency and person.has_any(OF_THE_AGENCY):
        piles.append((person.agency, TO_BE_ANSWERED | {Status.RECEIVED}))
    if person.has_any({Role.VERIFIER}):
        piles.append((None, frozenset({Status.RECEIVED})))
    if person.has_any({Role.ARBITER}):
        piles.append((None, frozenset({Status.DISPUTED_AUTHORITY})))
    return piles


def actors_of(person: Person) -> tuple[Actor, ...]:
    """A person in each of her roles that act on cases."""
    if not person.is_active:
        return ()
    return tuple(_actor(role, person) for role in WORKING_ROLES if role in person.roles)


def _actor(role: Role, person: Person) -> Actor:
    return Actor(role, str(person.id), person.agency if role in OF_THE_AGENCY else None)


def may_see(person: Person, case: Case, regency: Regency, contests: int = 0) -> bool:
    """Whether a person may read this case: never one about her own agency; a secret or sensitive one if it is hers.

    An agency's admin reads, and acts on, what agencies below hers hold in the open as well.

    Args:
        person: who reads.
        case: as it stands.
        regency: its agencies.
        contests: how often its answer was contested, where that is known.
    """
    is_in_reach = may(person, Permission.SEE_CASE, case.agency) or _is_above(person, case, regency)
    if not is_in_reach or is_of_the_accused(person, case, regency):
        return False
    return not is_in_trust(case) or _is_trusted(person, case, regency, contests)


def _is_above(person: Person, case: Case, regency: Regency) -> bool:
    is_admin = person.has_any({Role.AGENCY_ADMIN}) and not is_confidential(case)
    return is_admin and case.agency in regency.agencies and person.agency in parents(regency.agencies, case.agency)


def _is_trusted(person: Person, case: Case, regency: Regency, contests: int) -> bool:
    """The people of the body that holds it, and the arbiter once it is before her."""
    if person.has_any({Role.ARBITER}) and (case.status is Status.DISPUTED_AUTHORITY or contests >= TO_THE_ARBITER):
        return True
    if case.agency in regency.agencies:
        return case.agency in trusted_with(person, regency)
    return _verifies_for_others(person, regency)


def trusted_with(person: Person, regency: Regency) -> frozenset[str]:
    """The agencies whose secret and sensitive cases this person reads.

    For a body outside the regency's government, whose people do not work here, those at its front office stand in.
    """
    own = {person.agency} if person.agency and person.has_any(OF_THE_AGENCY | {Role.VERIFIER}) else set[str]()
    if not _verifies_for_others(person, regency):
        return frozenset(own)
    return frozenset(own | {code for code, one in regency.agencies.items() if one.kind not in OURS})


def _verifies_for_others(person: Person, regency: Regency) -> bool:
    return person.has_any({Role.VERIFIER}) and _office_of(person, regency) == _front_office(regency)


def is_of_the_accused(person: Person, case: Case, regency: Regency) -> bool:
    """Whether the case is about the agency of this person, or about one above it.

    The regency admin's people read what is about everybody who could hold it, for nobody else is left.
    """
    accused, office = accused_by(regency, case), _office_of(person, regency)
    if not keeps_out(regency.agencies, office, accused):
        return False
    is_last = office == case.agency == _front_office(regency)
    return not (is_last and are_all_accused(regency, accused))


def _office_of(person: Person, regency: Regency) -> str:
    """Whoever is of no agency works for the regency admin."""
    return person.agency or _front_office(regency)


def _front_office(regency: Regency) -> str:
    return highest(regency.agencies, AgencyKind.REGENCY_ADMIN)


def chat_bindings(
    case: Case,
    case_state: CaseState,
    groups: Mapping[str, str],
    people: Iterable[Person],
    regency: Regency,
    unmanned: Collection[str] = (),
) -> dict[str, ChatBinding]:
    """Where the card stands now, by chat; nowhere once the case is at its end.

    Args:
        case: as it stands now.
        case_state: the same.
        groups: the chat of each agency that has a group.
        people: everybody whose account is tied.
        regency: its agencies.
        unmanned: the agencies for which nobody works; the card of a case of theirs stands with the agency above.
    """
    if case.status in TERMINAL:
        return {}
    status = case_state.interrupted or case.status if case.status is Status.NEEDS_INFO else case.status
    agency = case.agency if is_confidential(case) else stand_in(regency.agencies, case.agency, unmanned)
    group = None if is_confidential(case) else groups.get(agency)
    found = [_group_seat(group, agency)] if group and status in {*AT_THE_AGENCY, Status.DISPUTED_AUTHORITY} else []
    roles = _roles_in_private(case, case_state, status, has_group=bool(found))
    contests = case_state.contests
    found += [
        _private_seat(person, roles)
        for person in people
        if _has_duty(person, roles, agency) and may_see(person, case, regency, contests)
    ]
    return {chat_binding.chat: chat_binding for chat_binding in found}


def _group_seat(chat: str, agency: str) -> ChatBinding:
    return ChatBinding(chat, is_group=True, actors=tuple(Actor(role, agency=agency) for role in sorted(OF_THE_AGENCY)))


def _private_seat(person: Person, roles: Collection[Role]) -> ChatBinding:
    actors = tuple(actor for actor in actors_of(person) if actor.role in roles)
    return ChatBinding(person.chat or "", is_group=False, actors=actors)


def _roles_in_private(case: Case, case_state: CaseState, status: Status, *, has_group: bool) -> frozenset[Role]:
    """The roles that get the card in their private chats besides the group."""
    roles = set[Role]()
    if status is Status.RECEIVED:
        roles |= {Role.VERIFIER, *([Role.LIAISON] if is_confidential(case) else [])}
        roles |= OF_THE_AGENCY if is_in_trust(case) else frozenset()
    if status is Status.DISPUTED_AUTHORITY or case_state.contests >= TO_THE_ARBITER:
        roles |= {Role.ARBITER}
    if status in AT_THE_AGENCY and not has_group:
        roles |= OF_THE_AGENCY
    if not is_confidential(case):
        roles |= {Role.MODERATOR}
    return frozenset(roles)


def _has_duty(person: Person, roles: Collection[Role], agency: str) -> bool:
    """Whether she is one of them, for this agency where her role is one of an agency, and can be told."""
    is_meant = any(actor.role in roles and actor.agency in {None, agency} for actor in actors_of(person))
    return is_meant and person.chat is not None
