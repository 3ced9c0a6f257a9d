"""The service as a command needs it: its database open and up to date, and who works at this terminal."""

from __future__ import annotations

import getpass
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from actions.store.engine import schema
from bot.configuration.settings import read_settings
from bot.main.assembly import Service, assemble

LONGEST = 80


def terminal_user() -> str:
    """The user of the operating system, as "terminal:<name>"; "terminal" where there is none."""
    try:
        return f"terminal:{getpass.getuser()}"[:LONGEST]
    except (KeyError, OSError):
        return "terminal"


def terminal_language() -> str:
    """The language that this terminal's locale names; "" where it names none."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return named.partition(".")[0].partition("_")[0].lower()


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
