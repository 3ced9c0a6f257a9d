"""Copies everything from one database into another that is empty: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Row, Select, Table, func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

import actions.store.engine.schema  # noqa: F401 - with it all tables are known
from actions.store.engine.database import is_away
from actions.store.engine.tables import metadata

ROWS_AT_ONCE = 1000
DIGITS = 2**256


class CannotCopy(Exception):
    """Why it was not copied, in one sentence; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied of one table.

    Attributes:
        rows: how many.
        mended: of those, how many held a letter that no server takes (NUL), and were copied without it.
    """

    table: str
    rows: int
    mended: int


@dataclass(slots=True)
class _Account:
    """What was seen of a table: how many rows, and a digest of them in whatever order."""

    rows: int = 0
    digest: int = 0

    def take(self, row: tuple[object, ...]) -> None:
        self.rows += 1
        self.digest = (self.digest + int.from_bytes(sha256(repr(row).encode("utf-8", "replace")).digest())) % DIGITS


async def copy_everything(
    source: AsyncConnection, target: AsyncConnection, tell: Callable[[Copied], None]
) -> list[Copied]:
    """Copy all tables in the order of their keys, and compare what then stands there with what was read.

    Args:
        source: holds its database for itself, at today's schema.
        target: in a transaction, at today's schema; whoever called commits it, or leaves nothing of it.
        tell: hears of each table when it is done.

    Raises:
        CannotCopy: the target is not empty, does not take a row, or does not hold what was written.
    """
    for table in metadata.sorted_tables:
        if (await target.execute(select(1).select_from(table).limit(1))).first():
            raise CannotCopy(f"the target is not empty: its table {table.name} has rows")
    done = []
    for table in metadata.sorted_tables:
        try:
            done.append(await _copy(table, source, target))
        except DBAPIError as error:
            if is_away(error):
                raise
            raise CannotCopy(f"table {table.name} is not taken ({type(error.orig).__name__})") from error
        tell(done[-1])
    return done


async def _copy(table: Table, source: AsyncConnection, target: AsyncConnection) -> Copied:
    read, mended = _Account(), 0
    async with source.stream(_in_order(table)) as rows:
        async for some in rows.partitions(ROWS_AT_ONCE):
            fitting = [_fitting(row) for row in some]
            for row in fitting:
                read.take(row)
            mended += sum(tuple(before) != after for before, after in zip(some, fitting, strict=True))
            names = table.c.keys()
            await target.execute(insert(table), [dict(zip(names, row, strict=True)) for row in fitting])
    await _count_on(table, target)
    if await _account_of(table, target) != read:
        raise CannotCopy(f"table {table.name} does not read as it was written")
    return Copied(table.name, read.rows, mended)


async def _account_of(table: Table, connection: AsyncConnection) -> _Account:
    found = _Account()
    async with connection.stream(select(table)) as rows:
        async for some in rows.partitions(ROWS_AT_ONCE):
            for row in some:
                found.take(tuple(row))
    return found


async def _count_on(table: Table, target: AsyncConnection) -> None:
    """Let the next row have the number behind the last one."""
    number = table.autoincrement_column
    if target.dialect.name == "postgresql" and number is not None:
        last = (await target.execute(select(func.max(number)))).scalar_one()
        if last is not None:
            sequence = func.pg_get_serial_sequence(table.name, number.name)
            await target.execute(select(func.setval(sequence, last)))


def _in_order(table: Table) -> Select[tuple[object, ...]]:
    return select(table).order_by(*table.primary_key.columns)


def _fitting(row: Row[tuple[object, ...]]) -> tuple[object, ...]:
    """The row in letters that every database takes."""
    return tuple(value.replace("\0", "") if isinstance(value, str) and "\0" in value else value for value in row)
