"""Writes many small things in one commit: what arrives while a commit runs goes into the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence


class GroupCommit[T]:
    """Takes items one by one and writes them together; each caller waits for the commit that holds its item."""

    def __init__(self, write: Callable[[Sequence[T]], Awaitable[None]]) -> None:
        """`write` writes all of them or raises; its error reaches every caller whose item it held."""
        self._write = write
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._running: asyncio.Task[None] | None = None

    async def put(self, items: Sequence[T]) -> None:
        """Write these items and return after the commit.

        Raises:
            Exception: whatever the writing raised.
        """
        if not items:
            return
        loop = asyncio.get_running_loop()
        futures = []
        for item in items:
            future = loop.create_future()
            self._waiting.append((item, future))
            futures.append(future)
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        for outcome in await asyncio.gather(*futures, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._commit(batch)
        finally:
            self._running = None

    async def _commit(self, batch: list[tuple[T, asyncio.Future[None]]]) -> None:
        error: Exception | None = None
        try:
            await self._write([item for item, _ in batch])
        except Exception as failed:  # noqa: BLE001 - handed on to everyone who waits
            error = failed
        for _, future in batch:
            if future.done():
                continue
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)
