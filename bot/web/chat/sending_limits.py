"""Whether a visitor may send now: she and her address each have their measure. Counts, and decides nothing else."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from actions.store.messages.messages import load_records
from bot.channels.web.arrivals import CHANNEL
from bot.web.chat.context import ChatContext
from bot.web.chat.visit import Visit
from bot.web.shared.client_address import LOCAL


async def may_send_now(context: ChatContext, visit: Visit, visitor: str) -> bool:
    """Count one message of hers; False when it is one too many."""
    limits, is_new = context.limits, not context.limits.messages.knows(visitor)
    if not limits.messages.take(visitor):
        return False
    if visit.address == LOCAL:
        return True
    if not limits.messages_of_address.take(visit.address):
        return False
    if is_new and not await _was_here(context, visitor):
        return limits.new_talks_of_address.take(visit.address)
    return True


def files_left(context: ChatContext, visit: Visit, visitor: str) -> int:
    """How many files she may send now."""
    left = context.limits.files.left(visitor)
    return int(left if visit.address == LOCAL else min(left, context.limits.files_of_address.left(visit.address)))


def count_files(context: ChatContext, visit: Visit, visitor: str, files: int) -> None:
    """Count the files that were kept."""
    if files:
        context.limits.files.take(visitor, files)
        context.limits.files_of_address.take(visit.address, files)


async def _was_here(context: ChatContext, visitor: str) -> bool:
    """Whether she has talked before."""
    try:
        async with context.around.database.reading() as connection:
            return bool(await load_records(connection, [(CHANNEL, visitor)]))
    except (SQLAlchemyError, OSError):
        return True  # what she sends will be refused for another reason
