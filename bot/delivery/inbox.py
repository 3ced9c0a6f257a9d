"""What arrived, written before anything is acknowledged: many arrivals in one commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from actions.ports import Clock
from actions.store.database import Database
from actions.store.letters import put_in_inbox
from bot.delivery.group_commit import GroupCommit
from bot.delivery.ports import Arrival, InboxUnavailable
from bot.delivery.records import write_event


class SqlInbox:
    """An `Inbox` in the database; `tell` is called after each commit, so that a turn begins at once."""

    def __init__(self, database: Database, clock: Clock, tell: Callable[[], None]) -> None:
        """Nothing is written yet."""
        self._database = database
        self._clock = clock
        self._tell = tell
        self._commits = GroupCommit[Arrival](self._write)

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Write them durably, each update once, and return after the commit.

        Raises:
            InboxUnavailable: nothing was written.
        """
        try:
            await self._commits.put(arrivals)
        except (SQLAlchemyError, OSError) as error:
            raise InboxUnavailable(type(error).__name__) from error

    async def _write(self, arrivals: Sequence[Arrival]) -> None:
        rows: list[dict[str, object]] = [
            {
                "channel": arrival.channel,
                "update_id": arrival.update_id,
                "chat": arrival.chat,
                "sequence": arrival.sequence,
                "event": write_event(arrival.event),
                "press_id": arrival.press_id,
                "received_at": self._clock(),
            }
            for arrival in arrivals
        ]
        async with self._database.writing() as connection:
            await put_in_inbox(connection, rows)
        self._tell()
