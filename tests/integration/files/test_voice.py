"""A recording is put into words by a service elsewhere; whatever that does, it is kept, and she hears how it went."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientTimeout
from sqlalchemy import select

from actions.store.engine.tables import inbox
from bot.conversation.events import SentPhoto, Transcribed
from bot.files.transcribing import RecordingWorker
from bot.integrations.transcription.http import HttpTranscriber
from bot.messaging.outbox_message import MARK, OutboxMessage
from bot.messaging.records import read_event
from tests.databases import on_sqlite
from tests.fakes.transcriber import FakeTranscriber, a_transcriber
from tests.integration.files.fetching import CHANNEL, NOON, SITI, FetchedFiles, ReadySource, fetch_all
from tests.patience import PATIENCE_SECONDS
from tests.unit.delivery.town import Town

OGG = b"OggS a recording"
pytestmark = on_sqlite
WORDS = "lampu jalan di petung mati sudah seminggu"
LATER = 10_000.0


@dataclass(slots=True)
class Results:
    """A meter that remembers what became of recordings."""

    meter: list[str] = field(default_factory=list)

    def transcribed(self, result: str) -> None:
        """Remember it."""
        self.meter.append(result)


def worker_of(files: FetchedFiles, fake: FakeTranscriber, **changes: Any) -> RecordingWorker:
    """What asks this service, by the clock of these files."""
    patience = changes.pop("patience", ClientTimeout(total=PATIENCE_SECONDS))
    store = files.fetcher(ReadySource({})).store
    parts: dict[str, Any] = {"clock": lambda: NOON, "arrived": lambda: None, "wall": lambda: files.seconds}
    transcriber = HttpTranscriber(fake.url, patience)
    return RecordingWorker(files.database, store, transcriber, (CHANNEL,), **(parts | changes))


async def a_recording(files: FetchedFiles, content: bytes = OGG) -> None:
    """One that has come and is kept."""
    await files.want("v1", kind="voice")
    await fetch_all(files.fetcher(ReadySource({"v1": content})))


async def heard(files: FetchedFiles, chat: str = SITI) -> list[str]:
    """What her inbox has of recordings."""
    async with files.database.reading() as connection:
        rows = await connection.execute(select(inbox.c.event).where(inbox.c.chat == chat).order_by(inbox.c.id))
        events = [read_event(row) for row in rows.scalars()]
    return [event.text for event in events if isinstance(event, Transcribed)]


# As a talk -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class VoiceTalk:
    """A citizen who speaks instead of writing, over the real parts."""

    files: FetchedFiles
    fake: FakeTranscriber
    town: Town

    async def speaks(self) -> None:
        """She sends a recording, which is fetched and put into words."""
        town = self.town
        sent = SentPhoto(id="s1", at=town.now, kind="voice", file_id="v1")
        await town.arrives(town.arrival(sent, chat=SITI))
        await town.works()
        await fetch_all(self.files.fetcher(ReadySource({"v1": OGG})))
        await worker_of(self.files, self.fake, clock=lambda: town.now).work()
        await town.works()

    async def presses(self, number: int) -> None:
        """She presses a button of the last message that has any."""
        shown = [one for one in await self.read() if one.rows][-1]
        press = shown.rows[number][0].press.rpartition(MARK)[0]
        await self.town.arrives(self.town.pressed(press, SITI))
        await self.town.works()

    async def read(self) -> Sequence[OutboxMessage]:
        """What she has been sent."""
        return await self.town.letters(SITI)

    async def story(self) -> str:
        """What her draft says."""
        draft = (await self.town.record(SITI)).dialogue.draft
        assert draft
        assert [file.file_id for file in draft.files] == ["v1"]
        return draft.story


async def test_what_was_heard_is_shown_and_is_her_story_once_she_says_so(files: FetchedFiles) -> None:
    async with a_transcriber(WORDS) as fake:
        talk = VoiceTalk(files, fake, Town(files.database))
        await talk.speaks()
        shown = (await talk.read())[-1]
        assert shown.text.startswith(f"Dari rekaman Anda terdengar: “{WORDS}”")
        assert [button.words for row in shown.rows for button in row] == ["Ya, pakai", "Bukan begitu"]
        assert await talk.story() == ""
        await talk.presses(0)
        assert await talk.story() == WORDS
        assert "Baik, kata-kata dari rekaman sudah masuk." in (await talk.read())[-1].text
    assert fake.posted == [("text/plain", OGG)]


async def test_what_she_did_not_say_is_used_nowhere_and_the_recording_stays(files: FetchedFiles) -> None:
    async with a_transcriber(WORDS) as fake:
        talk = VoiceTalk(files, fake, Town(files.database))
        await talk.speaks()
        await talk.presses(1)
        assert await talk.story() == ""
        assert any("Baik, kata-kata itu tidak dipakai." in one.text for one in await talk.read())
        assert (await talk.town.record(SITI)).dialogue.transcripts == ()


async def test_a_recording_that_could_not_be_read_is_said_and_stays(files: FetchedFiles) -> None:
    async with a_transcriber(415) as fake:
        talk = VoiceTalk(files, fake, Town(files.database))
        await talk.speaks()
        assert any("Rekaman Anda tersimpan" in one.text for one in await talk.read())
        assert await talk.story() == ""


async def test_of_a_recording_that_she_gave_up_nothing_is_said(files: FetchedFiles) -> None:
    async with a_transcriber(WORDS) as fake:
        talk = VoiceTalk(files, fake, Town(files.database))
        await a_recording(files)
        await worker_of(files, fake, clock=lambda: talk.town.now).work()
        await talk.town.works()
        assert await talk.read() == []


async def test_a_danger_that_is_heard_is_answered_before_she_confirms(files: FetchedFiles) -> None:
    async with a_transcriber("rumah tetangga kebakaran sekarang di petung tolong") as fake:
        talk = VoiceTalk(files, fake, Town(files.database))
        await talk.speaks()
        assert any("112" in one.text for one in await talk.read())


# The service elsewhere -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [500, 429, 302, b"not json", b'{"words": "x"}', b"[]"])
async def test_after_a_wrong_answer_it_is_asked_again_and_then_heard(files: FetchedFiles, answer: int | bytes) -> None:
    async with a_transcriber(answer, WORDS) as fake:
        await a_recording(files)
        results = Results()
        worker = worker_of(files, fake, meter=results)
        await worker.work()
        assert await heard(files) == []
        assert await worker.work() == 0
        files.seconds += LATER
        await worker.work()
        assert await heard(files) == [WORDS]
        assert results.meter == ["later", "read"]
        files.seconds += LATER
        assert await worker.work() == 0


@pytest.mark.parametrize("answer", [400, 413, "kata " * 2_000, b'{"text": "' + b"x" * 100_000 + b'"}'])
async def test_what_would_be_answered_the_same_again_is_given_up_at_once(
    files: FetchedFiles, answer: int | str | bytes
) -> None:
    async with a_transcriber(answer) as fake:
        await a_recording(files)
        await worker_of(files, fake).work()
        assert await heard(files) == [""]
        assert len(fake.posted) == 1


async def test_a_service_that_is_slow_is_waited_for_so_long_and_no_longer(files: FetchedFiles) -> None:
    async with a_transcriber(WORDS) as fake:
        fake.holds = asyncio.Event()
        await a_recording(files)
        worker = worker_of(files, fake, patience=ClientTimeout(total=0.05))
        await worker.work()
        assert worker.transcriber.state.name == "timeout"  # type: ignore[attr-defined]
        assert await heard(files) == []
        fake.holds.set()


async def test_a_service_that_is_not_there_says_so_in_its_state(files: FetchedFiles) -> None:
    await a_recording(files)
    worker = worker_of(files, FakeTranscriber(url="http://127.0.0.1:9/transcribe"))
    await worker.work()
    assert worker.transcriber.state.name == "unreachable"  # type: ignore[attr-defined]


async def test_a_recording_of_the_day_before_is_put_into_words_no_more(files: FetchedFiles) -> None:
    async with a_transcriber(WORDS) as fake:
        await a_recording(files)
        assert await worker_of(files, fake, clock=lambda: NOON.replace(day=26)).work() == 0


async def test_a_photo_is_posted_nowhere(files: FetchedFiles) -> None:
    async with a_transcriber(WORDS) as fake:
        await files.want("p1", kind="photo")
        await fetch_all(files.fetcher(ReadySource({"p1": OGG})))
        assert await worker_of(files, fake).work() == 0


async def test_no_word_of_hers_is_in_the_log(files: FetchedFiles, capsys: pytest.CaptureFixture[str]) -> None:
    for number, answer in enumerate((WORDS, b"lampu jalan", 500)):
        async with a_transcriber(answer) as fake:
            await files.want(f"v{number}", kind="voice", chat=str(number))
            await fetch_all(files.fetcher(ReadySource({f"v{number}": OGG})))
            await worker_of(files, fake).work()
    assert "lampu" not in capsys.readouterr().out


@pytest.mark.slow
async def test_a_recording_is_asked_for_again_after_a_kill(files: FetchedFiles) -> None:
    async with a_transcriber(WORDS) as fake:
        fake.holds = asyncio.Event()
        await a_recording(files)
        words = (files.database.url.render_as_string(hide_password=False), str(files.folder), fake.url)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.integration.files.voice_interrupted", *words, stdout=PIPE
        )
        await asyncio.wait_for(fake.has_one.wait(), PATIENCE_SECONDS)
        process.send_signal(signal.SIGKILL)
        await process.communicate()
        fake.holds.set()
        assert await heard(files) == []
        files.seconds += LATER
        await worker_of(files, fake).work()
        assert await heard(files) == [WORDS]
        assert Path(files.folder).exists()
