"""Supervised servers in small workshops, and what tests want to know of them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.understanding.rasa.preparation import PreparationNews, PreparationStage
from bot.understanding.rasa.server import RasaServer
from bot.understanding.rasa.server_child import ServerTimeouts
from tests.patience import PATIENCE_SECONDS
from tests.unit.understanding_rasa.workshops import AWorkshop

PATIENCE = ServerTimeouts(
    start=20, between_checks=0.05, check=10, first_pause=0.05, longest_pause=0.1, prepare_again=0.05, other=0.05
)
NEVER_AGAIN = ServerTimeouts(first_pause=3600, longest_pause=3600, prepare_again=3600)
FIRST_WORDS = ["lampu jalan mati"]


class News:
    """What the server tells, in order."""

    def __init__(self) -> None:
        self.steps: list[PreparationNews] = []
        self._unread: asyncio.Queue[PreparationNews] = asyncio.Queue()

    def __call__(self, step: PreparationNews) -> None:
        self.steps.append(step)
        self._unread.put_nowait(step)

    async def until(self, stage: PreparationStage) -> PreparationNews:
        """Wait for a stage that was not waited for before."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (step := await self._unread.get()).stage != stage:
                pass
        return step

    @property
    def stages(self) -> list[PreparationStage]:
        return [step.stage for step in self.steps]


@asynccontextmanager
async def a_server(
    rasa_environment: AWorkshop, patience: ServerTimeouts = PATIENCE, token: str | None = None
) -> AsyncIterator[tuple[RasaServer, News]]:
    news = News()
    async with RasaServer(
        rasa_environment.folders, news, token=token, environ=rasa_environment.environ, patience=patience
    ) as server:
        yield server, news


async def intents(server: RasaServer) -> list[str]:
    reader = await asyncio.wait_for(server.first_reader(), PATIENCE_SECONDS)
    return [reading.intent.name for reading in await reader.understand(FIRST_WORDS)]


def life(rasa_environment: AWorkshop) -> asyncio.Future[str]:
    """Done when the next server that is started is dead, however it died: nobody holds its end of the pipe."""
    pipe = rasa_environment.folders.program / "alive"
    os.mkfifo(pipe)
    return asyncio.ensure_future(asyncio.to_thread(pipe.read_text))
