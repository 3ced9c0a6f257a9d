"""Whether a visitor may send now: she and her address each have their measure. Counts, and decides nothing else."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from actions.store.messages.messages import load_records
from bot.channels.web.arrivals import CHANNEL
from bot.web.chat.context import ChatDoor
from bot.web.chat.visit import Visit
from bot.web.shared.client_address import LOCAL


async def may_send_now(door: ChatDoor, visit: Visit, visitor: str) -> bool:
    """Count one message of hers; False when it is one too many."""
    limits, is_new = door.limits, not door.limits.messages.knows(visitor)
    if not limits.messages.take(visitor):
        return False
    if visit.address == LOCAL:
        return True
    if not limits.messages_of_address.take(visit.address):
        return False
    if is_new and not await _was_here(door, visitor):
        return limits.new_talks_of_address.take(visit.address)
    return True


def files_left(door: ChatDoor, visit: Visit, visitor: str) -> int:
    """How many files she may send now."""
    left = door.limits.files.left(visitor)
    return int(left if visit.address == LOCAL else min(left, door.limits.files_of_address.left(visit.address)))


def count_files(door: ChatDoor, visit: Visit, visitor: str, files: int) -> None:
    """Count the files that were kept."""
    if files:
        door.limits.files.take(visitor, files)
        door.limits.files_of_address.take(visit.address, files)


async def _was_here(door: ChatDoor, visitor: str) -> bool:
    """Whether she has talked before."""
    try:
        async with door.around.database.reading() as connection:
            return bool(await load_records(connection, [(CHANNEL, visitor)]))
    except (SQLAlchemyError, OSError):
        return True  # what she sends will be refused for another reason
