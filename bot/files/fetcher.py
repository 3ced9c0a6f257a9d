"""Fetches the files that turns have recorded: each as often as it takes, a few at once, one of a chat at a time.

What becomes of a file is written in its row; what a citizen must know of it goes into the inbox of her chat, as an
event like any other, so that the talk itself tells her and counts her files anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from actions.cases.ports import Clock
from actions.store.cases.files import (
    OpenFile,
    begin_file,
    due_files,
    end_file_waits_beyond,
    forget_file,
    keep_file,
    postpone_file,
    refuse_file,
)
from actions.store.engine.database import Database, is_away
from actions.store.messages.messages import Chat
from bot.configuration.clock import steady_wall
from bot.conversation.events import FileRefusal
from bot.files.disk_full import is_full
from bot.files.ports import Examiner, FileGone, FileSource, NeverThere, StorageFull, TryLater
from bot.files.receiving import Receiver
from bot.files.refusal_notices import tell_refused
from bot.files.refused import FileRefused
from bot.files.store import FileStore
from bot.messaging.meter import UNMETERED, Meter
from bot.messaging.turn_log import file_tag
from bot.observability.faults import place_of

log = structlog.get_logger()

AT_ONCE = 6
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 3600.0
LONGEST_PAUSE_AT_START_SECONDS = 300.0
MOST_TRIES = 40
"""With pauses that grow to an hour, thirty hours or so."""
MOST_TRIES_OF_GONE = 4
"""Telegram says of a file that is only out of reach that it does not know it."""


@dataclass(slots=True)
class FileFetcher:
    """Fetches for the channels that it has sources of.

    Attributes:
        arrived: called when the inbox has something new.
        wall: seconds since 1970.
    """

    database: Database
    sources: Mapping[str, FileSource]
    store: FileStore
    examiner: Examiner
    clock: Clock
    arrived: Callable[[], None]
    wall: Callable[[], float] = field(default_factory=steady_wall)
    meter: Meter = UNMETERED
    _in_flight: dict[Chat, asyncio.Task[None]] = field(default_factory=dict)
    _more: asyncio.Event = field(default_factory=asyncio.Event)
    _may_have_to_tell: bool = True
    _has_begun: bool = False

    def wake(self) -> None:
        """There may be something to fetch."""
        self._more.set()

    async def run(self, look_every_seconds: float = 2.0) -> None:
        """Fetch until cancelled. A database that is away is waited for."""
        await asyncio.to_thread(self.store.prepare)
        self._has_begun = False
        try:
            while True:
                self._more.clear()
                try:
                    await self._begin()
                    await self.fetch_waiting()
                except Exception as error:  # noqa: BLE001 - whatever it is, everybody's files would wait for a restart
                    what = "files_wait_for_database" if is_away(error) else "files_wait"
                    log.error(what, error=type(error).__name__, where=place_of(error))
                with suppress(TimeoutError):
                    async with asyncio.timeout(look_every_seconds):
                        await self._more.wait()
        finally:
            await self._end()

    async def fetch_waiting(self) -> int:
        """Begin with what waits, and tell of what was refused; returns how many were begun."""
        busy = frozenset(self._in_flight)
        async with self.database.reading() as connection:
            due = await due_files(connection, list(self.sources), self.wall(), AT_ONCE + len(busy))
        free = [row for row in due if (row.channel, row.chat) not in busy | self._in_flight.keys()]
        begun = free[: max(AT_ONCE - len(self._in_flight), 0)]
        for row in begun:
            chat = (row.channel, row.chat)
            task = asyncio.create_task(self._work(row))
            self._in_flight[chat] = task
            task.add_done_callback(lambda task, chat=chat: self._landed(chat, task))  # type: ignore[misc]
        await self._tell()
        return len(begun)

    async def settle(self) -> None:
        """Wait until nothing is in flight."""
        while self._in_flight:
            await asyncio.gather(*self._in_flight.values(), return_exceptions=True)
            await asyncio.sleep(0)

    async def _begin(self) -> None:
        """A long pause may have been written before somebody set the clock back: a start waits out none."""
        if not self._has_begun:
            latest = self.wall() + LONGEST_PAUSE_AT_START_SECONDS
            async with self.database.writing() as connection:
                await end_file_waits_beyond(connection, list(self.sources), latest)
            self._has_begun = True

    async def _end(self) -> None:
        """Let nothing run on; what is half fetched is fetched again."""
        tasks = list(self._in_flight.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _landed(self, chat: Chat, task: asyncio.Task[None]) -> None:
        self._in_flight.pop(chat, None)
        self._may_have_to_tell = True
        if task.cancelled():
            return
        if error := task.exception():  # the row stands as it stood; its next look finds it again
            log.error("file_failed", error=type(error).__name__, where=place_of(error))
        else:
            self._more.set()

    async def _tell(self) -> None:
        if not self._may_have_to_tell:
            return
        self._may_have_to_tell = False
        try:
            told = await tell_refused(self.database, self.clock(), frozenset(self._in_flight))
        except Exception:
            self._may_have_to_tell = True
            raise
        if told:
            self.arrived()

    # One file -----------------------------------------------------------------------------------------------

    async def _work(self, row: OpenFile) -> None:
        structlog.contextvars.bind_contextvars(channel=row.channel, file=file_tag(row.file_id))  # of this task alone
        async with self.database.writing() as connection:
            if not await begin_file(connection, row, self.wall() + _pause(row, FIRST_PAUSE_SECONDS)):
                return
        await (self._fetch(row) if row.is_wanted else self._take_away(row))

    async def _fetch(self, row: OpenFile) -> None:
        receiver = Receiver(self.sources[row.channel], self.store, self.examiner)
        try:
            kept = await receiver.receive(row)
        except FileRefused as refused:
            await self._refuse(row, refused.refusal)
        except StorageFull:
            await self._later(row, FileRefusal.FULL)
        except NeverThere:
            async with self.database.writing() as connection:
                await forget_file(connection, row)
        except FileGone:
            await self._later(row, None, most_tries=MOST_TRIES_OF_GONE)
        except TryLater as later:
            await self._later(row, None, later)
        except OSError as error:
            log.error("file_not_stored", error=type(error).__name__, where=place_of(error))
            await self._later(row, FileRefusal.FULL if is_full(error) else None)
        else:
            async with self.database.writing() as connection:
                is_wanted = await keep_file(connection, row, kept)
            self.meter.file_in(row.channel, "kept")
            log.info("file_kept", media_type=kept.media_type, bytes=kept.bytes)
            await self._done_with(row, remove=not is_wanted)

    async def _later(
        self, row: OpenFile, refusal: FileRefusal | None, later: TryLater | None = None, *, most_tries: int = MOST_TRIES
    ) -> None:
        """Try again after a pause, or give it up. Of a full disk she is told at once; what she filed is tried again."""
        if row.attempts + 1 >= most_tries:
            await self._refuse(row, refusal or FileRefusal.GONE)
            return
        seconds = (
            later.seconds if later and later.asked else _pause(row, later.seconds if later else FIRST_PAUSE_SECONDS)
        )
        log.info("file_later", seconds=round(seconds, 1), tries=row.attempts + 1)
        self.meter.file_in(row.channel, "later")
        async with self.database.writing() as connection:
            if refusal is None:
                await postpone_file(connection, row, self.wall() + seconds)
            else:
                await refuse_file(connection, row, refusal, next_try=self.wall() + seconds)

    async def _refuse(self, row: OpenFile, refusal: FileRefusal) -> None:
        log.info("file_refused", why=refusal.value)
        self.meter.file_in(row.channel, "refused")
        async with self.database.writing() as connection:
            await refuse_file(connection, row, refusal)
        await self._done_with(row, remove=True)

    async def _take_away(self, row: OpenFile) -> None:
        await self._done_with(row, remove=True)
        async with self.database.writing() as connection:
            await forget_file(connection, row)

    async def _done_with(self, row: OpenFile, *, remove: bool) -> None:
        if remove:
            await asyncio.to_thread(self.store.remove, row.name)
        await self.sources[row.channel].discard(row.file_id)


def _pause(row: OpenFile, seconds: float) -> float:
    """Longer each time."""
    return float(min(seconds * 2 ** min(row.attempts, 12), LONGEST_PAUSE_SECONDS))
