"""Whoever is not answered writes "1" again: that is the button she saw, and no later story is lost by it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.talks.acts import Says
from tests.talks.messages import Message
from tests.talks.plain_text import PlainTextStage
from tests.talks.sms import SmsStage
from tests.talks.talk_file import Settings
from tests.talks.world import World
from tests.talks.x import XStage

LAMP = "lampu jalan di depan puskesmas petung mati sejak kemarin"
ROAD = "jalan berlubang di depan rumah nomor 12 jalan provinsi km 3 petung"


@pytest.fixture(params=[SmsStage, XStage])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[PlainTextStage]:
    opened: PlainTextStage = request.param(World(Settings()))
    await opened.opens()
    yield opened
    await opened.closes()


async def says(stage: PlainTextStage, *texts: str) -> list[Message]:
    return await stage.plays([Says(text) for text in texts])


async def test_a_number_said_again_before_the_answer_came_presses_what_she_saw(stage: PlainTextStage) -> None:
    await says(stage, LAMP)
    filed, *again = await says(stage, "1", "1", "1")
    assert "Lihat status" in filed.labels
    assert [one.text.startswith("Laporan itu sudah terkirim") for one in again] == [True, True]
    await says(stage, ROAD)
    await says(stage, "kirim")
    assert {case.category for case in await stage.cases()} == {"penerangan_jalan", "jalan"}


async def test_a_number_said_after_the_answer_was_read_presses_what_it_offers(stage: PlainTextStage) -> None:
    await says(stage, LAMP)
    await says(stage, "1")
    [status] = await says(stage, "1")
    assert "Tambah keterangan" in status.labels
