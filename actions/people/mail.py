"""The e-mail address of a person of the service: set by an admin, and hers once she has typed what was sent to it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, Protocol

from actions.people.handlers import PersonChange
from actions.people.people import Person, PersonRefused
from actions.people.secrets import CODE_LASTS, code_digest

LONGEST_ADDRESS: Final = 64
"""As long as the name of a chat."""
ADDRESS: Final = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII
)
"""An address that every relay takes: no quotes, comments or letters beyond ASCII (RFC 5321, section 4.1.2)."""


class MailBook(Protocol):
    """The addresses of people, within one transaction."""

    async def set_mail(self, person: int, address: str, digest: str, until: datetime) -> bool:
        """Stores an address that is not confirmed, with its code; False where it is another person's."""
        ...

    async def drop_mail(self, person: int) -> None:
        """Removes a person's address."""
        ...

    async def confirm_mail(self, person: int, digest: str, at: datetime) -> bool:
        """Marks the address as confirmed; False where this is not its code, or no longer."""
        ...

    async def note(self, person: int, what: PersonChange, who: str, at: datetime, detail: str = "") -> None:
        """Adds a line to the record of what was done to a person."""
        ...


def clean_address(written: str) -> str | None:
    """An address as it is kept, in small letters; None of what is none."""
    address = written.strip().casefold()
    return address if len(address) <= LONGEST_ADDRESS and ADDRESS.fullmatch(address) else None


async def give_address(book: MailBook, person: Person, written: str, code: str, at: datetime, who: str) -> str:
    """Give a person an address to be confirmed with this code, in the place of the one before; returns it.

    Raises:
        PersonRefused: it is no address, or another person's.
    """
    address = clean_address(written)
    if address is None:
        raise PersonRefused(f"this is no e-mail address, or it has more than {LONGEST_ADDRESS} letters")
    if not await book.set_mail(person.id, address, code_digest(code), at + CODE_LASTS):
        raise PersonRefused("another person has this e-mail address")
    await book.note(person.id, PersonChange.MAIL_SET, who, at)
    return address


async def confirm_address(book: MailBook, person: Person, typed: str, at: datetime) -> bool:
    """Take the code that was sent to a person's address; whether it was right."""
    if not await book.confirm_mail(person.id, code_digest(typed), at):
        return False
    await book.note(person.id, PersonChange.MAIL_CONFIRMED, f"person:{person.id}", at)
    return True


async def drop_address(book: MailBook, person: Person, at: datetime, who: str) -> None:
    """Tell a person nothing by mail any more."""
    await book.drop_mail(person.id)
    await book.note(person.id, PersonChange.MAIL_DROPPED, who, at)
