"""A talk over the web chat of a service that somebody else started, until a ticket number."""

from __future__ import annotations

import asyncio
import re

from aiohttp import ClientError, ClientSession, CookieJar

from tests.integration.faults.visitor import Visitor

START_SECONDS = 900.0
"""Packages come over a network first, of which nothing is known."""
STORY = "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah 2 minggu"


async def is_ready(address: str) -> None:
    """Wait until it says that it understands."""
    async with asyncio.timeout(START_SECONDS), ClientSession() as session:
        while not await _understands(session, address):
            await asyncio.sleep(0.2)


async def _understands(session: ClientSession, address: str) -> bool:
    try:
        async with session.get(f"{address}/health/ready") as answer:
            return bool((await answer.json()).get("understanding") == "compiled")
    except (ClientError, OSError):
        return False


async def _page_with(visitor: Visitor, wanted: str) -> str:
    async with asyncio.timeout(START_SECONDS):
        while not (found := re.search(wanted, await visitor.reads())):
            await asyncio.sleep(0.2)
        return found[0]


async def files_a_report(address: str) -> str:
    """Tell the chat a story and send it; returns the ticket."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:  # an address without a name
        visitor = Visitor(address, session)
        await visitor.reads()
        await visitor.says(STORY)
        await _page_with(visitor, "Penerangan jalan")
        await visitor.says("kirim")
        return await _page_with(visitor, "LP-[0-9A-Z]{4}-[0-9A-Z]{4}")
