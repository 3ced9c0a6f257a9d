"""The lease on a task that one process of an installation does for all, such as fetching and sending for one account.

On SQLite there is one process, and it holds every lease. On a server's database they are rows (`row_task_leases.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol


class TaskName(NamedTuple):
    """Which task: its kind, and whose it is, such as the account of a channel."""

    task: str
    account: str


class LeaseEnd(StrEnum):
    """Why a lease ended before its holder let it go."""

    LOST = "lost"
    """It could not be renewed in time, or another has it."""
    HANDED_ON = "handed on"
    """Another process has less to do."""


type Ended = asyncio.Future[LeaseEnd]
"""Is done once the lease is held no longer."""


class TaskLease(Protocol):
    """The lease on a task, which one process holds at a time."""

    @property
    def name(self) -> TaskName:
        """Which task it is of."""
        ...

    @property
    def is_held(self) -> bool:
        """Whether this process holds the lease now."""
        ...

    def held(self) -> AbstractAsyncContextManager[Ended]:
        """Wait until this process has it, and keep it until the block ends; its end may come before."""
        ...


class TaskLeases(Protocol):
    """Gives out the leases of one process."""

    def lease(self, name: TaskName) -> TaskLease:
        """The lease on this task, the same one each time."""
        ...

    async def run(self) -> None:
        """Take what is waited for, and keep what is held, until cancelled; without it nothing is taken."""
        ...


NOBODYS = TaskName("", "")


@dataclass(slots=True)
class SoleTaskLease:
    """The lease of a process that has no other beside it."""

    name: TaskName = NOBODYS
    is_held: bool = True

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Ended]:
        """Takes the lease at once and for ever: no other process competes for it."""
        yield asyncio.get_running_loop().create_future()


class SoleTaskLeases:
    """`TaskLeases` of a process that has no other beside it."""

    def lease(self, name: TaskName) -> TaskLease:
        """Implements the method of `TaskLeases`."""
        return SoleTaskLease(name)

    async def run(self) -> None:
        """Implements the method of `TaskLeases`: there is nothing to be done."""
        await asyncio.Event().wait()
