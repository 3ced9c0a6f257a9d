"""What happens to people: each loads, asks the domain, saves, and leaves a line of who did what and when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from actions.people.people import Person, PersonRefused, check_roles, clean_name
from actions.people.roles import Role
from actions.people.secrets import CODE_LASTS, code_digest


class PersonChange(StrEnum):
    """What was done, as the lines about a person name it."""

    ADDED = "added"
    PASSWORD_SET = "password_set"  # noqa: S105 - the name of a change
    CODE_GIVEN = "code_given"
    TELEGRAM_TIED = "telegram_tied"
    DISABLED = "disabled"
    ENABLED = "enabled"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    ATTEMPTS_FAILED = "attempts_failed"
    TOTP_ON = "totp_on"
    TOTP_OFF = "totp_off"
    CHANGED = "changed"
    SESSIONS_ENDED = "sessions_ended"
    MAIL_SET = "mail_set"
    MAIL_CONFIRMED = "mail_confirmed"
    MAIL_DROPPED = "mail_dropped"


class PeopleBook(Protocol):
    """Everybody who may sign in, within one transaction."""

    async def add(self, name: str, roles: Collection[Role], agency: str | None, at: datetime) -> Person | None:
        """Make a person; None where the name is taken."""
        ...

    async def by_name(self, name: str) -> Person | None:
        """The person of this name, whatever the case of its letters."""
        ...

    async def by_code(self, digest: str, now: datetime) -> Person | None:
        """Whose one-time code this is, unless it was used or its time is over."""
        ...

    async def by_telegram(self, account: str) -> Person | None:
        """Returns the person with this Telegram account, or None."""
        ...

    async def set_password(self, person: int, kept: str) -> None:
        """Stores the hash of a person's password."""
        ...

    async def set_code(self, person: int, digest: str, until: datetime) -> None:
        """Keep a one-time code; the one before holds no more."""
        ...

    async def drop_code(self, person: int) -> None:
        """Removes a person's one-time code."""
        ...

    async def set_telegram(self, person: int, account: str) -> None:
        """Stores a person's Telegram account."""
        ...

    async def set_active(self, person: int, *, active: bool) -> None:
        """Stores whether a person may work with the service."""
        ...

    async def end_sessions(self, person: int) -> None:
        """Ends all of a person's sessions."""
        ...

    async def rename(self, person: int, name: str) -> bool:
        """Stores a person's name; False where another person has it."""
        ...

    async def set_place(self, person: int, roles: Collection[Role], agency: str | None) -> None:
        """Stores a person's roles and agency in the place of those before."""
        ...

    async def note(self, person: int, what: PersonChange, who: str, at: datetime, detail: str = "") -> None:
        """Adds a line to the record of what was done to a person; lines are never changed."""
        ...


async def add_person(
    book: PeopleBook,
    written: str,
    roles: Collection[Role],
    agency: str | None,
    agencies: Collection[str],
    at: datetime,
    who: str,
) -> Person:
    """Make a person.

    Raises:
        PersonRefused: the name, the roles or the agency cannot be, or the name is taken.
    """
    name = clean_name(written)
    check_roles(roles, agency, agencies)
    person = await book.add(name, roles, agency, at)
    if person is None:
        raise PersonRefused("there is a person of this name already; ./lapor officer list shows all")
    described = ", ".join(sorted(roles)) + (f" ({agency})" if agency else "")
    await book.note(person.id, PersonChange.ADDED, who, at, described)
    return person


async def change_password(book: PeopleBook, person: Person, kept: str, at: datetime, who: str) -> None:
    """Give a person another password; who is signed in by the former one is signed out."""
    await book.set_password(person.id, kept)
    await book.end_sessions(person.id)
    await book.note(person.id, PersonChange.PASSWORD_SET, who, at)


async def give_code(book: PeopleBook, person: Person, code: str, at: datetime, who: str) -> datetime:
    """Give a person a one-time code, and say until when it holds.

    Raises:
        PersonRefused: the person is disabled.
    """
    if not person.is_active:
        raise PersonRefused("this person is disabled; ./lapor officer enable NAME comes first")
    until = at + CODE_LASTS
    await book.set_code(person.id, code_digest(code), until)
    await book.note(person.id, PersonChange.CODE_GIVEN, who, at)
    return until


async def tie_telegram(book: PeopleBook, typed: str, account: str, at: datetime) -> Person | None:
    """Tie a Telegram account to whoever was given this code.

    Returns:
        The person; None where the code holds for nobody, or the account is another's.
    """
    person = await book.by_code(code_digest(typed), at)
    if person is None or not person.is_active:
        return None
    holder = await book.by_telegram(account)
    if holder is not None and holder.id != person.id:
        return None
    await book.set_telegram(person.id, account)
    await book.drop_code(person.id)
    await book.note(person.id, PersonChange.TELEGRAM_TIED, f"person:{person.id}", at)
    return person


async def disable_person(book: PeopleBook, person: Person, at: datetime, who: str) -> None:
    """Let a person do nothing any more, from this moment."""
    await book.set_active(person.id, active=False)
    await book.drop_code(person.id)
    await book.end_sessions(person.id)
    await book.note(person.id, PersonChange.DISABLED, who, at)


async def enable_person(book: PeopleBook, person: Person, at: datetime, who: str) -> None:
    """Let a person do again what their roles allow."""
    await book.set_active(person.id, active=True)
    await book.note(person.id, PersonChange.ENABLED, who, at)


async def change_person(
    book: PeopleBook, person: Person, wanted: Person, agencies: Collection[str], at: datetime, who: str
) -> None:
    """Give a person the name, roles and agency of `wanted`; they hold from the next page on.

    Raises:
        PersonRefused: the name, the roles or the agency cannot be, or the name is taken.
    """
    name = clean_name(wanted.name)
    check_roles(wanted.roles, wanted.agency, agencies)
    if name != person.name and not await book.rename(person.id, name):
        raise PersonRefused("there is a person of this name already; ./lapor officer list shows all")
    await book.set_place(person.id, wanted.roles, wanted.agency)
    described = f"{person.name} -> {name}: " if name != person.name else ""
    described += ", ".join(sorted(wanted.roles)) + (f" ({wanted.agency})" if wanted.agency else "")
    await book.note(person.id, PersonChange.CHANGED, who, at, described)


async def sign_out_everywhere(book: PeopleBook, person: Person, at: datetime, who: str) -> None:
    """End every session of a person; whoever knows the password may sign in again."""
    await book.end_sessions(person.id)
    await book.note(person.id, PersonChange.SESSIONS_ENDED, who, at)


async def known_person(book: PeopleBook, written: str) -> Person:
    """The person of this name.

    Raises:
        PersonRefused: there is none.
    """
    person = await book.by_name(written)
    if person is None:
        raise PersonRefused("there is no person of this name; ./lapor officer list shows all")
    return person
