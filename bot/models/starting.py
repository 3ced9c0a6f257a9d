"""Has the service's own commands run as children: whatever they need of processor and memory is not the chat's."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import Process
from dataclasses import dataclass, field

from actions.store.model_trainings import SqlTrainings, TrainingState
from bot.models.serving import PromotedModel
from bot.models.training import Doing
from bot.models.workbench import Workbench
from bot.settings import HOME, Settings
from bot.understanding import leashed

COMPARING_SECONDS = 180.0


@dataclass(slots=True)
class Commands:
    """Starts `lapor nlu …` with the settings of this service. `served`: the model that answers in this process."""

    settings: Settings
    bench: Workbench
    served: PromotedModel | None = None
    _waiting: set[asyncio.Task[None]] = field(default_factory=set)
    _comparing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def train(self, who: str) -> int:
        """Begin a training in the background; the number of it.

        Raises:
            AlreadyTraining: another runs.
            OSError: no process can be started.
        """
        async with self.bench.database.writing() as connection:
            number = await SqlTrainings(connection).begin(who, self.bench.clock(), Doing.PREPARING)
        process = await self._start("nlu", "train", "--for", who, "--training", str(number))
        waiting = asyncio.create_task(self._wait(process, number))
        self._waiting.add(waiting)
        waiting.add_done_callback(self._waiting.discard)
        return number

    async def compare(self, model: int, who: str) -> bool:
        """Compare a model with the one in service; whether that went well.

        Raises:
            OSError: no process can be started.
        """
        async with self._comparing:  # one after the other: each takes a processor
            process = await self._start("nlu", "compare", str(model), "--for", who)
            try:
                async with asyncio.timeout(COMPARING_SECONDS):
                    return await process.wait() == 0
            except TimeoutError:
                return False
            finally:
                if process.returncode is None:
                    await leashed.end(process)

    async def close(self) -> None:
        """End what was started."""
        for waiting in self._waiting:
            waiting.cancel()
        if self._waiting:
            await asyncio.wait(self._waiting)

    async def _start(self, *words: str) -> Process:
        command = [sys.executable, "-m", "bot", *words]
        return await leashed.start(command, environment_of(self.settings), self.bench.folders.log)

    async def _wait(self, process: Process, number: int) -> None:
        """A training whose process has ended without a word has failed."""
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                await leashed.end(process)
            async with self.bench.database.writing() as connection:
                trainings = SqlTrainings(connection)
                training = await trainings.by_id(number)
                if training and training.state is TrainingState.RUNNING:
                    await trainings.end(number, self.bench.clock(), TrainingState.LOST, training.doing)


def environment_of(settings: Settings) -> dict[str, str]:
    """Our environment, with where this service's data lie: `.env` may say something else by now."""
    given = settings.secret_key.get_secret_value() if settings.secret_key else None
    own = {
        "LAPOR_DATA_DIR": str(settings.data_dir),
        "LAPOR_CONFIG_DIR": str(settings.config_dir),
        "LAPOR_DATABASE_URL": settings.database_url,
        "PYTHONPATH": str(HOME),
        **({"LAPOR_SECRET_KEY": given} if given else {}),
    }
    return {**os.environ, **own}
