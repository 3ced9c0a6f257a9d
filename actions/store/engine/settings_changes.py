"""What admins have changed in the files of the regency: who, when, why, and the way back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Row, String, Table, Text, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import OPEN
from actions.store.engine.tables import Moment, RowId, cases, metadata
from actions.store.people.people import people

settings_changes = Table(
    "settings_changes",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", String(24), nullable=False),
    Column("name", String(80), nullable=False),
    Column("file", String(80), nullable=False),
    Column("why", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)
"""Every change, by whom (`who`: "person:<id>", `name` at that time), with the whole file before and after it."""


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """One change; `who`: "person:<id>", `name` as she was called then; the whole file `before` and `after`."""

    at: datetime
    who: str
    name: str
    file: str
    why: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RecordedSettingsChange:
    """A change of the settings as it was recorded."""

    id: int
    change: SettingsChange


_NAMES = ("at", "who", "name", "file", "why", "before", "after")


async def add_settings_change(connection: AsyncConnection, change: SettingsChange) -> None:
    """Records a change of the settings."""
    row = {name: getattr(change, name) for name in _NAMES}
    await connection.execute(insert(settings_changes), [row])


async def latest_settings_changes(connection: AsyncConnection, most: int) -> Sequence[RecordedSettingsChange]:
    """What was changed, the newest first."""
    query = select(settings_changes).order_by(settings_changes.c.id.desc()).limit(most)
    return [_past(row) for row in await connection.execute(query)]


async def settings_change(connection: AsyncConnection, number: int) -> RecordedSettingsChange | None:
    """Returns the change with this number, or None."""
    query = select(settings_changes).where(settings_changes.c.id == number)
    row = (await connection.execute(query)).one_or_none()
    return _past(row) if row else None


def _past(row: Row[tuple[object, ...]]) -> RecordedSettingsChange:
    return RecordedSettingsChange(row.id, SettingsChange(*(getattr(row, name) for name in _NAMES)))


async def categories_in_use(connection: AsyncConnection, slugs: Collection[str]) -> frozenset[str]:
    """Those of these categories that an open case is of."""
    if not slugs:
        return frozenset()
    is_open = cases.c.status.in_([status.value for status in sorted(OPEN)])
    held = select(cases.c.category).where(cases.c.category.in_(slugs), is_open)
    return frozenset((await connection.execute(held.distinct())).scalars())


async def agencies_in_use(connection: AsyncConnection, codes: Collection[str]) -> frozenset[str]:
    """Those of these agencies that hold an open case, or for which somebody works."""
    if not codes:
        return frozenset()
    held = select(cases.c.agency).where(
        cases.c.agency.in_(codes), cases.c.status.in_([status.value for status in sorted(OPEN)])
    )
    staffed = select(people.c.agency).where(people.c.agency.in_(codes), people.c.is_active)
    found = [*(await connection.execute(held.distinct())).scalars(), *(await connection.execute(staffed)).scalars()]
    return frozenset(code for code in found if code)
