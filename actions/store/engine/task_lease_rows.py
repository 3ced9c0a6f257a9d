"""The rows of `task_leases`: renewed, taken, looked at, given back and cleared away in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, bindparam, delete, extract, func, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.lease_tables import task_leases
from actions.store.engine.task_lease import TaskName
from actions.store.engine.task_shares import LiveLease

LEASE_SECONDS: Final = 12.0
"""How long the tasks of a process that was killed wait for another."""
LEFT_BEHIND: Final = timedelta(minutes=1)
NOW = func.clock_timestamp()

_OF = task_leases.c
_EPOCHS = tuple_(_OF.task, _OF.account, _OF.epoch).in_(bindparam("epochs", expanding=True))
_UNTIL: ColumnElement[datetime] = NOW + timedelta(seconds=LEASE_SECONDS)

_RENEW = update(task_leases).where(_EPOCHS).values(until=_UNTIL).returning(_OF.task, _OF.account)
_LOOK = select(
    _OF.task, _OF.account, _OF.holder, _OF.until > NOW, extract("epoch", NOW - _OF.since), _OF.until < NOW - LEFT_BEHIND
)
_GIVE_BACK = delete(task_leases).where(_EPOCHS)
_OLD = select(_OF.task, _OF.account, _OF.epoch).where(_OF.until < NOW - LEFT_BEHIND).with_for_update(skip_locked=True)
_CLEAR = delete(task_leases).where(tuple_(_OF.task, _OF.account, _OF.epoch).in_(select(_OLD.cte())))


async def renew(connection: AsyncConnection, epochs: Mapping[TaskName, int]) -> set[TaskName]:
    """Have these for longer; returns those that are still held with these epochs."""
    kept = await connection.execute(_RENEW, {"epochs": _keys(epochs)}) if epochs else ()
    return {TaskName(task, account) for task, account in kept}


async def look(connection: AsyncConnection) -> tuple[list[LiveLease], bool]:
    """Every lease that somebody has now, and whether rows are there that were left behind long ago."""
    rows = (await connection.execute(_LOOK)).all()
    live = [LiveLease(TaskName(row[0], row[1]), row[2], float(row[4])) for row in rows if row[3]]
    return live, any(row[5] for row in rows)


async def take(connection: AsyncConnection, names: Iterable[TaskName], holder: str) -> dict[TaskName, int]:
    """Take those of these that nobody else has; returns the epoch of each that was taken.

    A row that this holder has from before is taken, too: it asks only for what it does not hold.
    """
    rows = [{"task": name.task, "account": name.account, "holder": holder} for name in sorted(names)]
    new = insert(task_leases).values([{**row, "since": NOW, "until": _UNTIL} for row in rows])
    again = {name: new.excluded[name] for name in ("holder", "since", "until", "epoch")}
    free = (_OF.until <= NOW) | (_OF.holder == holder)
    upsert = new.on_conflict_do_update(index_elements=["task", "account"], set_=again, where=free)
    taken = await connection.execute(upsert.returning(_OF.task, _OF.account, _OF.epoch))
    return {TaskName(task, account): epoch for task, account, epoch in taken}


async def give_back(connection: AsyncConnection, epochs: Mapping[TaskName, int]) -> None:
    """Others may have these."""
    await connection.execute(_GIVE_BACK, {"epochs": _keys(epochs)})


async def clear_left_behind(connection: AsyncConnection) -> None:
    """Take away what was left by processes that were killed."""
    await connection.execute(_CLEAR)


async def until_of(connection: AsyncConnection, name: TaskName) -> datetime | None:
    """Until when somebody has this one; None where nobody has."""
    row = select(_OF.until).where(_OF.task == name.task, _OF.account == name.account, _OF.until > NOW)
    return (await connection.execute(row)).scalar_one_or_none()


async def stop_taking(connection: AsyncConnection) -> bool:
    """Nobody takes, renews or gives back a lease until this transaction ends; returns whether any is held."""
    await connection.execute(text("LOCK TABLE task_leases IN SHARE ROW EXCLUSIVE MODE"))
    await connection.execute(delete(task_leases).where(_OF.until <= NOW))
    return (await connection.execute(select(_OF.task).limit(1))).first() is not None


def _keys(epochs: Mapping[TaskName, int]) -> Sequence[tuple[str, str, int]]:
    return [(*name, epoch) for name, epoch in epochs.items()]
