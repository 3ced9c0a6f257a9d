"""Keeps what runs in the background running: whatever it fails with is logged, and it begins anew after a pause.

The one place for this: a service that still answers citizens is not ended by what happens behind the pages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

import structlog

from bot.observability.faults import place_of

log = structlog.get_logger()

FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 30.0
CALM_SECONDS: Final = 60.0
"""What ran so long fails anew, and begins with the first pause."""

type Task = Callable[[], Coroutine[Any, Any, object]]


async def keep_running(
    task: Task,
    *,
    ends: tuple[type[Exception], ...] = (),
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Run this until it returns or is cancelled.

    Args:
        task: what runs; called anew each time that it has failed.
        ends: failures that it was made to end with, and the service with it.
        sleep: waits so many seconds.

    Raises:
        Exception: one of `ends`.
    """
    loop, pause = asyncio.get_running_loop(), FIRST_PAUSE_SECONDS
    while True:
        began = loop.time()
        try:
            await task()
        except ends:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, everything else goes on
            pause = FIRST_PAUSE_SECONDS if loop.time() - began > CALM_SECONDS else pause
            log.error("task_failed", task=_name(task), error=type(error).__name__, where=place_of(error), seconds=pause)
            await sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        else:
            return


def kept_running(task: Task, *, ends: tuple[type[Exception], ...] = ()) -> Callable[[], Coroutine[Any, Any, None]]:
    """The same task, kept running; for whoever calls it later."""

    async def run() -> None:
        await keep_running(task, ends=ends)

    return run


def _name(task: Task) -> str:
    called = getattr(task, "func", task)  # of a partial
    return str(getattr(called, "__qualname__", type(called).__name__))
