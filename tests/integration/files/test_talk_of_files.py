"""From the turn that records a file to the words that say it could not be kept, through inbox, turn and outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import select

from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.tables import files
from actions.store.messages.messages import load_records
from bot.conversation.draft import Draft
from bot.conversation.events import Event, FileRefusal, Pressed, Said, SentPhoto
from bot.files.fetcher import FileFetcher
from bot.files.file_views import FileRegistry
from bot.files.kinds import FileRefused
from bot.files.ports import Examiner, StorageFull
from bot.files.serving import FileLinks
from bot.messaging.inbox import SqlInbox
from bot.messaging.outbox_message import OutboxMessage
from bot.messaging.ports import Arrival
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.records import read_record
from bot.messaging.sender import Sender
from tests.integration.files.fetching import (
    CHANNEL,
    SITI,
    FetchedFiles,
    ReadySource,
    RefusingExaminer,
    TrustingExaminer,
    fetch_all,
)
from tests.talks.talk_file import Settings
from tests.talks.worker import a_worker
from tests.talks.world import World

STORY = "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah 2 minggu"


@dataclass
class Phone:
    """A channel that remembers what it was given."""

    name: str = CHANNEL
    plain: bool = False
    meaning: list[OutboxMessage] = field(default_factory=list)

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        self.meaning.append(outgoing)
        return str(len(self.meaning))

    async def show_typing(self, chat: str) -> None:
        pass


class Siti:
    """A citizen who sends files, the service that answers her, and the fetcher beside it."""

    def __init__(self, files: FetchedFiles) -> None:
        self.effect_runner = files
        self.world = World(Settings())
        self.phone = Phone()
        service = replace(self.world.service(), database=files.database)
        self.worker = a_worker(service, {CHANNEL: self.phone}, self.world.understanding_service())
        self.sender = Sender(files.database, self.phone, RateLimiter())
        self.inbox = SqlInbox(files.database, self.world.clock, lambda: None)
        self.source = ReadySource({f"f{number}": b"x" for number in range(20)})
        self.count = 0

    async def says(self, text: str) -> str:
        return await self._does([Said(text=text, ref=f"m{self.count}", **self._next())])

    async def sends(self, *file_ids: str, kind: str = "photo") -> str:
        return await self._does([SentPhoto(kind=kind, file_id=file_id, **self._next()) for file_id in file_ids])

    async def presses(self, label: str) -> str:
        buttons = [button for outgoing in self.phone.meaning for row in outgoing.rows for button in row]
        press = next(button.press for button in reversed(buttons) if button.words == label)
        return await self._does([Pressed(press=press, **self._next())])

    async def hears_of_files(self, examiner: Examiner) -> str:
        await fetch_all(self.fetcher(examiner))
        return await self._answer()

    def fetcher(self, examiner: Examiner) -> FileFetcher:
        return self.effect_runner.fetcher(self.source, examiner)

    async def draft(self) -> Draft:
        async with self.effect_runner.database.reading() as connection:
            records = await load_records(connection, [(CHANNEL, SITI)])
        draft = read_record(records[CHANNEL, SITI]).dialogue.draft
        assert draft is not None
        return draft

    async def states(self) -> dict[str, str]:
        async with self.effect_runner.database.reading() as connection:
            rows = await connection.execute(select(files.c.file_id, files.c.state).order_by(files.c.id))
            return {row.file_id: row.state for row in rows}

    def _next(self) -> dict[str, object]:
        self.count += 1
        return {"id": f"e{self.count}", "at": self.world.clock(), "language": "id"}

    async def _does(self, events: Sequence[Event]) -> str:
        arrivals = [Arrival(CHANNEL, SITI, event.id, int(event.id[1:]), event) for event in events]
        await self.inbox.put(arrivals)
        return await self._answer()

    async def _answer(self) -> str:
        before = len(self.phone.meaning)
        while await self.worker.work_batch():
            pass
        while await self.sender.send_waiting():
            await self.sender.settle()
        return "\n".join(outgoing.text for outgoing in self.phone.meaning[before:])


@pytest.fixture
def siti(files: FetchedFiles) -> Siti:
    return Siti(files)


async def test_a_turn_records_its_files_with_itself(siti: Siti) -> None:
    await siti.says(STORY)
    await siti.sends("f1", "f2")
    assert await siti.states() == {"f1": "wanted", "f2": "wanted"}


async def test_a_kept_file_needs_no_words(siti: Siti) -> None:
    await siti.says(STORY)
    await siti.sends("f1")
    assert await siti.hears_of_files(TrustingExaminer()) == ""
    assert await siti.states() == {"f1": "kept"}


async def test_refused_files_are_told_in_one_message_and_no_longer_counted(siti: Siti) -> None:
    await siti.says(STORY)
    assert "3 foto" in await siti.sends("f1", "f2", "f3")
    told = await siti.hears_of_files(RefusingExaminer(FileRefused(FileRefusal.BROKEN)))
    assert told.startswith("3 foto tidak bisa kami simpan.\nIsinya rusak atau terpotong. Coba kirim sekali lagi.\n")
    assert "Cerita dan yang lain tetap tersimpan" in told
    assert "masjid al ikhlas" in told
    assert "Lampiran" not in told
    assert (await siti.draft()).files == ()


async def test_what_was_not_refused_is_still_counted(siti: Siti) -> None:
    await siti.says(STORY)
    await siti.sends("f1")
    await siti.hears_of_files(TrustingExaminer())
    await siti.sends("f2", kind="document")
    told = await siti.hears_of_files(RefusingExaminer(FileRefused(FileRefusal.PROGRAM)))
    assert told.startswith("1 dokumen tidak bisa kami simpan.\n")
    assert "Lampiran: 1 foto" in told


async def test_a_photo_without_a_story_that_is_refused_leaves_the_question_open(siti: Siti) -> None:
    await siti.sends("f1")
    told = await siti.hears_of_files(RefusingExaminer(FileRefused(FileRefusal.BROKEN)))
    assert "tidak bisa kami simpan" in told
    assert "Apa yang terjadi" in told


async def test_a_full_disk_refuses_the_photo_and_keeps_the_story(siti: Siti) -> None:
    await siti.says(STORY)
    await siti.sends("f1")
    told = await siti.hears_of_files(RefusingExaminer(StorageFull()))
    assert "Tempat penyimpanan kami sedang penuh" in told
    assert (await siti.draft()).story == STORY
    assert await siti.states() == {"f1": "unwanted"}
    await siti.hears_of_files(TrustingExaminer())
    await siti.sends("f1")
    await siti.hears_of_files(TrustingExaminer())
    assert await siti.states() == {"f1": "kept"}
    assert len((await siti.draft()).files) == 1


async def test_a_filed_case_marks_what_was_refused(siti: Siti) -> None:
    await siti.says(STORY)
    await siti.sends("f1", "f2")
    filed = await siti.presses("Kirim")
    assert "Nomor tiket" in filed
    told = await siti.hears_of_files(RefusingExaminer(FileRefused(FileRefusal.BROKEN)))
    assert "2 foto tidak bisa kami simpan" in told
    assert "Laporan yang sudah terkirim tetap ditangani" in told
    async with siti.effect_runner.database.reading() as connection:
        [case] = await SqlCaseBook(connection).latest(1)
    assert [(file.file_id, file.refused) for file in case.attachments] == [("f1", True), ("f2", True)]


async def test_a_filed_cases_photo_is_fetched_once_there_is_room(siti: Siti) -> None:
    await siti.says(STORY)
    await siti.sends("f1")
    await siti.presses("Kirim")
    assert "sedang penuh" in await siti.hears_of_files(RefusingExaminer(StorageFull()))
    siti.effect_runner.seconds += 3600
    assert await siti.hears_of_files(TrustingExaminer(as_picture=True)) == ""
    async with siti.effect_runner.database.reading() as connection:
        [case] = await SqlCaseBook(connection).latest(1)
    file_registry = FileRegistry(siti.effect_runner.database, FileLinks(b"key"), siti.world.clock)
    [opened] = await file_registry.of_case(case.ticket)
    assert (opened.state, bool(opened.thumb)) == ("kept", True)
    assert not case.attachments[0].refused


async def test_a_cancelled_reports_files_are_erased_as_it_says(siti: Siti) -> None:
    await siti.says(STORY)
    await siti.sends("f1")
    await siti.hears_of_files(TrustingExaminer())
    await siti.says("/batal")
    await siti.presses("Ya, batalkan")
    await siti.hears_of_files(TrustingExaminer())
    assert await siti.states() == {"f1": "gone"}
    assert siti.effect_runner.on_disk() == []


async def test_files_above_the_number_allowed_are_not_fetched(siti: Siti) -> None:
    await siti.says(STORY)
    most = siti.world.service().talk.catalogue.most_files
    await siti.sends(*(f"f{number}" for number in range(most + 2)))
    await siti.hears_of_files(TrustingExaminer())
    states = list((await siti.states()).values())
    assert (states.count("kept"), states.count("gone")) == (most, 2)


async def test_another_languages_citizen_is_told_in_hers(siti: Siti) -> None:
    await siti.says("/bahasa")
    await siti.presses("English")
    await siti.says(STORY)
    await siti.sends("f1")
    told = await siti.hears_of_files(RefusingExaminer(FileRefused(FileRefusal.MACROS)))
    assert told.startswith("We could not keep 1 photo.\nThere is a program")
