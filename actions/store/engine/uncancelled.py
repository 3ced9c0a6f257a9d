"""How a commit survives cancelling."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


async def to_the_end[T](work: Coroutine[object, object, T]) -> T:
    """Do this work; a cancellation is heard when it is done.

    SQLite lets go of a transaction whose statement was cancelled only when nobody remembers the statement, which
    may be long after: until then not even this process can write.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # whatever became of it, nobody waits for it any more
        raise
