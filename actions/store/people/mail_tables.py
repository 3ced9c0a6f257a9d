"""The table of the e-mail addresses of people of the service."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, false, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import Moment, RowId, metadata

people_mail = Table(
    "people_mail",
    metadata,
    Column("person", RowId, ForeignKey("people.id"), primary_key=True),
    Column("address", String(64), nullable=False, unique=True),
    Column("code_digest", String(64)),
    Column("code_until", Moment),
    Column("confirmed_at", Moment),
    Column("is_returned", Boolean, nullable=False, server_default=false()),
)
"""One address a person, small letters. Nothing but its code is sent to it before `confirmed_at`, nothing at all once
`is_returned`: mail to it came back."""
is_usable = people_mail.c.confirmed_at.is_not(None) & ~people_mail.c.is_returned


async def note_bounce(connection: AsyncConnection, address: str) -> None:
    """Mail to this address came back; its person is told by mail no more until an admin sets one again."""
    await connection.execute(update(people_mail).where(people_mail.c.address == address).values(is_returned=True))
