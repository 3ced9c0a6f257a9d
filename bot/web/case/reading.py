"""Reads a case for its page: what the public may know of, or all of it for its reporter.

An unknown number and one of a secret or hidden case take the same one query, which finds nothing: the time tells them
apart no more than the words do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import CaseEvent, is_forgotten
from actions.cases.event_words import NOTHING_SAID
from actions.cases.handlers import SeenCase, see_case
from actions.privacy.redaction import NOTHING_MODERATED, Moderated
from actions.privacy.redaction_handlers import latest_answer
from actions.privacy.visibility import anybody_reads
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.files import FileRow, enclosed_files, files_of_case
from actions.store.cases.redactions import moderated_of
from actions.store.cases.visible_rows import is_public_row
from actions.store.engine.database import Database
from actions.store.engine.tables import cases

NOBODY = ""
"""The reader of a public page; no reporter has this name."""


@dataclass(frozen=True, slots=True)
class CaseReading:
    """A case as its reader may see it, with what happened to it; her files only for herself.

    `moderated`: what a moderator lets anybody read of it; the reporter reads the whole of the last answer.
    `proofs`: the files of that answer, for her.
    """

    seen: SeenCase
    events: Sequence[CaseEvent]
    files: Sequence[FileRow] = ()
    moderated: Moderated = NOTHING_MODERATED
    proofs: Sequence[FileRow] = ()


async def read_public(database: Database, number: str) -> CaseReading | None:
    """What anybody may see; None when there is no such case, or it is secret or hidden."""
    async with database.reading() as connection:
        if not await _is_public(connection, number):
            return None
        book = SqlCaseBook(connection)
        seen = await see_case(book, number, NOBODY)
        if seen is None:
            return None
        return CaseReading(seen, await book.events(number), moderated=await _moderated(connection, seen))


async def read_own(database: Database, number: str) -> CaseReading | None:
    """All of it. For whoever has shown the reporter's key, and for nobody else; None once she was forgotten."""
    async with database.reading() as connection:
        book = SqlCaseBook(connection)
        case = await book.by_ticket(number)
        is_hers = case is not None and not is_forgotten(case.reporter)
        seen = await see_case(book, number, case.reporter) if case and is_hers else None
        if seen is None:
            return None
        events, files = await book.events(number), await files_of_case(connection, number)
        title = (await _moderated(connection, seen)).title
        answered = latest_answer(events)
        said = await book.said(number, answered) if answered else NOTHING_SAID
        proofs = [(await enclosed_files(connection, [one])).get(one.file_id) for one in said.enclosures]
        shown = [proof for proof in proofs if proof]
        return CaseReading(seen, events, files, Moderated(title, said.words), shown)


async def is_there(database: Database, number: str) -> bool:
    """Whether the public may know of this number."""
    async with database.reading() as connection:
        return await _is_public(connection, number)


async def _moderated(connection: AsyncConnection, seen: SeenCase) -> Moderated:
    number = seen.case.ticket
    return anybody_reads(seen.case, (await moderated_of(connection, [number])).get(number, NOTHING_MODERATED))


async def _is_public(connection: AsyncConnection, number: str) -> bool:
    query = select(cases.c.id).where(cases.c.ticket == number, is_public_row())
    return (await connection.execute(query)).first() is not None
