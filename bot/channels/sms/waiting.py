"""Lets go of messages that have waited long enough: for the end of a story, or for a part that never came."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.messaging.ports import InboxUnavailable, MessageParts

log = structlog.get_logger()

QUIET: Final = timedelta(seconds=20)
"""A story that seemed to go on has ended."""
PART_IS_LOST: Final = timedelta(days=1)
LOOK_EVERY_SECONDS: Final = 5.0


async def release_what_waited(parts: MessageParts, clock: Callable[[], datetime]) -> None:
    """Looks again and again until cancelled."""
    while True:
        now = clock()
        try:
            await parts.release(now - QUIET, now - PART_IS_LOST)
        except (InboxUnavailable, OSError) as error:
            log.warning("parts_wait_for_database", error=type(error).__name__)
        await asyncio.sleep(LOOK_EVERY_SECONDS)
