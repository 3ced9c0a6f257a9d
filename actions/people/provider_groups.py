"""Which roles, and in which agency, somebody has by the groups of an identity provider. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from actions.people.people import OF_ONE_AGENCY, OFFICER_ROLES
from actions.people.roles import Role

LIKE: Final = "groups are written GROUP=ROLE or GROUP=ROLE:AGENCY, divided by commas"


class WrongMapping(ValueError):
    """The mapping from groups to roles cannot be; the message says why."""


class TwoAgencies(ValueError):
    """Somebody's groups are of two agencies, and a person works for one."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a group gives: a role, and the agency in which it is held."""

    role: Role
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """The roles that somebody has, and the agency."""

    roles: frozenset[Role]
    agency: str | None = None


def read_mapping(written: str, agencies: Collection[str]) -> Mapping[str, Grant]:
    """What each group gives, by its name as the provider writes it.

    Raises:
        WrongMapping: a role or an agency that there is not, a role without the agency that it needs.
    """
    found = dict[str, Grant]()
    for part in filter(None, (one.strip() for one in written.split(","))):
        group, _, given = part.rpartition("=")
        role, _, agency = given.strip().partition(":")
        if not group.strip() or role not in OFFICER_ROLES:
            raise WrongMapping(f"{part!r}: {LIKE}; roles are {', '.join(OFFICER_ROLES)}")
        if agency and agency not in agencies:
            raise WrongMapping(f"{part!r}: there is no agency {agency} in agencies.csv")
        if not agency and Role(role) in OF_ONE_AGENCY:
            raise WrongMapping(f"{part!r}: {role} is a role in one agency; {LIKE}")
        found[group.strip()] = Grant(Role(role), agency or None)
    if not found:
        raise WrongMapping(LIKE)
    return found


def granted(groups: Collection[str], mapping: Mapping[str, Grant]) -> Granted:
    """What these groups give together; a group that is not mapped gives nothing.

    Raises:
        TwoAgencies: they are of two agencies.
    """
    grants = [mapping[group] for group in groups if group in mapping]
    agencies = {grant.agency for grant in grants if grant.agency}
    if len(agencies) > 1:
        raise TwoAgencies
    return Granted(frozenset(grant.role for grant in grants), next(iter(agencies), None))
