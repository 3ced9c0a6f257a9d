"""Has the service's own commands run as children: whatever they need of processor and memory is not the chat's."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import Coroutine
from dataclasses import dataclass, field

from actions.store.training.trainings import SqlTrainings, TrainingState
from bot.configuration.secrets_in_files import hand_on, without_secrets
from bot.configuration.settings import Settings
from bot.shipped import PROGRAM
from bot.training.models.model_context import ModelContext
from bot.training.models.serving import PromotedModel
from bot.training.models.training import Doing
from bot.understanding.rasa import child_process

COMPARING_SECONDS = 180.0


@dataclass(slots=True)
class Commands:
    """Starts `lapor nlu …` with the settings of this service.

    Attributes:
        served: the model that answers in this process.
        failed: models whose last comparison, begun here, came to nothing.
    """

    settings: Settings
    bench: ModelContext
    served: PromotedModel | None = None
    failed: set[int] = field(default_factory=set)
    _waiting: set[asyncio.Task[None]] = field(default_factory=set)
    _being_compared: set[int] = field(default_factory=set)
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
        self._do_behind(self._wait(process, number))
        return number

    async def begin_comparing(self, model: int, who: str) -> None:
        """Compare a model with the one in service, in the background; what is found stands in the registry."""
        if model not in self._being_compared:
            self._being_compared.add(model)
            self.failed.discard(model)
            self._do_behind(self._compare(model, who))

    async def compare(self, model: int, who: str) -> bool:
        """Compare a model with the one in service; whether that went well.

        Raises:
            OSError: no process can be started.
            TimeoutError: it took too long, and was ended.
        """
        process = await self._start("nlu", "compare", str(model), "--for", who)
        try:
            async with asyncio.timeout(COMPARING_SECONDS):
                return await process.wait() == 0
        finally:
            if process.returncode is None:
                await child_process.end(process)

    async def close(self) -> None:
        """Ends the commands that are still running."""
        for waiting in self._waiting:
            waiting.cancel()
        if self._waiting:
            await asyncio.wait(self._waiting)

    def _do_behind(self, work: Coroutine[None, None, None]) -> None:
        waiting = asyncio.create_task(work)
        self._waiting.add(waiting)
        waiting.add_done_callback(self._waiting.discard)

    async def _compare(self, model: int, who: str) -> None:
        try:
            async with self._comparing:  # one after the other: each takes a processor
                went_well = await self.compare(model, who)
        except (OSError, TimeoutError):
            went_well = False
        finally:
            self._being_compared.discard(model)
        if not went_well:
            self.failed.add(model)

    async def _start(self, *words: str) -> Process:
        command = [sys.executable, "-m", "bot", *words]
        return await child_process.start(command, environment_of(self.settings), self.bench.folders.log)

    async def _wait(self, process: Process, number: int) -> None:
        """A training whose process has ended without a word has failed."""
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                await child_process.end(process)
            async with self.bench.database.writing() as connection:
                trainings = SqlTrainings(connection)
                training = await trainings.by_id(number)
                if training and training.state is TrainingState.RUNNING:
                    await trainings.end(number, self.bench.clock(), TrainingState.LOST, training.doing)


def environment_of(settings: Settings) -> dict[str, str]:
    """Our environment without secrets, with where this service's data lie: `.env` may say something else by now.

    The key and the database's address, which may hold a password, stand in files that the environment names.
    """
    given = settings.secret_key.get_secret_value() if settings.secret_key else None
    own = {
        "LAPOR_DATA_DIR": str(settings.data_dir),
        "LAPOR_CONFIG_DIR": str(settings.config_dir),
        "PYTHONPATH": str(PROGRAM),
    }
    secrets = {"database_url": settings.database_url, **({"secret_key": given} if given else {})}
    kept = {name: value for name, value in without_secrets().items() if name != "LAPOR_DATABASE_URL"}
    return {**kept, **own, **hand_on(settings.data_dir / "handed-on", secrets)}
