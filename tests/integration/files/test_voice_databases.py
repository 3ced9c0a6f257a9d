"""On either database a recording is asked for a few times; and the doctor asks whether the service answers."""

from __future__ import annotations

from bot.files.transcribing import MOST_TRIES
from bot.ops.transcriber_checks import transcriber_trouble
from tests.fakes.transcriber import a_transcriber
from tests.integration.files.fetching import FetchedFiles
from tests.integration.files.test_voice import LATER, a_recording, heard, worker_of


async def test_after_some_failures_it_is_given_up_and_said_once(files: FetchedFiles) -> None:
    async with a_transcriber(503) as fake:
        await a_recording(files)
        worker = worker_of(files, fake)
        for _ in range(MOST_TRIES + 2):
            await worker.work()
            files.seconds += LATER
        assert await heard(files) == [""]
        assert len(fake.posted) == MOST_TRIES


async def test_the_doctor_asks_with_a_second_of_silence() -> None:
    async with a_transcriber("") as fake:
        assert await transcriber_trouble(fake.url) == ""
        assert fake.posted[0][0] == "audio/wav"
        assert fake.posted[0][1].startswith(b"RIFF")
    async with a_transcriber(500) as fake:
        assert await transcriber_trouble(fake.url) == "status-500"
