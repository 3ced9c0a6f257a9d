"""A citizen who writes by X, and one who has filed a report there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.talks.acts import Presses, Says
from tests.talks.talk_file import Settings
from tests.talks.world import World
from tests.talks.x import XStage

STORY = "lampu jalan di petung mati sudah seminggu"


@asynccontextmanager
async def a_stage(**how: Any) -> AsyncIterator[XStage]:
    """Nobody has written yet."""
    stage = XStage(World(Settings()), **how)
    await stage.opens()
    try:
        yield stage
    finally:
        await stage.closes()


@asynccontextmanager
async def a_filed_report(**how: Any) -> AsyncIterator[XStage]:
    """Siti has sent one."""
    async with a_stage(**how) as stage:
        await stage.plays([Says(STORY)])
        await stage.plays([Presses("Kirim")])
        yield stage
