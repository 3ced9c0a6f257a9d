"""What arrived, written before anything is acknowledged: many arrivals in one commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Clock
from actions.store.engine.database import Database, is_away
from actions.store.messages.costs import add_units
from actions.store.messages.messages import put_in_inbox, unknown_updates
from actions.store.messages.reply_windows import note_writers
from bot.messaging.arrival_checks import check_arrival
from bot.messaging.batching import GroupCommit
from bot.messaging.ports import Arrival, InboxUnavailable
from bot.messaging.records import storable, write_event
from bot.observability.faults import place_of

log = structlog.get_logger()

NOTHING_CHARGED: Final[Mapping[str, str]] = MappingProxyType({})


class SqlInbox:
    """An `Inbox` in the database; `tell` is called after each commit, so that a turn begins at once.

    Attributes:
        refused: how many arrivals the database has never taken. They are set aside: whoever brings them would bring
            them again for ever, before everybody else's.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        tell: Callable[[], None],
        with_windows: frozenset[str] = frozenset(),
        charged: Mapping[str, str] = NOTHING_CHARGED,
    ) -> None:
        """Begins with no arrivals waiting to be written.

        Of the channels `with_windows` it notes when somebody wrote; of those `charged` it counts what came in, as the
        kind that the provider bills.
        """
        self._charged = charged
        self._with_windows = with_windows
        self._database = database
        self._clock = clock
        self._tell = tell
        self._commits = GroupCommit[Arrival](self._write)
        self.refused = 0

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Write them durably, each update once, and return after the commit.

        Raises:
            InvalidArrival: one of them cannot be; nothing was written.
            InboxUnavailable: nothing was written.
        """
        for arrival in arrivals:
            check_arrival(arrival)
        try:
            await self._commits.put(arrivals)
        except (SQLAlchemyError, OSError) as error:
            log.error("inbox_waits_for_database", error=type(error).__name__)
            raise InboxUnavailable(type(error).__name__) from error

    async def _write(self, arrivals: Sequence[Arrival]) -> None:
        """Write them together; where one of them is at fault, each on its own."""
        try:
            await self._commit([inbox_row(arrival, self._clock()) for arrival in arrivals], arrivals)
        except Exception as error:
            if is_away(error):
                raise
            for arrival in arrivals:
                await self._write_alone(arrival)
        self._tell()

    async def _write_alone(self, arrival: Arrival) -> None:
        try:
            await self._commit([inbox_row(arrival, self._clock())], [arrival])
        except Exception as error:
            if is_away(error):
                raise
            self.refused += 1
            log.error(  # the number of the update is all that may be said of it
                "arrival_refused",
                channel=arrival.channel,
                sequence=arrival.sequence,
                error=type(error).__name__,
                where=place_of(error),
            )
            await self._commit([_set_aside(arrival, self._clock())], [])

    async def _commit(self, rows: Sequence[dict[str, object]], arrived: Sequence[Arrival]) -> None:
        async with self._database.writing() as connection:
            await self._charge(connection, arrived)
            for channel in {arrival.channel for arrival in arrived} & self._with_windows:
                wrote = sorted((one.event.at, one.chat) for one in arrived if one.channel == channel)
                await note_writers(connection, channel, {chat: at for at, chat in wrote})
            await put_in_inbox(connection, rows)  # last: a turn that ends waits for it, and it for no turn

    async def _charge(self, connection: AsyncConnection, arrived: Sequence[Arrival]) -> None:
        """Count what is billed and not known yet; the same update again costs nothing."""
        for channel, kind in self._charged.items():
            if ids := {one.update_id for one in arrived if one.channel == channel}:
                new = await unknown_updates(connection, channel, ids)
                month = f"{self._clock().astimezone(UTC):%Y-%m}"
                await add_units(connection, channel, month, +Counter({kind: len(new)}))


def inbox_row(arrival: Arrival, at: datetime) -> dict[str, object]:
    """An arrival as a row that is to be worked."""
    return {
        "channel": arrival.channel,
        "update_id": arrival.update_id,
        "chat": arrival.chat,
        "sequence": arrival.sequence,
        "event": write_event(arrival.event),
        "press_id": storable(arrival.press_id),
        "state": "new",
        "received_at": at,
    }


def _set_aside(arrival: Arrival, at: datetime) -> dict[str, object]:
    """That it came, and nothing of what it was: an operator sees it in `lapor doctor`."""
    return {
        "channel": arrival.channel,
        "update_id": arrival.update_id,
        "chat": arrival.chat,
        "sequence": 0,
        "event": "{}",
        "press_id": "",
        "state": "aside",
        "received_at": at,
    }
