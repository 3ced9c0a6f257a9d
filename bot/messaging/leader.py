"""Runs what only one process of an installation does, for as long as this one holds its lease."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine

import structlog

from actions.store.engine.task_lease import LeaseEnd, TaskLease

log = structlog.get_logger()

END_WITHIN_SECONDS = 3.0

type Task = Callable[[], Coroutine[object, object, None]]
"""Begins something that runs until it is cancelled; for the leader anew each time that it becomes the leader."""


async def run_while_leader(task_lease: TaskLease, mains: Collection[Task]) -> None:
    """Run these whenever this process holds the lease; when it is lost they end at once, and wait for the next time.

    Raises:
        Exception: whatever one of them raised.
    """
    named = {"task": task_lease.name.task, "account": task_lease.name.account}
    while True:
        async with task_lease.held() as ended:
            log.debug("duty_taken", **named)
            tasks = [asyncio.create_task(main()) for main in mains]
            try:
                ending: set[asyncio.Future[LeaseEnd] | asyncio.Task[object]] = {ended, *tasks}
                await asyncio.wait(ending, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.wait(tasks, timeout=END_WITHIN_SECONDS)
        for task in tasks:
            if task.done() and not task.cancelled():
                task.result()
        if ended.done() and ended.result() is LeaseEnd.HANDED_ON:
            log.info("duty_handed_on", **named)
        else:
            log.warning("duty_lost", **named)
