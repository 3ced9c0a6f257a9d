"""Messages of talks for trainers, personal data covered: what was asked, and what each does (dialogue acts)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Float,
    Index,
    Row,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.case_rows import is_public_row
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, RowId, cases, metadata
from actions.store.training.samples import State

act_samples = Table(
    "act_samples",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("ticket", String(12)),
    Column("channel", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("asked", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("kin", String(16), nullable=False),
    Column("likely", Text, nullable=False),
    Column("worth", Float, nullable=False),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("label", String(24), nullable=False, server_default=""),
    Column("decided_by", String(24), nullable=False, server_default=""),
    Column("decided_at", Moment),
    Column("change", RowId),
    UniqueConstraint("asked", "kin"),
)
"""`kin`: the same words asked the same are one row, however often they are said. `likely`: acts and confidences as the
model had them. `change`: which saved it."""
Index(
    "act_samples_open",
    act_samples.c.worth.desc(),
    act_samples.c.id.desc(),
    sqlite_where=text("state = 'open'"),
    postgresql_where=text("state = 'open'"),
)
Index("act_samples_of_case", act_samples.c.ticket)
Index("act_samples_of_month", act_samples.c.at)
Index(
    "act_samples_decided",
    act_samples.c.decided_by,
    act_samples.c.decided_at,
    sqlite_where=text("state = 'done'"),
    postgresql_where=text("state = 'done'"),
)


@dataclass(frozen=True, slots=True)
class ActSample:
    """A message of a talk. `state`, `label` and `decided_by`: what a trainer has said of it."""

    id: int
    asked: str
    words: str
    likely: str
    worth: float
    state: str
    label: str
    decided_by: str
    change: int | None


_COLUMNS = tuple(act_samples.c[name] for name in ActSample.__dataclass_fields__)
_WITH_CASE = act_samples.outerjoin(cases, cases.c.ticket == act_samples.c.ticket)
_MAY_BE_SEEN = or_(act_samples.c.ticket.is_(None), is_public_row())
"""Of a case that has become secret or sensitive since, or was hidden, nothing is shown any more."""
_IS_OPEN = and_(act_samples.c.state == State.OPEN, _MAY_BE_SEEN)
_LATER = 10.0
"""What a skipped message loses of its worth, which is 1 at most: it comes behind all others."""


async def add_act_samples(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Add messages; what was said before, asked the same, stays one row."""
    if rows:
        new = insert_into(connection, act_samples).on_conflict_do_nothing(index_elements=["asked", "kin"])
        await connection.execute(new, rows)


async def act_page(connection: AsyncConnection, most: int, hidden: Sequence[int] = ()) -> list[ActSample]:
    """The open ones that teach most. `hidden`: those that are shown already."""
    query = _seen().where(_IS_OPEN, act_samples.c.id.not_in(hidden))
    query = query.order_by(act_samples.c.worth.desc(), act_samples.c.id.desc()).limit(most)
    return [_sample(row) for row in await connection.execute(query)]


async def act_count(connection: AsyncConnection, up_to: int) -> int:
    """How many wait, counted up to a number."""
    some = select(act_samples.c.id).select_from(_WITH_CASE).where(_IS_OPEN).limit(up_to).subquery()
    return int((await connection.execute(select(func.count()).select_from(some))).scalar_one())


async def act_by_id(connection: AsyncConnection, number: int) -> ActSample | None:
    """One that may be seen; nobody else changes it meanwhile."""
    query = _seen().where(act_samples.c.id == number, _MAY_BE_SEEN).with_for_update(of=act_samples)
    row = (await connection.execute(query)).one_or_none()
    return _sample(row) if row else None


async def decide_act(connection: AsyncConnection, number: int, label: str, who: str, at: datetime) -> None:
    """Somebody says what it does; an empty label puts it away."""
    state = State.DONE if label else State.GONE
    values = {"state": state, "label": label, "decided_by": who, "decided_at": at}
    await connection.execute(update(act_samples).where(act_samples.c.id == number).values(**values))


async def put_act_last(connection: AsyncConnection, number: int) -> None:
    """It comes behind all that wait."""
    is_open = and_(act_samples.c.id == number, act_samples.c.state == State.OPEN)
    await connection.execute(update(act_samples).where(is_open).values(worth=act_samples.c.worth - _LATER))


async def reopen_act(connection: AsyncConnection, number: int) -> None:
    """It waits again; what is saved in the data stays decided."""
    is_free = and_(act_samples.c.id == number, act_samples.c.change.is_(None))
    values = {"state": State.OPEN, "label": "", "decided_by": "", "decided_at": None}
    await connection.execute(update(act_samples).where(is_free).values(**values))


async def last_decided(connection: AsyncConnection, who: str) -> int | None:
    """The message of which this trainer said last what it does, and which is not saved."""
    mine = and_(act_samples.c.decided_by == who, act_samples.c.change.is_(None))
    query = select(act_samples.c.id).where(mine).order_by(act_samples.c.decided_at.desc(), act_samples.c.id.desc())
    return (await connection.execute(query.limit(1))).scalar_one_or_none()


async def unsaved_acts(connection: AsyncConnection, most: int) -> list[ActSample]:
    """Those that are decided and not yet in the data, in the order in which they were."""
    waits = and_(act_samples.c.state == State.DONE, act_samples.c.change.is_(None), _MAY_BE_SEEN)
    query = _seen().where(waits).order_by(act_samples.c.decided_at, act_samples.c.id).limit(most)
    return [_sample(row) for row in await connection.execute(query)]


async def mark_acts_saved(connection: AsyncConnection, numbers: Sequence[int], change: int) -> None:
    """Notes with which change these were saved into the training data."""
    await connection.execute(update(act_samples).where(act_samples.c.id.in_(numbers)).values(change=change))


async def acts_wait_again(connection: AsyncConnection, change: int) -> None:
    """Those of a change that was taken back are decided and not saved."""
    await connection.execute(update(act_samples).where(act_samples.c.change == change).values(change=None))


def _seen() -> Select[tuple[object, ...]]:
    return select(*_COLUMNS).select_from(_WITH_CASE)


def _sample(row: Row[tuple[object, ...]]) -> ActSample:
    return ActSample(**row._asdict())
