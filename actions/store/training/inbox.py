"""What waits to be labelled: the open samples that a trainer has said nothing of, found and counted. Opaque labels."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.training.samples import (
    COLUMNS,
    MAY_BE_SEEN,
    WITH_CASE,
    Sample,
    State,
    sample_labels,
    sample_of,
    samples,
)


@dataclass(frozen=True, slots=True)
class SampleCursor:
    """The last row of a page, after which the next page begins."""

    worth: float
    id: int


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """Which of the messages that wait are looked for; nothing given means all of them.

    Attributes:
        words: all of them stand in the message, in whatever order.
        category, intent: what the model takes it for.
        is_sure: whether the model was sure.
        channel: where it came from.
        first, end: when it was written: from `first`, before `end`.
        hidden: samples that are shown already.
    """

    words: tuple[str, ...] = ()
    category: str = ""
    intent: str = ""
    is_sure: bool | None = None
    channel: str = ""
    first: datetime | None = None
    end: datetime | None = None
    hidden: Collection[int] = field(default=frozenset())

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same in SQL."""
        found = [samples.c.text.icontains(word, autoescape=True) for word in self.words]
        if self.category:
            found.append(samples.c.category == self.category)
        if self.intent:
            found.append(samples.c.intent == self.intent)
        if self.is_sure is not None:
            found.append(samples.c.is_sure.is_(self.is_sure))
        if self.channel:
            found.append(samples.c.channel == self.channel)
        if self.first:
            found.append(samples.c.at >= self.first)
        if self.end:
            found.append(samples.c.at < self.end)
        if self.hidden:
            found.append(samples.c.id.not_in(self.hidden))
        return found


EVERYTHING = InboxFilter()


async def inbox_page(
    connection: AsyncConnection,
    who: str,
    most: int,
    after: SampleCursor | None = None,
    asked: InboxFilter = EVERYTHING,
) -> list[Sample]:
    """The open samples that teach most, those left out on which this trainer has had her say."""
    query = select(*COLUMNS).select_from(WITH_CASE).where(*_waiting(who, asked))
    if after:
        query = query.where(tuple_(samples.c.worth, samples.c.id) < (after.worth, after.id))
    query = query.order_by(samples.c.worth.desc(), samples.c.id.desc()).limit(most)
    return [sample_of(row) for row in await connection.execute(query)]


async def open_count(connection: AsyncConnection, who: str, up_to: int, asked: InboxFilter = EVERYTHING) -> int:
    """How many wait for this trainer, counted up to a number."""
    some = select(samples.c.id).select_from(WITH_CASE).where(*_waiting(who, asked)).limit(up_to).subquery()
    return int((await connection.execute(select(func.count()).select_from(some))).scalar_one())


async def said_since(connection: AsyncConnection, who: str, since: datetime) -> int:
    """How many samples this trainer has labelled since then, those left out that she has skipped."""
    mine = (sample_labels.c.who == who, sample_labels.c.at >= since, sample_labels.c.intent != "")
    return int((await connection.execute(select(func.count()).select_from(sample_labels).where(*mine))).scalar_one())


def _waiting(who: str, asked: InboxFilter) -> list[ColumnElement[bool]]:
    said = exists().where(sample_labels.c.sample == samples.c.id, sample_labels.c.who == who)
    return [samples.c.state == State.OPEN, ~said, MAY_BE_SEEN, *asked.conditions()]
