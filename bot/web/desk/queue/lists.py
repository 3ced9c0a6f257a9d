"""Which lists of cases somebody has at the desk, by her roles and her agency. Reads nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from actions.cases.case import OPEN, Status
from actions.people.people import Person
from actions.people.roles import Role
from actions.store.cases.queue import EVERYTHING_OPEN, Pile
from bot.conversation.screen import Line, line
from bot.officers.chat_bindings import OF_THE_AGENCY

AT_THE_AGENCY = frozenset({Status.RECEIVED, Status.FORWARDED, Status.IN_PROGRESS})
AWAITED_OF_REPORTERS = frozenset({Status.NEEDS_INFO, Status.ANSWERED})


@dataclass(frozen=True, slots=True)
class CaseList:
    """A list: its name in addresses, its words, and what stands on it."""

    name: str
    words: Line
    pile: Pile


def lists_of(person: Person) -> Sequence[CaseList]:
    """Hers, the one first that she most likely works on; none for whoever reads no cases."""
    return [CaseList(name, words, pile) for name, words, roles, pile in _every(person) if person.has_any(roles)]


type _Offered = tuple[str, Line, Collection[Role], Pile]


def _every(person: Person) -> Sequence[_Offered]:
    of_agency = {role for role in OF_THE_AGENCY if person.agency}
    everywhere = {Role.VERIFIER, Role.ARBITER, Role.AUDITOR}
    return (
        ("verify", line("desk-list-verify"), {Role.VERIFIER}, Pile(frozenset({Status.RECEIVED}))),
        ("rule", line("desk-list-rule"), {Role.ARBITER}, Pile(frozenset({Status.DISPUTED_AUTHORITY}))),
        (
            "contested",
            line("desk-list-contested"),
            {Role.ARBITER},
            Pile(frozenset({Status.IN_PROGRESS}), contested=True),
        ),
        ("agency", line("desk-list-agency"), of_agency, Pile(AT_THE_AGENCY, person.agency)),
        ("waiting", line("desk-list-waiting"), of_agency, Pile(AWAITED_OF_REPORTERS, person.agency)),
        ("publish", line("desk-list-publish"), {Role.MODERATOR}, Pile(OPEN | {Status.CLOSED}, newest=True)),
        ("all", line("desk-list-all"), everywhere, EVERYTHING_OPEN),
    )


def list_named(lists: Sequence[CaseList], name: str) -> CaseList | None:
    """The one of this name, else the first; None where there is none at all."""
    return next((one for one in lists if one.name == name), next(iter(lists), None))
