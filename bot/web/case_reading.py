"""Reads a case for its page: what the public may know of, or all of it for its reporter.

An unknown number and one of a secret or hidden case take the same one query, which finds nothing: the time tells them
apart no more than the words do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.case import CaseEvent
from actions.handlers import SeenCase, see_case
from actions.store.casebook import SqlCaseBook
from actions.store.database import Database
from actions.store.files import FileRow, files_of_case
from actions.store.tables import cases
from actions.store.visible_rows import is_public_row

NOBODY = ""
"""The reader of a public page; no reporter has this name."""


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A case as its reader may see it, with what happened to it; her files only for herself."""

    seen: SeenCase
    events: Sequence[CaseEvent]
    files: Sequence[FileRow] = ()


async def read_public(database: Database, number: str) -> ReadCase | None:
    """What anybody may see; None when there is no such case, or it is secret or hidden."""
    async with database.reading() as connection:
        if not await _is_public(connection, number):
            return None
        book = SqlCaseBook(connection)
        seen = await see_case(book, number, NOBODY)
        return ReadCase(seen, await book.events(number)) if seen else None


async def read_own(database: Database, number: str) -> ReadCase | None:
    """All of it. For whoever has shown the reporter's key, and for nobody else."""
    async with database.reading() as connection:
        book = SqlCaseBook(connection)
        case = await book.by_ticket(number)
        seen = await see_case(book, number, case.reporter) if case else None
        if seen is None:
            return None
        return ReadCase(seen, await book.events(number), await files_of_case(connection, number))


async def is_there(database: Database, number: str) -> bool:
    """Whether the public may know of this number."""
    async with database.reading() as connection:
        return await _is_public(connection, number)


async def _is_public(connection: AsyncConnection, number: str) -> bool:
    query = select(cases.c.id).where(cases.c.ticket == number, is_public_row())
    return (await connection.execute(query)).first() is not None
