"""A report by SMS is answered and confirmed: no buttons, no edits, and the number of the report leads to everything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from actions.cases.case import Status
from bot.channels.sms.gsm import parts_needed
from tests.talks.acts import Act, OfficeActs, Presses, Says
from tests.talks.database import office_acts
from tests.talks.messages import Message
from tests.talks.sms import SmsStage
from tests.talks.talk_file import Settings
from tests.talks.world import World, tickets

TICKET = tickets()[0]


@asynccontextmanager
async def a_filed_report(world: World) -> AsyncIterator[SmsStage]:
    """Siti has sent one."""
    stage = SmsStage(world)
    await stage.opens()
    try:
        await stage.plays([Says("lampu jalan di petung mati sudah seminggu")])
        await stage.plays([Presses("Kirim")])
        yield stage
    finally:
        await stage.closes()


async def reads(stage: SmsStage, *commands: Act) -> list[Message]:
    return await stage.plays(commands)


async def test_an_answer_is_confirmed_and_rated_by_numbers() -> None:
    world = World(Settings())
    async with a_filed_report(world) as stage:
        await office_acts(world, stage.database, OfficeActs("petugas", "terima", TICKET))
        assert await reads(stage) == []
        answer = OfficeActs("petugas", "jawab", TICKET, "Lampu di Petung sudah diganti hari Kamis")
        await office_acts(world, stage.database, answer)
        [notice] = await reads(stage)
        assert notice.text.endswith(f"Untuk menjawab, kirim {TICKET} ke sini.")
        assert notice.labels == ()
        [status] = await reads(stage, Says(TICKET))
        assert status.labels == ("Ya, sudah beres", "Belum beres", "Tambah keterangan", "Tarik laporan", "Selengkapnya")
        [thanks] = await reads(stage, Presses("Ya, sudah beres"))
        assert thanks.labels == ("1", "2", "3", "4", "5")
        await reads(stage, Says("5"), Says("cepat dan ramah"))
        [case] = await stage.cases()
    assert case.status is Status.CLOSED


@pytest.mark.thorough
async def test_a_question_is_answered_in_words() -> None:
    world = World(Settings())
    async with a_filed_report(world) as stage:
        await office_acts(world, stage.database, OfficeActs("petugas", "tanya", TICKET, "Berapa tiang yang mati?"))
        await reads(stage)
        await reads(stage, Says(TICKET))
        [asked] = await reads(stage, Presses("Jawab pertanyaan"))
        assert "Berapa tiang yang mati?" in asked.text
        [told] = await reads(stage, Says("tiga tiang berurutan"))
        assert told.text.startswith(f"Terima kasih. Jawaban Anda untuk laporan {TICKET} sudah kami teruskan.")


async def test_the_card_is_two_parts_at_most_and_says_what_sends_it() -> None:
    stage = SmsStage(World(Settings()))
    await stage.opens()
    try:
        story = "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah 2 minggu, gelap sekali kalau malam"
        [card] = await reads(stage, Says(story))
    finally:
        await stage.closes()
    buttons = [f"{number} = {label}" for number, label in enumerate(card.labels, 1)]
    assert buttons[0] == "1 = Kirim"
    assert parts_needed("\n".join([card.text, *buttons])) <= 2
