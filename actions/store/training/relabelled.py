"""Labels that wait to be saved, when their category is not offered any more. Opaque labels."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.training.samples import State, sample_labels, samples

_UNSAVED = and_(samples.c.change.is_(None), samples.c.state.in_([State.OPEN, State.SETTLE, State.DONE]))


async def relabel(connection: AsyncConnection, slug: str, into: str, changed: Callable[[str], str]) -> None:
    """What was said to be of one category is said to be of another; `changed` rewrites a label."""
    unsaved = select(samples.c.id).where(_UNSAVED)
    said = select(sample_labels.c.id, sample_labels.c.label, sample_labels.c.category)
    said = said.where(sample_labels.c.sample.in_(unsaved), _names(sample_labels.c.label, slug))
    for number, label, category in list(await connection.execute(said)):
        values = {"label": changed(label), "category": into if category == slug else category}
        await connection.execute(update(sample_labels).where(sample_labels.c.id == number).values(**values))
    decided = select(samples.c.id, samples.c.label).where(_UNSAVED, _names(samples.c.label, slug))
    for number, label in list(await connection.execute(decided)):
        await connection.execute(update(samples).where(samples.c.id == number).values(label=changed(label)))


async def ask_again(connection: AsyncConnection, slug: str) -> None:
    """What was said to be of a category goes back into the inbox, and what was said of it is forgotten."""
    numbers = list((await connection.execute(_unsaved_of(slug))).scalars())
    await connection.execute(sample_labels.delete().where(sample_labels.c.sample.in_(numbers)))
    undecided = {"state": State.OPEN, "given": 0, "label": "", "decided_by": "", "decided_at": None}
    await connection.execute(update(samples).where(samples.c.id.in_(numbers)).values(**undecided))


def _unsaved_of(slug: str) -> Select[int]:
    said = select(sample_labels.c.sample).where(_names(sample_labels.c.label, slug))
    return select(samples.c.id).where(_UNSAVED, or_(samples.c.id.in_(said), _names(samples.c.label, slug)))


def _names(label: ColumnElement[str], slug: str) -> ColumnElement[bool]:
    """Whether a label names this category, as one or the other of its matters."""
    return label.contains(f'"{slug}"', autoescape=True)
