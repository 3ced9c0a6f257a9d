"""The e-mail addresses of people of the service, in the database: `MailBook` over one connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.handlers import PersonChange
from actions.people.people import Person
from actions.store.messages.groups import officer_digests
from actions.store.people.mail_tables import is_usable, people_mail
from actions.store.people.people import SqlPeople, people


class AddressState(StrEnum):
    """How it stands with an address."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class KeptAddress:
    """An address of a person, and how it stands with it."""

    address: str
    state: AddressState


@dataclass(frozen=True, slots=True)
class SqlMailBook:
    """`MailBook` within the transaction of this connection."""

    connection: AsyncConnection

    async def set_mail(self, person: int, address: str, digest: str, until: datetime) -> bool:
        """Implements the method of `MailBook`."""
        other = select(people_mail.c.person).where(people_mail.c.address == address, people_mail.c.person != person)
        if (await self.connection.execute(other)).first():
            return False
        await self.drop_mail(person)
        row = {"person": person, "address": address, "code_digest": digest, "code_until": until}
        await self.connection.execute(insert(people_mail), [row])
        return True

    async def drop_mail(self, person: int) -> None:
        """Implements the method of `MailBook`."""
        await self.connection.execute(delete(people_mail).where(people_mail.c.person == person))

    async def confirm_mail(self, person: int, digest: str, at: datetime) -> bool:
        """Implements the method of `MailBook`."""
        mail = people_mail
        right = update(mail).where(mail.c.person == person, mail.c.code_digest == digest, mail.c.code_until > at)
        confirmed = right.values(confirmed_at=at, code_digest=None, code_until=None)
        return (await self.connection.execute(confirmed)).rowcount > 0

    async def note(self, person: int, what: PersonChange, who: str, at: datetime, detail: str = "") -> None:
        """Implements the method of `MailBook`."""
        await SqlPeople(self.connection).note(person, what, who, at, detail)


async def kept_addresses(connection: AsyncConnection) -> Mapping[int, KeptAddress]:
    """The address of each person who has one, by the person's number."""
    mail = people_mail.c
    rows = await connection.execute(select(mail.person, mail.address, mail.confirmed_at, mail.is_returned))
    return {row.person: KeptAddress(row.address, _state(row.confirmed_at, is_returned=row.is_returned)) for row in rows}


def _state(confirmed_at: datetime | None, *, is_returned: bool) -> AddressState:
    if is_returned:
        return AddressState.RETURNED
    return AddressState.CONFIRMED if confirmed_at else AddressState.UNCONFIRMED


async def mailed_without_digest(connection: AsyncConnection, day: date) -> list[Person]:
    """Those of an agency who are told by mail alone, and have not had the digest of this day."""
    had = exists().where(officer_digests.c.chat == people_mail.c.address, officer_digests.c.day == day)
    by_mail = people.c.telegram.is_(None) & is_usable & people_mail.c.address.is_not(None)
    return await SqlPeople(connection).those(by_mail & people.c.is_active & people.c.agency.is_not(None) & ~had)
