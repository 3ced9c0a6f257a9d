"""Which link to a reporter's own page is in force: each one that is withdrawn is followed by the next edition."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Column, Integer, String, Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import metadata

case_page_links = Table(
    "case_page_links",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("edition", Integer, nullable=False),
)
"""A row for each case whose first link was withdrawn."""


async def link_editions(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, int]:
    """The edition that opens the page of each of these cases; 0 stands for the first, and is left out."""
    known = case_page_links.c
    query = select(known.ticket, known.edition).where(known.ticket.in_(tickets))
    return {row.ticket: row.edition for row in await connection.execute(query)}


async def withdraw_link(connection: AsyncConnection, ticket: str) -> int:
    """End the link of a case that is in force; returns the edition of the one that follows it."""
    known = case_page_links.c
    following = update(case_page_links).where(known.ticket == ticket).values(edition=known.edition + 1)
    row = (await connection.execute(following.returning(known.edition))).one_or_none()
    if row is not None:
        return int(row.edition)
    await connection.execute(insert(case_page_links).values(ticket=ticket, edition=1))
    return 1
