"""Threat: somebody copies the database's files after she had her data deleted, and finds her in what is left."""

from __future__ import annotations

import asyncio
import html
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.attacks.services import browser
from tests.integration.process.service import Service, start
from tests.integration.process.surroundings import until
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.slow

WORD = "ametisungu"
STORY = f"lampu jalan di depan pasar {WORD} petung mati dua minggu"
BUTTON = re.compile(r'<button[^>]*name="press"[^>]*value="(forget-yes[^"]*)"')


def left_of(folder: Path, *marks: str) -> set[str]:
    """Which of these stand in the bytes of the database or of its log.

    Another process reads them: this one would lose its locks on a file that it closes.
    """
    files = sorted((folder / "var").glob("lapor.db*"))
    written = subprocess.run(["/bin/cat", *files], capture_output=True, check=False).stdout
    return {mark for mark in marks if mark.encode() in written}


async def has_herself_forgotten(citizen: AsyncClient) -> str:
    """She tells her story, asks, and presses yes; returns the name in her browser's cookie."""
    await citizen.get("/")
    visitor = citizen.cookies["lapor_visitor"].partition(".")[0]
    await citizen.post("/chat/messages", data={"text": STORY})
    await shows(citizen, "Laporan Anda.")
    await citizen.post("/chat/messages", data={"text": "hapus data saya"})
    page = await shows(citizen, "Ya, hapus semuanya")
    found = BUTTON.search(page)
    assert found, page
    await citizen.post("/chat/messages", data={"press": html.unescape(found[1])})
    await shows(citizen, "Data Anda sudah dihapus")
    return visitor


async def shows(citizen: AsyncClient, words: str) -> str:
    """Her page, once it has these words."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while words not in (page := (await citizen.get("/")).text):
            await asyncio.sleep(0.1)
    return page


async def test_nothing_is_left_as_soon_as_nobody_reads_also_after_a_stop_and_a_start(tmp_path: Path) -> None:
    service = await start(tmp_path)
    started = [service]
    try:
        await service.becomes()
        with closing(sqlite3.connect(service.database, isolation_level=None)) as reader:
            async with browser(service) as citizen:
                await citizen.get("/")
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM inbox").fetchone()
                visitor = await has_herself_forgotten(citizen)
            assert left_of(tmp_path, WORD, visitor) == {WORD, visitor}
            assert await service.end() == 0
            assert left_of(tmp_path, WORD) == {WORD}
            started.append(await start(tmp_path, port=int(service.address.rpartition(":")[2])))
            await started[-1].becomes()
        await until(lambda: not left_of(tmp_path, WORD, visitor), "nothing of her is left", PATIENCE_SECONDS)
        assert await started[-1].end() == 0
    finally:
        for one in started:
            one.kill_all()


async def test_without_a_reader_nothing_is_left_while_the_service_runs(tmp_path: Path) -> None:
    service: Service = await start(tmp_path)
    try:
        await service.becomes()
        async with browser(service) as citizen:
            visitor = await has_herself_forgotten(citizen)
            await until(lambda: not left_of(tmp_path, WORD, visitor), "nothing of her is left", PATIENCE_SECONDS)
            assert "Data Anda sudah dihapus" in (await citizen.get("/")).text
        assert await service.end() == 0
    finally:
        service.kill_all()
