"""Which cases SP4N-LAPOR! knows, or sent, by its number; and everything that goes to it and comes from it.

One table is queue and record: what is to be sent is a row until it has arrived, and stays as what was sent. Nothing
that a citizen typed stands in either table: words are read when they are sent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    case,
    delete,
    false,
    func,
    insert,
    literal,
    null,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Status, Visibility
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, RowId, cases, metadata

sp4n_cases = Table(
    "sp4n_cases",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("tracking_id", String(40), nullable=False, unique=True),
    Column("is_theirs", Boolean, nullable=False),
    Column("topic", String(40), nullable=False, server_default=""),
    Column("topic_name", String(120), nullable=False, server_default=""),
    Column("their_status", String(40), nullable=False, server_default=""),
    Column("changed_at", Moment, nullable=True),
    Column("is_over", Boolean, nullable=False, server_default=false()),
    Column("look_at", Float, nullable=False, server_default="0"),
)
"""The number of a case there. `is_theirs`: it came from there; else it was handed over. `their_status`: their word."""

sp4n_exchanges = Table(
    "sp4n_exchanges",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("ticket", String(12), nullable=False, server_default=""),
    Column("kind", String(8), nullable=False),
    Column("item", String(80), nullable=False),
    Column("tracking_id", String(40), nullable=False, server_default=""),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("obstacle", String(40), nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Float, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment, nullable=True),
    UniqueConstraint("ticket", "kind", "item"),
)
"""One thing that goes there or came from there. `item`: the event's number, their word, or their number."""

_WAITS = "state = 'new'"
Index(
    "sp4n_exchanges_new",
    sp4n_exchanges.c.ticket,
    sp4n_exchanges.c.id,
    sqlite_where=text(_WAITS),
    postgresql_where=text(_WAITS),
)

HANDOVER, PROGRESS, REPORT, REMOTE_STATUS = "handover", "progress", "report", "status"
"""What is sent (the first two), and what came."""
NEW, DONE, UNREADABLE = "new", "done", "unread"
WHOLE: Final = "whole"
"""The item of a handover: a case is handed over once."""


@dataclass(frozen=True, slots=True)
class Sp4nCase:
    """A case that both sides know.

    Attributes:
        is_theirs: it came from there; else it was handed over.
        topic, topic_name: what they say it is about, of what came from there.
        their_status: where it stands there, in their word.
        changed_at: since when.
    """

    ticket: str
    tracking_id: str
    is_theirs: bool
    topic: str = ""
    topic_name: str = ""
    their_status: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing that goes there or came from there.

    Attributes:
        item: what tells it from others of its kind and case.
        obstacle: code of what stands in its way.
        attempts: how often it was begun.
    """

    id: int
    ticket: str
    kind: str
    item: str
    tracking_id: str
    state: str
    obstacle: str
    attempts: int
    created_at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sp4nBacklog:
    """What waits to be sent since when, what stands in the way of how many, and how many that came cannot be read."""

    waiting: int
    oldest: datetime | None
    in_the_way: Mapping[str, int]
    unreadable: int


_EXCHANGE = tuple(sp4n_exchanges.c[name] for name in Exchange.__dataclass_fields__)
_CASE = tuple(sp4n_cases.c[name] for name in Sp4nCase.__dataclass_fields__)


# What is to be sent -------------------------------------------------------------------------------------------------


async def put_exchanges(connection: AsyncConnection, rows: Sequence[Mapping[str, object]]) -> None:
    """Queue or record `{"ticket", "kind", "item", "created_at", …}`; what is there already is left as it is."""
    if rows:
        await connection.execute(insert_into(connection, sp4n_exchanges).on_conflict_do_nothing(), rows)


async def put_waiting_handovers(connection: AsyncConnection, outside: Collection[str], at: datetime) -> None:
    """Queue the handover of each open public case that lies with one of these agencies and was never handed over."""
    found = select(cases.c.ticket, literal(HANDOVER), literal(WHOLE), literal(at, Moment()))
    found = found.where(
        cases.c.agency.in_(outside),
        cases.c.status == Status.FORWARDED.value,
        cases.c.visibility == Visibility.PUBLIC.value,
        cases.c.sensitive == false(),
        cases.c.is_hidden == false(),
        cases.c.ticket.not_in(select(sp4n_exchanges.c.ticket).where(sp4n_exchanges.c.kind == HANDOVER)),
    )
    await connection.execute(insert(sp4n_exchanges).from_select(["ticket", "kind", "item", "created_at"], found))


async def due_exchanges(connection: AsyncConnection, now: float, most: int, busy: Collection[str]) -> list[Exchange]:
    """The first of each case that waits and whose time has come (`now` in seconds since 1970), without busy cases."""
    first = select(func.min(sp4n_exchanges.c.id)).where(sp4n_exchanges.c.state == NEW).group_by(sp4n_exchanges.c.ticket)
    query = select(*_EXCHANGE).where(
        sp4n_exchanges.c.id.in_(first), sp4n_exchanges.c.not_before <= now, sp4n_exchanges.c.ticket.not_in(busy)
    )
    return [Exchange(*row) for row in await connection.execute(query.order_by(sp4n_exchanges.c.id).limit(most))]


async def begin_exchange(connection: AsyncConnection, exchange: Exchange, not_before: float) -> bool:
    """Notes that it is tried now; whoever tries it again, not before this moment, looks first whether it arrived.

    False where somebody else has begun it meanwhile.
    """
    query = update(sp4n_exchanges).where(
        sp4n_exchanges.c.id == exchange.id,
        sp4n_exchanges.c.attempts == exchange.attempts,
        sp4n_exchanges.c.state == NEW,
    )
    begun = await connection.execute(query.values(attempts=exchange.attempts + 1, not_before=not_before))
    return begun.rowcount == 1


async def end_exchange(
    connection: AsyncConnection, exchange: int, at: datetime, *, tracking_id: str = "", obstacle: str = ""
) -> None:
    """It arrived, or (`obstacle`) need not go any more."""
    query = update(sp4n_exchanges).where(sp4n_exchanges.c.id == exchange)
    await connection.execute(query.values(state=DONE, done_at=at, tracking_id=tracking_id, obstacle=obstacle))


async def postpone_exchange(connection: AsyncConnection, exchange: int, not_before: float, obstacle: str) -> None:
    """Has it tried again, not before this moment (seconds since 1970)."""
    query = update(sp4n_exchanges).where(sp4n_exchanges.c.id == exchange)
    await connection.execute(query.values(not_before=not_before, obstacle=obstacle))


async def is_still_new(connection: AsyncConnection, exchange: int) -> bool:
    """Whether nobody has ended it meanwhile."""
    query = select(sp4n_exchanges.c.state).where(sp4n_exchanges.c.id == exchange)
    return (await connection.execute(query)).scalar_one_or_none() == NEW


async def sp4n_backlog(connection: AsyncConnection) -> Sp4nBacklog:
    """What waits, and what cannot be read."""
    is_new, is_unread = sp4n_exchanges.c.state == NEW, sp4n_exchanges.c.state == UNREADABLE
    counted = select(sp4n_exchanges.c.obstacle, func.count(), func.min(sp4n_exchanges.c.created_at)).where(is_new)
    rows = (await connection.execute(counted.group_by(sp4n_exchanges.c.obstacle))).all()
    unread = select(func.count()).select_from(sp4n_exchanges).where(is_unread)
    return Sp4nBacklog(
        waiting=sum(count for _, count, _ in rows),
        oldest=min((oldest for _, _, oldest in rows), default=None),
        in_the_way={obstacle: count for obstacle, count, _ in rows if obstacle},
        unreadable=(await connection.execute(unread)).scalar_one(),
    )


async def latest_exchanges(connection: AsyncConnection, most: int, before: int = 0) -> list[Exchange]:
    """What went there and came from there, the newest first; `before`: older than the one with this id."""
    query = select(*_EXCHANGE).order_by(sp4n_exchanges.c.id.desc()).limit(most)
    query = query.where(sp4n_exchanges.c.id < before) if before else query
    return [Exchange(*row) for row in await connection.execute(query)]


# Cases that both sides know ------------------------------------------------------------------------------------------


async def add_sp4n_case(connection: AsyncConnection, one: Sp4nCase, look_at: float = 0.0) -> None:
    """Both sides know this case from now on."""
    values = {name: getattr(one, name) for name in Sp4nCase.__dataclass_fields__}
    await connection.execute(insert(sp4n_cases), [{**values, "look_at": look_at}])


async def sp4n_cases_of(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, Sp4nCase]:
    """Those of these cases that both sides know."""
    query = select(*_CASE).where(sp4n_cases.c.ticket.in_(tickets))
    return {row.ticket: Sp4nCase(*row) for row in await connection.execute(query)}


async def tracked(connection: AsyncConnection, tracking_ids: Collection[str]) -> Mapping[str, Sp4nCase]:
    """The cases that have these numbers there."""
    query = select(*_CASE).where(sp4n_cases.c.tracking_id.in_(tracking_ids))
    return {row.tracking_id: Sp4nCase(*row) for row in await connection.execute(query)}


async def cases_to_look_at(connection: AsyncConnection, now: float, most: int) -> list[Sp4nCase]:
    """Those whose status there is asked for now, whoever waits longest first."""
    query = select(*_CASE).where(sp4n_cases.c.is_over == false(), sp4n_cases.c.look_at <= now)
    query = query.order_by(sp4n_cases.c.look_at, sp4n_cases.c.ticket).limit(most)
    return [Sp4nCase(*row) for row in await connection.execute(query)]


async def look_later(connection: AsyncConnection, tickets: Collection[str], look_at: float) -> None:
    """Has the status of these asked for not before this moment (seconds since 1970)."""
    query = update(sp4n_cases).where(sp4n_cases.c.ticket.in_(tickets))
    await connection.execute(query.values(look_at=look_at))


async def set_their_status(
    connection: AsyncConnection, ticket: str, their_status: str, changed_at: datetime | None, *, is_over: bool
) -> None:
    """Where a case stands there now; `is_over`: nothing more is to be expected."""
    query = update(sp4n_cases).where(sp4n_cases.c.ticket == ticket)
    await connection.execute(query.values(their_status=their_status, changed_at=changed_at, is_over=is_over))


async def unmapped_topics(connection: AsyncConnection, known: Collection[str]) -> Mapping[tuple[str, str], int]:
    """How many cases came with each topic, number and name, that is none of these."""
    query = select(sp4n_cases.c.topic, sp4n_cases.c.topic_name, func.count())
    query = query.where(sp4n_cases.c.is_theirs, sp4n_cases.c.topic != "", sp4n_cases.c.topic.not_in(known))
    rows = await connection.execute(query.group_by(sp4n_cases.c.topic, sp4n_cases.c.topic_name))
    return {(topic, name): count for topic, name, count in rows}


async def untopical_categories(connection: AsyncConnection, known: Collection[str]) -> Mapping[str, int]:
    """How many cases were handed over of each category that is none of these."""
    query = select(cases.c.category, func.count().label("count")).join(
        sp4n_cases, sp4n_cases.c.ticket == cases.c.ticket
    )
    query = query.where(
        sp4n_cases.c.is_theirs == false(), cases.c.category.is_not(None), cases.c.category.not_in(known)
    )
    rows = await connection.execute(query.group_by(cases.c.category))
    return {str(category): int(count) for category, count in rows}


async def forget_unreadable(connection: AsyncConnection, tracking_ids: Collection[str]) -> None:
    """What could not be read could be read by now."""
    is_unread = (sp4n_exchanges.c.ticket == "", sp4n_exchanges.c.kind == REPORT)
    await connection.execute(delete(sp4n_exchanges).where(*is_unread, sp4n_exchanges.c.item.in_(tracking_ids)))


async def last_report_at(connection: AsyncConnection) -> datetime | None:
    """Since when what came from there must be asked for again: the newest that came, or an older one unread."""
    unread = sp4n_exchanges.c.state == UNREADABLE
    query = select(
        func.max(case((sp4n_exchanges.c.kind == REPORT, sp4n_exchanges.c.created_at), else_=null())),
        func.min(case((unread, sp4n_exchanges.c.created_at), else_=null())),
    )
    newest, oldest_unread = (await connection.execute(query)).one()
    moments = [moment for moment in (newest, oldest_unread) if moment is not None]
    return min(moments, default=None)
