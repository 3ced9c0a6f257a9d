"""Reports and cases in a real database, each with one word for what matters."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from actions.cases.case import Location, ReportType, Severity, Words
from actions.cases.handlers import FiledCase, Paused, ReviewedDraft, file_case
from actions.cases.ports import Chance
from actions.cases.routing import RoutingDecision
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from tests.unit.actions.builders import NOON, a_regency, a_rule

SECRETS = random.Random(11)  # noqa: S311 - the same numbers in every run
CHANCE = Chance(SECRETS.randrange, SECRETS.randbytes)
REGENCY = a_regency(a_rule("roads", category="jalan"), a_rule("waste", category="sampah"))


def a_report(**changes: Any) -> ReviewedDraft:
    """A complaint about a road, but for what is named."""
    known: dict[str, Any] = {
        "draft_key": "telegram:siti:d1",
        "reporter": "telegram:siti",
        "channel": "telegram",
        "language": "id",
        "type": ReportType.COMPLAINT,
        "category": "jalan",
        "location": Location(spoken="depan pasar"),
        "severity": Severity.NORMAL,
        "secret": False,
        "sensitive": False,
        "words": Words("jalan berlubang"),
        "attachments": (),
        "consent": "id-1",
    }
    return ReviewedDraft(**(known | changes))


def reason(decision: RoutingDecision, location: Location, language: str) -> str:
    """Why, in one word and a language."""
    return f"{language}: {decision.reason.key}"


@asynccontextmanager
async def a_book(database: Database) -> AsyncIterator[SqlCaseBook]:
    """The cases, within one transaction that is committed at the end."""
    async with database.writing() as connection:
        book = SqlCaseBook(connection)
        yield book
        await book.flush()


async def filed(
    database: Database, at: datetime = NOON, regency: Regency = REGENCY, **changes: Any
) -> FiledCase | Paused:
    """What became of a report."""
    async with a_book(database) as book:
        return await file_case(book, regency, a_report(**changes), at, CHANCE, reason)


async def a_ticket(database: Database, at: datetime = NOON, **changes: Any) -> str:
    """The number of a report that was filed."""
    outcome = await filed(database, at, **changes)
    if not isinstance(outcome, FiledCase):
        raise TypeError("it was not filed")
    return outcome.case.ticket
