"""One citizen at two doors of a real process: joined by a code and a yes, told where she wrote last, and parted."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.fakes.whatsapp import FakeWhatsApp
from tests.fakes.x import FakeX
from tests.integration.process.books import waiting
from tests.integration.process.liaison import Liaison, a_liaison
from tests.integration.process.phones import Phone, WhatsAppPhone, XPhone
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import until

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

KEY = "a-secret-key-of-a-test-that-opens-nothing"
PLENTY = 100_000
STORY = "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah dua minggu"
CODE = re.compile(r"gabung (\d{4} \d{4})")
NONE_HERE = "Belum ada laporan yang Anda kirim dari sini."
NUMBER = re.compile(r"angka (?:di sini: )?(\d\d)", re.IGNORECASE)
TICKET = re.compile(r"LP-\w{4}-\w{4}")


@dataclass(frozen=True, slots=True)
class TwoDoors:
    """Siti with both apps, and who answers for the agency."""

    service: Service
    whatsapp: WhatsAppPhone
    x: XPhone
    lina: Liaison

    async def is_quiet(self) -> None:
        """Nothing waits to be worked or sent."""
        await until(lambda: not waiting(self.service.database), "everything is worked and sent")


@asynccontextmanager
async def two_doors(folder: Path) -> AsyncIterator[TwoDoors]:
    """A started service with both."""
    async with (
        FakeWhatsApp(time.time) as meta,
        FakeX(time.time, messages_a_quarter=PLENTY, messages_a_day=PLENTY) as provider,
        running_service(folder, nlu="compiled", secret_key=KEY, **meta.settings, **provider.settings) as service,
        a_liaison(service, "dishub", KEY) as lina,
        AsyncClient(base_url=service.address, timeout=60) as client,
    ):
        await service.becomes(understanding="compiled")
        yield TwoDoors(service, WhatsAppPhone(client, meta), XPhone(client, provider), lina)


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncIterator[TwoDoors]:
    """She has written nowhere yet."""
    async with two_doors(tmp_path) as opened:
        yield opened


async def a_code(phone: Phone) -> str:
    """She asks for one there."""
    await phone.says("/gabung")
    shown = await phone.hears("Di aplikasi lain itu ketik: gabung ")
    assert "Petugas tidak pernah memintanya." in shown
    return CODE.findall(shown)[0]


async def a_report(phone: Phone, story: str = STORY) -> str:
    """She reports it there; returns its number."""
    await phone.says(story)
    await phone.hears("Laporan Anda")
    await phone.presses("Kirim")
    return TICKET.findall(await phone.hears("Nomor tiket Anda: "))[0]


async def asks_to_join(doors: TwoDoors) -> None:
    """WhatsApp shows a code, which is typed in X; a number that is the same in both tells her what belongs together."""
    code = await a_code(doors.whatsapp)
    await doors.x.says(f"gabung {code}")
    typed = await doors.x.hears("Sebelum disetujui, tidak ada yang digabung.")
    asked = await doors.whatsapp.hears("Kode Anda baru saja diketik di X")
    assert NUMBER.findall(typed) == NUMBER.findall(asked) != []
    await doors.x.says("/laporanku")
    await doors.x.hears(NONE_HERE)


async def test_two_doors_are_joined_told_where_she_wrote_last_and_parted(doors: TwoDoors) -> None:
    whatsapp, x, lina = doors.whatsapp, doors.x, doors.lina
    ticket = await a_report(whatsapp)

    await asks_to_join(doors)
    await whatsapp.presses("Jangan gabungkan")
    await whatsapp.hears("Baik, tidak ada yang digabung.")
    await x.hears("Penggabungan tidak disetujui.")
    await asks_to_join(doors)
    await whatsapp.presses("Ya, gabungkan")
    await whatsapp.hears("Sudah digabung dengan percakapan di X.")
    await x.hears("Sudah digabung dengan percakapan di WhatsApp.")
    await x.says("/laporanku")
    assert "Digabung dengan: WhatsApp" in await x.hears(ticket)

    await lina.does(ticket, "accept")
    await lina.does(ticket, "ask", "Tiang nomor berapa yang mati?")
    await x.hears("Tiang nomor berapa yang mati?")
    await doors.is_quiet()
    assert whatsapp.unread() == ""

    await whatsapp.says("tiang nomor tujuh")
    await whatsapp.hears("Tiang nomor berapa yang mati?")
    await whatsapp.presses(f"Jawaban untuk {ticket}")
    await whatsapp.hears("sudah kami teruskan")
    await doors.is_quiet()
    before = x.unread()
    await lina.does(ticket, "note", "Lampu di tiang nomor tujuh diganti besok pagi.")
    await whatsapp.hears("Lampu di tiang nomor tujuh diganti besok pagi.")
    await doors.is_quiet()
    assert x.unread() == before

    await x.says("pisahkan")
    await x.hears("Sudah dipisahkan dari: WhatsApp")
    await whatsapp.hears("Percakapan ini sudah dipisahkan dari: X")
    await x.says("/laporanku")
    await x.hears(NONE_HERE)
    await whatsapp.says("/laporanku")
    assert "Digabung" not in await whatsapp.hears(ticket)
