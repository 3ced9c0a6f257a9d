"""What moderators let others read of cases, in the database; the last of a case holds, and all are kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Column, Integer, Row, String, Table, Text, and_, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.privacy.redaction import NOTHING_REDACTED, Moderated, Redaction, TextSpan, moderated
from actions.store.cases.handling import case_sayings
from actions.store.cases.publications import hold_decided, published_answers
from actions.store.engine.tables import case_events, metadata
from actions.store.training.act_samples import act_samples
from actions.store.training.samples import State, samples

case_redactions = Table(
    "case_redactions",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("covered", Text, nullable=False),
)
"""Under the number of the event with which it came; the last one of a case holds. `covered`: see `redactions.py`."""


@dataclass(frozen=True, slots=True)
class SqlRedactions:
    """`redaction_handlers.Redactions` over one connection."""

    connection: AsyncConnection

    async def of_case(self, ticket: str) -> Redaction:
        """Implements the method of `Redactions`."""
        return (await redactions_of(self.connection, [ticket])).get(ticket, NOTHING_REDACTED)

    async def keep(self, ticket: str, number: int, redaction: Redaction) -> None:
        """As `Redactions` says it; what the service has published of the case is held from now on.

        What trainers were to label of the case is put away when other words are covered.
        """
        before = await self.of_case(ticket)
        row = {"ticket": ticket, "number": number, "title": redaction.title, "covered": _written(redaction)}
        await self.connection.execute(insert(case_redactions), [row])
        await hold_decided(self.connection, ticket)
        if set(redaction.story) - set(before.story):
            for table in (samples, act_samples):
                gone = update(table).where(table.c.ticket == ticket).values(state=State.GONE.value)
                await self.connection.execute(gone)

    async def history(self, ticket: str) -> Mapping[int, Redaction]:
        """Returns all redactions of a case by the number of their event, the oldest first."""
        query = select(case_redactions).where(case_redactions.c.ticket == ticket).order_by(case_redactions.c.number)
        return {row.number: _redaction(row) for row in await self.connection.execute(query)}


async def forget_titles(connection: AsyncConnection, tickets: Collection[str]) -> int:
    """Of these cases nothing is left that may quote their reporters; what anybody may read of an answer stays."""
    query = select(case_redactions).where(case_redactions.c.ticket.in_(tickets))
    rows = [(row, _redaction(row)) for row in await connection.execute(query)]
    said = [(row, one) for row, one in rows if one.title or one.story]
    emptied = [
        {"which": row.ticket, "at": row.number, "left": _written(replace(one, title="", story=()))} for row, one in said
    ]
    if emptied:
        await connection.execute(_EMPTIED, emptied)
    return len(emptied)


_EMPTIED = (
    update(case_redactions)
    .where(case_redactions.c.ticket == bindparam("which"), case_redactions.c.number == bindparam("at"))
    .values(title="", covered=bindparam("left"))
)


async def redactions_of(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, Redaction]:
    """What holds for each of these cases; nothing for those on which no moderator has decided."""
    if not tickets:
        return {}
    last = select(case_redactions.c.ticket, func.max(case_redactions.c.number).label("number"))
    last_ones = last.where(case_redactions.c.ticket.in_(tickets)).group_by(case_redactions.c.ticket).subquery()
    is_last = and_(case_redactions.c.ticket == last_ones.c.ticket, case_redactions.c.number == last_ones.c.number)
    rows = await connection.execute(select(case_redactions).join(last_ones, is_last))
    return {row.ticket: _redaction(row) for row in rows}


async def moderated_of(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, Moderated]:
    """What anybody may read of these cases, published answers too; whether she may know of them is `visible.py`'s."""
    known = await redactions_of(connection, tickets)
    answers = await _last_answers(connection, [ticket for ticket, one in known.items() if one.answer])
    let_out = {ticket: moderated(one, *answers.get(ticket, (0, ""))) for ticket, one in known.items()}
    published = await published_answers(connection, tickets)
    return let_out | {ticket: Moderated(title, answer) for ticket, (title, answer) in published.items()}


async def _last_answers(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, tuple[int, str]]:
    if not tickets:
        return {}
    is_answer = and_(case_events.c.ticket.in_(tickets), case_events.c.action == CaseAction.ANSWER.value)
    last = select(case_events.c.ticket, func.max(case_events.c.number).label("number")).where(is_answer)
    last_ones = last.group_by(case_events.c.ticket).subquery()
    said = and_(case_sayings.c.ticket == last_ones.c.ticket, case_sayings.c.number == last_ones.c.number)
    query = select(last_ones, case_sayings.c.words).join(case_sayings, said)
    return {row.ticket: (row.number, row.words) for row in await connection.execute(query)}


def _written(redaction: Redaction) -> str:
    told = {
        "story": redaction.story,
        "answer": redaction.answer,
        "answer_covered": redaction.answer_covered,
        "withheld": sorted(redaction.suppressed),
    }
    return json.dumps({name: value for name, value in told.items() if value}, separators=(",", ":"))


def _redaction(row: Row[tuple[object, ...]]) -> Redaction:
    told = json.loads(row.covered)
    return Redaction(
        title=row.title,
        story=tuple(TextSpan(*span) for span in told.get("story", ())),
        answer=told.get("answer", 0),
        answer_covered=tuple(TextSpan(*span) for span in told.get("answer_covered", ())),
        suppressed=frozenset(told.get("withheld", ())),
    )
