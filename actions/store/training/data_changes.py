"""The record of changes of the training data: who, when, why, and how much; never what citizens wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Column, ColumnElement, Integer, String, Table, Text, and_, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import Moment, RowId, metadata

nlu_changes = Table(
    "nlu_changes",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", String(24), nullable=False),
    Column("name", String(80), nullable=False),
    Column("what", String(16), nullable=False),
    Column("why", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("lines_mark", String(16), nullable=False, server_default=""),
)
"""Every change of the training data of this installation. `digest`: of the files after it. `lines_mark`: by which its
lines are found in them; that of what was taken back, where it took a change back."""
UNDONE = "undone"
"""What was done where a change was taken back."""


class Extent(Protocol):
    """The extent of a change of the training data."""

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that changed."""
        ...

    @property
    def added(self) -> int:
        """The number of lines added."""
        ...

    @property
    def removed(self) -> int:
        """The number of lines removed."""
        ...

    @property
    def digest(self) -> str:
        """The digest of all files after the change."""
        ...


@dataclass(frozen=True, slots=True)
class NluChange:
    """One change. `what`: "labels", "rules", "import", "mended", "words", "category", `UNDONE`."""

    at: datetime
    who: str
    name: str
    what: str
    why: str
    extent: Extent
    mark: str = ""


@dataclass(frozen=True, slots=True)
class RecordedDataChange:
    """One change as it was recorded; `can_be_undone`: nobody has taken it back, and its lines can be found."""

    id: int
    at: datetime
    name: str
    what: str
    why: str
    files: str
    added: int
    removed: int
    digest: str
    mark: str
    can_be_undone: bool


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
        "lines_mark": change.mark,
    }
    return int((await connection.execute(insert(nlu_changes).values(row).returning(nlu_changes.c.id))).scalar_one())


async def latest_changes(connection: AsyncConnection, most: int) -> Sequence[RecordedDataChange]:
    """What was changed, newest first."""
    query = select(*_COLUMNS, _can_be_undone()).order_by(nlu_changes.c.id.desc()).limit(most)
    return [RecordedDataChange(*row) for row in await connection.execute(query)]


async def change_to_undo(connection: AsyncConnection, number: int) -> RecordedDataChange | None:
    """The change with this number, if it can be taken back."""
    query = select(*_COLUMNS, _can_be_undone()).where(nlu_changes.c.id == number, _can_be_undone())
    row = (await connection.execute(query)).one_or_none()
    return RecordedDataChange(*row) if row else None


_COLUMNS = tuple(
    nlu_changes.c[name]
    for name in ("id", "at", "name", "what", "why", "files", "added", "removed", "digest", "lines_mark")
)


def _can_be_undone() -> ColumnElement[bool]:
    back = nlu_changes.alias()
    was_undone = exists().where(back.c.what == UNDONE, back.c.lines_mark == nlu_changes.c.lines_mark)
    return and_(nlu_changes.c.lines_mark != "", nlu_changes.c.what != UNDONE, ~was_undone)
