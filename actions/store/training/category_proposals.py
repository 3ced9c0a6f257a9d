"""What trainers propose of categories, and the messages they would begin with; what is in force stands in files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import Moment, RowId, metadata
from actions.store.training.samples import MAY_BE_SEEN, WITH_CASE, State, samples

category_proposals = Table(
    "category_proposals",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("kind", String(8), nullable=False),
    Column("slug", String(48), nullable=False),
    Column("state", String(8), nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("proposed", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("who", String(24), nullable=False),
    Column("name", String(80), nullable=False),
    Column("decided_by", String(24), nullable=False, server_default=""),
    Column("decided_at", Moment),
    Column("reason", Text, nullable=False, server_default=""),
)
"""`kind`: what would be done to the category `slug`. `version`: how often it was submitted. `who`: who did so last."""
category_examples = Table(
    "category_examples",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("proposal", RowId, ForeignKey("category_proposals.id"), nullable=False),
    Column("sample", RowId, ForeignKey("samples.id")),
    Column("text", Text, nullable=False, server_default=""),
    Column("intent", String(24), nullable=False),
    Column("who", String(24), nullable=False),
    Column("name", String(80), nullable=False),
    UniqueConstraint("proposal", "sample"),
)
"""A citizen's message by its number alone, so that it goes when that goes; or what a trainer has written."""
Index("category_examples_of_sample", category_examples.c.sample)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A row of `category_proposals`."""

    id: int
    kind: str
    slug: str
    state: str
    version: int
    proposed: str
    at: datetime
    who: str
    name: str
    decided_by: str
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """A message that a category would begin with; `name`: who took it up."""

    id: int
    sample: int | None
    text: str
    intent: str
    who: str
    name: str


async def add_proposal(connection: AsyncConnection, row: dict[str, object]) -> int:
    """Keeps a new proposal and returns its number."""
    return int(
        (await connection.execute(insert(category_proposals).returning(category_proposals.c.id), row)).scalar_one()
    )


async def proposal_of(connection: AsyncConnection, number: int, *, held: bool = False) -> ProposalRow | None:
    """The proposal of this number; `held`: nobody else changes it meanwhile."""
    query = select(category_proposals).where(category_proposals.c.id == number)
    row = (await connection.execute(query.with_for_update() if held else query)).one_or_none()
    return _proposal(row) if row else None


async def latest_proposals(connection: AsyncConnection, most: int) -> list[ProposalRow]:
    """The proposals, the newest first."""
    query = select(category_proposals).order_by(category_proposals.c.id.desc()).limit(most)
    return [_proposal(row) for row in await connection.execute(query)]


async def change_proposal(connection: AsyncConnection, number: int, **values: object) -> None:
    """Changes columns of a proposal."""
    await connection.execute(update(category_proposals).where(category_proposals.c.id == number).values(**values))


async def examples_of(connection: AsyncConnection, number: int) -> list[ExampleRow]:
    """Its messages in the order they were taken up; none that may not be seen, or that has a label by now."""
    still = and_(samples.c.state == State.OPEN, MAY_BE_SEEN)
    words = func.coalesce(samples.c.text, category_examples.c.text).label("words")
    columns = [category_examples.c[name] for name in ("id", "sample", "intent", "who", "name")]
    joined = category_examples.outerjoin(WITH_CASE, samples.c.id == category_examples.c.sample)
    query = select(*columns, words).select_from(joined).where(category_examples.c.proposal == number)
    query = query.where(or_(category_examples.c.sample.is_(None), still)).order_by(category_examples.c.id)
    return [
        ExampleRow(row.id, row.sample, row.words, row.intent, row.who, row.name)
        for row in await connection.execute(query)
    ]


async def add_examples(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Keeps messages for a proposal."""
    if rows:
        await connection.execute(insert(category_examples), rows)


async def drop_examples(connection: AsyncConnection, proposal: int, numbers: Collection[int] | None = None) -> None:
    """Takes these messages out of a proposal; all of them where none are named."""
    which = category_examples.c.proposal == proposal
    if numbers is not None:
        which = and_(which, category_examples.c.id.in_(numbers))
    await connection.execute(delete(category_examples).where(which))


async def forget_examples_of(connection: AsyncConnection, numbers: Collection[int]) -> None:
    """These samples are examples of nothing any more."""
    await connection.execute(delete(category_examples).where(category_examples.c.sample.in_(numbers)))


async def forget_proposals(connection: AsyncConnection, numbers: Collection[int]) -> int:
    """Takes these proposals away with their messages; returns how many."""
    await connection.execute(delete(category_examples).where(category_examples.c.proposal.in_(numbers)))
    gone = await connection.execute(delete(category_proposals).where(category_proposals.c.id.in_(numbers)))
    return gone.rowcount


def _proposal(row: Row[tuple[object, ...]]) -> ProposalRow:
    return ProposalRow(**row._asdict())
