"""A citizen who has filed a report by WhatsApp."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from actions.regency.prices import Prices
from tests.talks.acts import Presses, Says
from tests.talks.talk_file import Settings
from tests.talks.whatsapp import NO_PRICES, WhatsAppStage
from tests.talks.world import World

STORY = "lampu jalan di petung mati sudah seminggu"
TEMPLATES = ("lapor_laporan_diterima", "lapor_ada_pertanyaan", "lapor_sudah_dijawab", "lapor_laporan_selesai")


@asynccontextmanager
async def a_stage(prices: Prices = NO_PRICES) -> AsyncIterator[WhatsAppStage]:
    """Nobody has written yet; the four templates are approved."""
    stage = WhatsAppStage(World(Settings()), prices)
    stage.provider.templates = {(name, "id"): 1 for name in TEMPLATES}
    await stage.opens()
    try:
        yield stage
    finally:
        await stage.closes()


@asynccontextmanager
async def a_filed_report(prices: Prices = NO_PRICES) -> AsyncIterator[WhatsAppStage]:
    """Siti has sent one."""
    async with a_stage(prices) as stage:
        await stage.plays([Says(STORY)])
        await stage.plays([Presses("Kirim")])
        yield stage
