"""People who work with the service: names, roles, what each role may do. Pure; knows no password and no database."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from actions.people.roles import Role

OFFICER_ROLES: tuple[Role, ...] = tuple(role for role in Role if role not in {Role.REPORTER, Role.SYSTEM})
"""What a person who signs in may be; a reporter needs no account, and the service itself has none."""
OF_ONE_AGENCY = frozenset({Role.AGENCY_ADMIN, Role.LIAISON})
"""Roles that mean nothing without an agency."""
LONGEST_NAME = 80
STAFF_CHANNEL = "telegram"
"""The one channel whose accounts belong to people of the service: there a private chat and an account are the same."""
MAIL_CHANNEL = "email"
"""The channel by which people of the service are told who have no such account; a chat there is an address."""


class Permission(StrEnum):
    """What somebody may do, as far as roles decide it."""

    WORK_AT_DESK = "work_at_desk"
    TEACH = "teach"
    SEE_CASE = "see_case"


class Reach(StrEnum):
    """Over which agencies' cases a permission extends."""

    EVERY_AGENCY = "every_agency"
    OWN_AGENCY = "own_agency"


MAY: Mapping[Permission, Mapping[Role, Reach]] = {
    Permission.WORK_AT_DESK: {
        Role.VERIFIER: Reach.EVERY_AGENCY,
        Role.AGENCY_ADMIN: Reach.OWN_AGENCY,
        Role.LIAISON: Reach.OWN_AGENCY,
        Role.ARBITER: Reach.EVERY_AGENCY,
        Role.MODERATOR: Reach.EVERY_AGENCY,
        Role.AUDITOR: Reach.EVERY_AGENCY,
        Role.ADMIN: Reach.EVERY_AGENCY,
    },
    Permission.SEE_CASE: {
        Role.VERIFIER: Reach.EVERY_AGENCY,
        Role.AGENCY_ADMIN: Reach.OWN_AGENCY,
        Role.LIAISON: Reach.OWN_AGENCY,
        Role.ARBITER: Reach.EVERY_AGENCY,
        Role.MODERATOR: Reach.EVERY_AGENCY,
        Role.AUDITOR: Reach.EVERY_AGENCY,
    },
    Permission.TEACH: {
        Role.TRAINER: Reach.EVERY_AGENCY,
        Role.ADMIN: Reach.EVERY_AGENCY,
    },
}
"""An admin looks after people and models; a citizen's words are not needed for that."""


class PersonRefused(Exception):
    """A person cannot be made or changed like this; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in.

    Attributes:
        id: how the tables name them.
        name: as it was written; unique whatever the case of its letters.
        agency: a code of agencies.csv, or none.
        is_active: whether they may do anything at all.
        telegram: the Telegram account that is theirs.
        mail: the e-mail address that is theirs: confirmed, and taking mail as far as is known.
    """

    id: int
    name: str
    roles: frozenset[Role]
    agency: str | None = None
    is_active: bool = True
    telegram: str | None = None
    mail: str | None = None

    @property
    def chat(self) -> str | None:
        """Where this person alone is told: the Telegram account, else the address."""
        return self.telegram or self.mail

    def has_any(self, roles: Collection[Role]) -> bool:
        """Whether one of these roles is theirs, now."""
        return self.is_active and not self.roles.isdisjoint(roles)


def who_may(command: Permission) -> frozenset[Role]:
    """The roles that may do this, in some agency's matters at least."""
    return frozenset(MAY[command])


def may(person: Person, command: Permission, agency: str) -> bool:
    """Whether this person may do this in the matters of this agency."""
    reaches = {MAY[command][role] for role in person.roles if role in MAY[command]}
    in_reach = Reach.EVERY_AGENCY in reaches or (Reach.OWN_AGENCY in reaches and person.agency == agency)
    return person.is_active and in_reach


def clean_name(written: str) -> str:
    """A name as it is kept: composed (Unicode NFC), single spaces.

    Raises:
        PersonRefused: it is empty, too long, or not to be printed.
    """
    name = " ".join(unicodedata.normalize("NFC", written).split())
    if not any(letter.isalnum() for letter in name):
        raise PersonRefused("a name needs a letter or a digit")
    if len(name) > LONGEST_NAME:
        raise PersonRefused(f"a name has at most {LONGEST_NAME} letters")
    if not name.isprintable():
        raise PersonRefused("a name must not hold control characters")
    return name


def name_key(written: str) -> str:
    """What two spellings of one name have in common; "" of what is no name, which nobody has."""
    folded = " ".join(unicodedata.normalize("NFC", written).split()).casefold()
    return unicodedata.normalize("NFC", folded) if folded.isprintable() else ""


def check_roles(roles: Collection[Role], agency: str | None, agencies: Collection[str]) -> None:
    """Whether a person may have these roles, in this agency or none.

    Raises:
        PersonRefused: no role at all, one that nobody signs in with, an agency that there is not, or one that is
            missing.
    """
    if not roles:
        raise PersonRefused("a person needs a role")
    if strange := sorted(set(roles) - set(OFFICER_ROLES)):
        raise PersonRefused(f"nobody signs in as {strange[0]}; roles are {', '.join(OFFICER_ROLES)}")
    if agency is not None and agency not in agencies:
        raise PersonRefused(f"there is no agency {agency}; agencies.csv has {', '.join(agencies)}")
    if agency is None and (lost := sorted(OF_ONE_AGENCY.intersection(roles))):
        raise PersonRefused(f"{lost[0]} is a role in one agency; name it with --agency CODE")
