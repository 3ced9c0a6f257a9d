"""Everything that is kept of one citizen, as rows: for herself alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case, CaseEvent, Words
from actions.cases.event_words import Saying
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.files import FileRow
from actions.store.cases.handling import sayings_of
from actions.store.cases.supporters import case_supporters
from actions.store.engine.tables import BROWSERS, cases, files, inbox, outbox, push_subscriptions
from actions.store.messages.joined_chats import JoinedChat, others_of
from actions.store.messages.messages import Chat, load_records
from actions.store.messages.weekly_tables import weekly_subscriptions
from actions.store.training.act_samples import act_samples
from actions.store.training.samples import samples

MOST_CASES = 100_000


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case of hers, with what was told, done and said."""

    case: Case
    words: Words | None
    events: Sequence[CaseEvent]
    sayings: dict[int, Saying]


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A row of inbox or outbox."""

    row: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """All of it.

    Attributes:
        record: where her talk stands, as a row; None where there is none.
        supported: numbers of cases of others that she supports, and since when.
        learnt: what trainers may learn from of her cases, personal data covered.
        browsers: how many of her browsers are told of news.
        weekly: code of the village whose news she takes.
        joined: the chats that this one is joined with.
    """

    cases: Sequence[KeptCase] = ()
    record: str | None = None
    received: Sequence[KeptMessage] = ()
    sent: Sequence[KeptMessage] = ()
    files: Sequence[FileRow] = ()
    supported: Sequence[tuple[str, datetime]] = ()
    learnt: Sequence[tuple[str, datetime]] = field(default=())
    browsers: int = 0
    weekly: str = ""
    joined: Sequence[JoinedChat] = ()


async def kept_of(connection: AsyncConnection, chat: Chat) -> Kept:
    """Everything of this chat; notes and drafts of officers are none of it, nor is anything of others."""
    channel, name = chat
    citizen = f"{channel}:{name}"
    book = SqlCaseBook(connection)
    hers = await book.of_reporter(citizen, MOST_CASES)
    received = select(inbox.c.event, inbox.c.received_at).where(inbox.c.channel == channel, inbox.c.chat == name)
    sent = select(outbox.c.message, outbox.c.created_at).where(outbox.c.channel == channel, outbox.c.chat == name)
    known = case_supporters.c
    supported = select(known.ticket, known.since).where(known.supporter == citizen).order_by(known.since)
    learnt = select(samples.c.text, samples.c.at).join(cases, cases.c.ticket == samples.c.ticket)
    acts = act_samples.c
    of_talks = select(acts.words.label("text"), acts.at).join(cases, cases.c.ticket == acts.ticket)
    rows = weekly_subscriptions.c
    weekly = select(rows.village).where(rows.channel == channel, rows.chat == name)
    sse_signals = select(func.count()).where(push_subscriptions.c.visitor == (name if channel == BROWSERS else ""))
    return Kept(
        cases=[
            KeptCase(
                case,
                await book.words(case.ticket),
                await book.events(case.ticket),
                await sayings_of(connection, case.ticket),
            )
            for case in hers
        ],
        record=(await load_records(connection, [chat])).get(chat),
        received=[KeptMessage(*row) for row in await connection.execute(received.order_by(inbox.c.id))],
        sent=[KeptMessage(*row) for row in await connection.execute(sent.order_by(outbox.c.id))],
        files=await _files(connection, chat),
        supported=[(row.ticket, row.since) for row in await connection.execute(supported)],
        learnt=[
            (row.text, row.at)
            for query in (learnt.order_by(samples.c.id), of_talks.order_by(act_samples.c.id))
            for row in await connection.execute(query.where(cases.c.reporter == citizen))
        ],
        browsers=(await connection.execute(sse_signals)).scalar_one(),
        weekly=(await connection.execute(weekly)).scalar_one_or_none() or "",
        joined=await others_of(connection, chat),
    )


async def _files(connection: AsyncConnection, chat: Chat) -> list[FileRow]:
    columns = [files.c[name] for name in FileRow.__dataclass_fields__]
    query = select(*columns).where(and_(files.c.channel == chat[0], files.c.chat == chat[1])).order_by(files.c.id)
    return [FileRow(*row) for row in await connection.execute(query)]
