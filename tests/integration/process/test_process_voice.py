"""A recording by WhatsApp to a real process, put into words by a service elsewhere, in any temper that it may have."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.fakes.transcriber import FakeTranscriber, a_transcriber
from tests.fakes.whatsapp import FakeWhatsApp
from tests.integration.process.books import rows
from tests.integration.process.phones import WhatsAppPhone
from tests.integration.process.service import Service, running_service

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

WORDS = "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah dua minggu"
OGG = b"OggS\x00\x02" + bytes(22) + b"\x01\x13OpusHead\x01\x01" + bytes(64)


@asynccontextmanager
async def a_phone(folder: Path, fake: FakeTranscriber) -> AsyncIterator[tuple[Service, WhatsAppPhone]]:
    """A started service that knows this transcriber, and her telephone."""
    async with (
        FakeWhatsApp(time.time) as meta,
        running_service(folder, transcriber_url=fake.url, **meta.settings) as service,
        AsyncClient(base_url=service.address, timeout=60) as client,
    ):
        yield service, WhatsAppPhone(client, meta)


@pytest.mark.parametrize(
    ("button", "told"),
    [
        ("Ya, pakai", "Baik, kata-kata dari rekaman sudah masuk."),
        ("Bukan begitu", "Baik, kata-kata itu tidak dipakai."),
    ],
)
async def test_what_was_heard_is_hers_only_by_her_button(tmp_path: Path, button: str, told: str) -> None:
    async with a_transcriber(500, WORDS) as fake, a_phone(tmp_path, fake) as (service, phone):
        await phone.speaks(OGG)
        await phone.hears(f"Dari rekaman Anda terdengar: “{WORDS}”")
        await phone.presses(button)
        assert (WORDS in await phone.hears(told)) == (button == "Ya, pakai")
        assert {posted for _, posted in fake.posted} == {OGG}
        assert rows(service.database, "SELECT kind, state FROM files") == [("voice", "kept")]
        assert WORDS not in service.stderr + service.stdout


@pytest.mark.parametrize("answer", ["", "kata " * 2_000, 415])
async def test_a_recording_that_gives_no_words_is_kept_and_she_is_told(tmp_path: Path, answer: str | int) -> None:
    async with a_transcriber(answer) as fake, a_phone(tmp_path, fake) as (service, phone):
        await phone.speaks(OGG)
        await phone.hears("Rekaman Anda tersimpan")
        assert rows(service.database, "SELECT kind, state FROM files") == [("voice", "kept")]
