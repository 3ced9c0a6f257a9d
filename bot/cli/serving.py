"""The service as a command needs it: its database open and brought up to date, closed when the command ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from actions.store.engine import schema
from bot.configuration.settings import read_settings
from bot.main.assembly import Service, assemble


@asynccontextmanager
async def open_service() -> AsyncIterator[Service]:
    """Open until the block ends.

    Raises:
        Exception: one of `FAILURES`, whose message says what stands in the way.
    """
    service = assemble(read_settings())
    try:
        await service.database.check()
        await schema.upgrade(service.database)
        yield service
    finally:
        await service.database.close()
