"""The record of changes of the training data: who, when, why, and how much; never what citizens wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.training.tables import nlu_changes


class Extent(Protocol):
    """How much was changed."""

    @property
    def files(self) -> tuple[str, ...]:
        """Names of files."""
        ...

    @property
    def added(self) -> int:
        """Lines that came."""
        ...

    @property
    def removed(self) -> int:
        """Lines that went."""
        ...

    @property
    def digest(self) -> str:
        """Of all files, afterwards."""
        ...


@dataclass(frozen=True, slots=True)
class NluChange:
    """One change. `what`: "labels", "rules", "import", "mended"."""

    at: datetime
    who: str
    name: str
    what: str
    why: str
    extent: Extent


@dataclass(frozen=True, slots=True)
class RecordedDataChange:
    """One change as it was recorded."""

    id: int
    at: datetime
    name: str
    what: str
    why: str
    files: str
    added: int
    removed: int
    digest: str


async def add_change(connection: AsyncConnection, change: NluChange) -> int:
    """Record a change; returns its number."""
    extent = change.extent
    row = {
        "at": change.at,
        "who": change.who,
        "name": change.name,
        "what": change.what,
        "why": change.why,
        "files": " ".join(extent.files),
        "added": extent.added,
        "removed": extent.removed,
        "digest": extent.digest,
    }
    return int((await connection.execute(insert(nlu_changes).values(row).returning(nlu_changes.c.id))).scalar_one())


async def latest_changes(connection: AsyncConnection, most: int) -> Sequence[RecordedDataChange]:
    """What was changed, newest first."""
    names = ("id", "at", "name", "what", "why", "files", "added", "removed", "digest")
    query = select(*(nlu_changes.c[name] for name in names)).order_by(nlu_changes.c.id.desc()).limit(most)
    return [RecordedDataChange(*row) for row in await connection.execute(query)]
