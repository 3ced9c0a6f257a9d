"""Who may do something to a case: the roles, and a person in one of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in relation to a case. SYSTEM is the service itself."""

    REPORTER = "reporter"
    VERIFIER = "verifier"
    AGENCY_ADMIN = "agency_admin"
    LIAISON = "liaison"
    ARBITER = "arbiter"
    MODERATOR = "moderator"
    AUDITOR = "auditor"
    ADMIN = "admin"
    TRAINER = "trainer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a role.

    Attributes:
        role: the role in which she acts now; a person with several acts in one at a time.
        person: the officer's id, which is nobody's name; "" for a reporter and for the system.
        agency: code of the agency that a liaison or agency admin acts for; None for the others.
    """

    role: Role
    person: str = ""
    agency: str | None = None


REPORTER, SYSTEM = Actor(Role.REPORTER), Actor(Role.SYSTEM)
