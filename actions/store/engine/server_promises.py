"""Finds out whether what stands behind a server's address keeps what everything here relies on.

It asks for no name and no version of a pooler or a proxy: it tries what transactions and their locks must do.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

TRIAL: Final = 0x4C500006
"""The number of the advisory lock that is tried (others in `advisory_locks.py`)."""
TRIAL_SECONDS = 10.0
NOT_ONE_SESSION = "ends a transaction with each of its statements; let its pooler's mode be transaction or session"
READ_ONLY = "can only be read; name the primary, or a proxy that leads to it"
NOT_ONE_SERVER = "gives one lock to two at once, as two servers do; name one, or a proxy that leads to one at a time"
TOO_FEW = "gives no second connection at once; let its pooler have as many as docs/operations.md says"


async def what_is_not_kept(reading: Callable[[], AbstractAsyncContextManager[AsyncConnection]]) -> str | None:
    """What the database does that breaks a promise, as the rest of a sentence; None where it does nothing of the kind.

    Args:
        reading: gives connections, each of which begins a transaction with its first statement.
    """
    try:
        async with asyncio.timeout(TRIAL_SECONDS), reading() as first, reading() as second:
            return await _in_one(first) or await _between(first, second)
    except TimeoutError:
        return TOO_FEW


async def _in_one(connection: AsyncConnection) -> str | None:
    """A transaction stays in one session of the server, with what was set in it, and may write."""
    token = secrets.token_hex(8)
    session = func.pg_backend_pid()
    before = (await connection.execute(select(session, func.set_config("lapor.trial", token, True)))).one()  # noqa: FBT003 - PostgreSQL's
    after = (await connection.execute(select(session, func.current_setting("lapor.trial", True)))).one()  # noqa: FBT003 - see above
    if tuple(before) != tuple(after):
        return NOT_ONE_SESSION
    is_read_only = (await connection.execute(text("SHOW transaction_read_only"))).scalar_one() == "on"
    return READ_ONLY if is_read_only else None


async def _between(first: AsyncConnection, second: AsyncConnection) -> str | None:
    """What one transaction has locked another cannot lock."""
    key = secrets.randbits(31)
    locked = [
        (await connection.execute(select(func.pg_try_advisory_xact_lock(TRIAL, key)))).scalar_one()
        for connection in (first, second)
    ]
    return NOT_ONE_SERVER if locked == [True, True] else None
