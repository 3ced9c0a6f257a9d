"""What admins have changed in the files of the regency: who, when, why, and the way back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import OPEN
from actions.store.engine.settings_tables import settings_changes
from actions.store.engine.tables import cases
from actions.store.people.tables import people


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
    """One as it was recorded."""

    id: int
    change: SettingsChange


_NAMES = ("at", "who", "name", "file", "why", "before", "after")


async def add_settings_change(connection: AsyncConnection, change: SettingsChange) -> None:
    """Record it."""
    row = {name: getattr(change, name) for name in _NAMES}
    await connection.execute(insert(settings_changes), [row])


async def latest_settings_changes(connection: AsyncConnection, most: int) -> Sequence[RecordedSettingsChange]:
    """What was changed, the newest first."""
    query = select(settings_changes).order_by(settings_changes.c.id.desc()).limit(most)
    return [_past(row) for row in await connection.execute(query)]


async def settings_change(connection: AsyncConnection, number: int) -> RecordedSettingsChange | None:
    """One of them."""
    query = select(settings_changes).where(settings_changes.c.id == number)
    row = (await connection.execute(query)).one_or_none()
    return _past(row) if row else None


def _past(row: Row[tuple[object, ...]]) -> RecordedSettingsChange:
    return RecordedSettingsChange(row.id, SettingsChange(*(getattr(row, name) for name in _NAMES)))


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
