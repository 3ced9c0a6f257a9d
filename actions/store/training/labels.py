"""What trainers say samples are: rows of their own, one a person and sample. Opaque labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.training.samples import sample_labels, samples


@dataclass(frozen=True, slots=True)
class SaidLabel:
    """What somebody said a sample is; an empty intent is a skip."""

    sample: int
    who: str
    at: datetime
    label: str
    intent: str
    category: str


async def labels_of(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, list[SaidLabel]]:
    """What was said about each of these, in order, skips left out."""
    query = select(sample_labels).where(sample_labels.c.sample.in_(numbers), sample_labels.c.intent != "")
    found: dict[int, list[SaidLabel]] = {number: [] for number in numbers}
    for row in await connection.execute(query.order_by(sample_labels.c.id)):
        found[row.sample].append(SaidLabel(row.sample, row.who, row.at, row.label, row.intent, row.category))
    return found


async def said_by_two(connection: AsyncConnection) -> list[SaidLabel]:
    """Everything that trainers said about samples that went to two of them."""
    query = select(sample_labels).join(samples, samples.c.id == sample_labels.c.sample)
    is_trainers = and_(samples.c.wanted > 1, sample_labels.c.intent != "", sample_labels.c.who.like("person:%"))
    return [
        SaidLabel(row.sample, row.who, row.at, row.label, row.intent, row.category)
        for row in await connection.execute(query.where(is_trainers).order_by(sample_labels.c.id))
    ]


async def say(connection: AsyncConnection, said: SaidLabel) -> bool:
    """Keep what somebody says; False where she has said it before."""
    row = {name: getattr(said, name) for name in ("sample", "who", "at", "label", "intent", "category")}
    new = insert_into(connection, sample_labels).values(row).on_conflict_do_nothing(index_elements=["sample", "who"])
    return (await connection.execute(new.returning(sample_labels.c.id))).scalar_one_or_none() is not None


async def last_said(connection: AsyncConnection, who: str) -> int | None:
    """The sample on which this trainer had her say last, and whose change is not saved."""
    query = select(sample_labels.c.sample).join(samples, samples.c.id == sample_labels.c.sample)
    mine = query.where(sample_labels.c.who == who, samples.c.change.is_(None))
    return (await connection.execute(mine.order_by(sample_labels.c.id.desc()).limit(1))).scalar_one_or_none()


async def unsay(connection: AsyncConnection, sample: int, who: str) -> None:
    """Removes this trainer's label of a sample."""
    gone = sample_labels.delete().where(sample_labels.c.sample == sample, sample_labels.c.who == who)
    await connection.execute(gone)
