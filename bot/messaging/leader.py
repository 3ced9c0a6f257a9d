"""Runs what only one process of an installation does, for as long as it is this one's duty."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine

import structlog

from actions.store.engine.task_lease import TaskLease

log = structlog.get_logger()

END_WITHIN_SECONDS = 3.0

type Main = Callable[[], Coroutine[object, object, None]]
"""Begins something that runs until it is cancelled; called anew each time that the duty is this process's."""


async def run_while_leader(task_lease: TaskLease, mains: Collection[Main]) -> None:
    """Run these whenever this process has the duty; when it is lost they end at once, and wait for the next time.

    Raises:
        Exception: whatever one of them raised.
    """
    while True:
        async with task_lease.held() as lost:
            log.debug("duty_taken")
            tasks = [asyncio.create_task(main()) for main in mains]
            try:
                await asyncio.wait({lost, *tasks}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.wait(tasks, timeout=END_WITHIN_SECONDS)
        for task in tasks:
            if task.done() and not task.cancelled():
                task.result()
        log.warning("duty_lost")
