"""Leases on tasks as rows of a server's database: one small transaction renews all that a process has, and takes more.

A process that cannot renew in time has lost its leases before the server gives them to another: it measures from before
its last renewal, and gives up `LEASE_SECONDS - LOST_AFTER_SECONDS` earlier, so that its tasks have time to end.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from actions.store.engine import task_lease_rows as rows
from actions.store.engine.database import Database, is_away
from actions.store.engine.task_lease import Ended, LeaseEnd, SoleTaskLeases, TaskLease, TaskLeases, TaskName
from actions.store.engine.task_shares import PROCESS, LiveLease, TaskShares
from actions.store.engine.uncancelled import to_the_end

BEAT_SECONDS = 2.0
LOST_AFTER_SECONDS = 8.0
_CLOCK: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the machine sleeps, where the system has such a clock."""


def task_leases_of(database: Database, *, is_served: bool = True) -> TaskLeases:
    """Returns the implementation that fits this database.

    Args:
        database: where the leases are.
        is_served: this process serves, and shares the tasks with others that do.
    """
    return SoleTaskLeases() if database.is_sqlite else RowTaskLeases(database, is_served)


def _now() -> float:
    return time.clock_gettime(_CLOCK)


@dataclass(slots=True, eq=False)
class _Hold:
    epoch: int
    ended: Ended


@dataclass(slots=True)
class RowTaskLease:
    """A `TaskLease` that is a row."""

    leases: RowTaskLeases
    name: TaskName

    @property
    def is_held(self) -> bool:
        """Implements the property of `TaskLease`; asks the clock, for the loop may have stood still."""
        return self.leases.is_held(self.name)

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Ended]:
        """Implements the method of `TaskLease`; waits for a database that is away."""
        hold = await self.leases.wait_for(self.name)
        watching = asyncio.create_task(self.leases.end_in_time(hold))
        try:
            yield hold.ended
        finally:
            watching.cancel()
            await self.leases.let_go(self.name, hold)


@dataclass(slots=True)
class RowTaskLeases:
    """`TaskLeases` that are rows; `holder` names this process in them."""

    database: Database
    is_served: bool = True
    holder: str = field(default_factory=lambda: secrets.token_hex(8))
    _waiting: dict[TaskName, asyncio.Future[_Hold]] = field(default_factory=dict)
    _holds: dict[TaskName, _Hold] = field(default_factory=dict)
    _presence: dict[TaskName, int] = field(default_factory=dict)
    _order: dict[TaskName, int] = field(default_factory=dict)
    _good_until: float = 0.0
    _due: asyncio.Event = field(default_factory=asyncio.Event)
    _shares: TaskShares = field(init=False)

    def __post_init__(self) -> None:
        """Prepares what remembers how the tasks are shared."""
        self._shares = TaskShares(self.holder)

    def lease(self, name: TaskName) -> TaskLease:
        """Implements the method of `TaskLeases`."""
        return RowTaskLease(self, name)

    # One lease -------------------------------------------------------------------------------------------------

    def is_held(self, name: TaskName) -> bool:
        """Whether this process has the lease now."""
        hold = self._holds.get(name)
        return hold is not None and not hold.ended.done() and _now() < self._good_until

    async def wait_for(self, name: TaskName) -> _Hold:
        """Wait until this process has the lease; what was waited for first is given away first."""
        self._order.setdefault(name, len(self._order))
        waiting: asyncio.Future[_Hold] = asyncio.get_running_loop().create_future()
        self._waiting[name] = waiting
        self._due.set()
        try:
            return await waiting
        except asyncio.CancelledError:
            self._waiting.pop(name, None)
            if waiting.done() and not waiting.cancelled():
                await self.let_go(name, waiting.result())
            raise

    async def end_in_time(self, hold: _Hold) -> None:
        """End it when it was not renewed for too long."""
        while (left := self._good_until - _now()) > 0:  # noqa: ASYNC110 - a renewal wakes nobody
            await asyncio.sleep(left)
        _end(hold, LeaseEnd.LOST)

    async def let_go(self, name: TaskName, hold: _Hold) -> None:
        """Others may have it at once."""
        self._holds.pop(name, None)
        await self._give_back({name: hold.epoch})

    async def _give_back(self, epochs: dict[TaskName, int]) -> None:
        with suppress(SQLAlchemyError, OSError):  # they run out by themselves
            await to_the_end(self._given_back(epochs))

    async def _given_back(self, epochs: dict[TaskName, int]) -> None:
        async with self.database.writing() as connection:
            await rows.give_back(connection, epochs)

    # All of them -----------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Implements the method of `TaskLeases`."""
        try:
            while True:
                self._due.clear()
                await self._beat_if_it_can()
                with suppress(TimeoutError):
                    async with asyncio.timeout(BEAT_SECONDS):
                        await self._due.wait()
        finally:
            await self._give_back(self._presence)

    async def _beat_if_it_can(self) -> None:
        try:
            await to_the_end(self.beat())
        except Exception as error:
            if not is_away(error):
                raise

    async def beat(self) -> None:
        """Renew what is held, take what is free, and give away what others should have."""
        began, epochs = _now(), self._presence | {name: hold.epoch for name, hold in self._holds.items()}
        waiting = sorted(self._waiting, key=self._order.__getitem__)
        async with self.database.writing() as connection:
            kept = await rows.renew(connection, epochs)
            live, are_left_behind = await rows.look(connection)
            names = [*self._presence_to_take(kept), *self._shares.take(live, waiting)]
            taken = await rows.take(connection, names, self.holder) if names else {}
            if are_left_behind:
                await rows.clear_left_behind(connection)
        self._good_until = began + LOST_AFTER_SECONDS
        for name, hold in self._holds.items():
            if epochs.get(name) == hold.epoch and name not in kept:
                _end(hold, LeaseEnd.LOST)
        await self._begin(taken)
        self._hand_on(live)

    def _presence_to_take(self, kept: Collection[TaskName]) -> list[TaskName]:
        mine = TaskName(PROCESS, self.holder)
        return [mine] if self.is_served and mine not in kept else []

    async def _begin(self, taken: dict[TaskName, int]) -> None:
        """Tell whoever waits; what nobody waits for any more is given back."""
        unwanted = {}
        for name, epoch in taken.items():
            waiting = self._waiting.pop(name, None)
            if name.task == PROCESS:
                self._presence = {name: epoch}
            elif waiting is None or waiting.done():
                unwanted[name] = epoch
            else:
                hold = self._holds[name] = _Hold(epoch, asyncio.get_running_loop().create_future())
                waiting.set_result(hold)
        if unwanted:
            await self._give_back(unwanted)

    def _hand_on(self, live: Sequence[LiveLease]) -> None:
        mine = sorted(filter(self.is_held, self._holds), key=self._order.__getitem__)
        if given := self._shares.give(live, mine):
            _end(self._holds[given], LeaseEnd.HANDED_ON)


def _end(hold: _Hold, why: LeaseEnd) -> None:
    if not hold.ended.done():
        hold.ended.set_result(why)
