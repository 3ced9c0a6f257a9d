"""Has recordings put into words by whoever can, and brings the words into the chat as an event like any other.

No turn waits for it. A recording is asked for again after a failure or a kill; after some tries she is told that it is
kept and could not be read. What was heard stands in the inbox alone, and becomes hers only when she says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

import structlog

from actions.cases.ports import Clock
from actions.store.cases.transcriptions import Recording, begin_transcription, due_recordings, end_transcription
from actions.store.engine.database import Database, is_away
from actions.store.messages.messages import put_in_inbox
from bot.configuration.clock import steady_wall
from bot.conversation.events import Transcribed
from bot.files.store import FileStore
from bot.messaging.records import write_event
from bot.observability.faults import place_of
from bot.observability.meter import UNMETERED, Meter

log = structlog.get_logger()

AT_ONCE: Final = 2
MOST_TRIES: Final = 4
FIRST_PAUSE_SECONDS: Final = 5.0
NO_LONGER: Final = timedelta(days=1)
"""Words that come later than this are of a talk that has gone on."""
MOST_BYTES: Final = 20 * 1024 * 1024
MOST_LETTERS: Final = 3000
"""A longer text is no answer to a short recording, and no message."""


class NotTranscribed(Exception):
    """A recording was not put into words. `is_final`: asked again it would be answered the same."""

    def __init__(self, why: str, *, is_final: bool = False) -> None:
        """`why` is a code, and holds nothing of what was said."""
        super().__init__(why)
        self.why = why
        self.is_final = is_final


class Transcriber(Protocol):
    """Puts recordings into words."""

    async def transcribe(self, recording: Path, media_type: str) -> str:
        """Returns what is heard in a file; "" where that is nothing.

        Raises:
            NotTranscribed: it could not.
        """
        ...


@dataclass(slots=True)
class RecordingWorker:
    """Works on recordings that wait, until it is cancelled.

    Attributes:
        channels: those in which somebody can be answered.
        arrived: called when the inbox has something new.
        wall: seconds since 1970.
    """

    database: Database
    store: FileStore
    transcriber: Transcriber
    channels: Collection[str]
    clock: Clock
    arrived: Callable[[], None]
    wall: Callable[[], float] = field(default_factory=steady_wall)
    meter: Meter = UNMETERED
    first_pause_seconds: float = FIRST_PAUSE_SECONDS

    async def run(self, look_every_seconds: float = 2.0) -> None:
        """Work until cancelled. A database that is away is waited for."""
        while True:
            try:
                while await self.work():
                    pass
            except Exception as error:  # noqa: BLE001 - whatever it is, everybody's recordings would wait for a restart
                what = "recordings_wait_for_database" if is_away(error) else "recordings_wait"
                log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(look_every_seconds)

    async def work(self) -> int:
        """Try those whose time has come, some at once; returns how many."""
        async with self.database.reading() as connection:
            since = self.clock() - NO_LONGER
            due = await due_recordings(connection, self.channels, since, self.wall(), AT_ONCE)
        await asyncio.gather(*(self._try(recording) for recording in due))
        return len(due)

    async def _try(self, recording: Recording) -> None:
        pause = self.first_pause_seconds * 2**recording.attempts
        async with self.database.writing() as connection:
            await begin_transcription(connection, recording, self.wall() + pause, self.clock())
        try:
            words = await self._words(recording)
        except NotTranscribed as failed:
            if failed.is_final or recording.attempts + 1 >= MOST_TRIES:
                log.warning("recording_not_read", channel=recording.channel, why=failed.why)
                await self._end(recording, "", "given_up")
            else:
                log.info("recording_later", channel=recording.channel, why=failed.why, tries=recording.attempts + 1)
                self.meter.transcribed("later")
        else:
            await self._end(recording, words, "read" if words else "silent")

    async def _words(self, recording: Recording) -> str:
        if recording.bytes > MOST_BYTES:
            raise NotTranscribed("too-long", is_final=True)
        if recording.attempts >= MOST_TRIES:
            raise NotTranscribed("tried-often", is_final=True)
        words = await self.transcriber.transcribe(self.store.path(recording.name), recording.media_type)
        if len(words) > MOST_LETTERS:
            raise NotTranscribed("too-many-words", is_final=True)
        return words.strip()

    async def _end(self, recording: Recording, words: str, result: str) -> None:
        """One commit: what was heard is in her inbox, and the recording waits no more."""
        now, name = self.clock(), f"voice-{recording.id}"
        event = Transcribed(id=name, at=now, file_id=recording.file_id, text=words)
        row = {
            "channel": recording.channel,
            "update_id": name,
            "chat": recording.chat,
            "sequence": 0,
            "event": write_event(event),
            "press_id": "",
            "received_at": now,
        }
        async with self.database.writing() as connection:
            if await end_transcription(connection, recording):
                await put_in_inbox(connection, [row])
        self.meter.transcribed(result)
        self.arrived()
