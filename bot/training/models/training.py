"""Trains a model from a copy of today's data, and takes it into the registry; a row tells how far it is."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from actions.store.training.models import Model, SqlModels
from actions.store.training.trainings import SqlTrainings, TrainingState
from bot.training.models.evaluation_sets import learned_from, write_learned
from bot.training.models.light_training import train_light
from bot.training.models.model_context import ModelContext, data_hash, entry, learned_file
from bot.training.models.training_files import LEARNING, copied, end_of_log, forget_old, learned_share
from bot.understanding.acts.own_training import own_rows
from bot.understanding.model.export import export
from bot.understanding.model.model_file import UnusableModel, read_signed
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import ModelFolders, description_of
from bot.understanding.rasa.preparation import PreparationNews, PreparationStage, fingerprint, prepare

BEAT_SECONDS = 1.0


class Doing:
    """What a training does; pages have words for each."""

    PREPARING = "preparing"
    INSTALLING = "installing"
    LEARNING = "learning"
    COMPILING = "compiling"
    COMPARING = "comparing"
    READY = "ready"
    CANCELLED = "cancelled"
    TOO_LONG = "too-long"


class Cancelled(Exception):
    """Somebody has ended the training."""


Then = Callable[[Model], Awaitable[None]]
"""What is still to be done with the new model, as part of its training."""


@dataclass(slots=True)
class Trainer:
    """Runs one training whose row is already in the database. `light`: without Rasa."""

    bench: ModelContext
    number: int
    light: bool = False
    doing: str = Doing.PREPARING
    done: float = 0.0
    _log_begins: int = field(init=False, default=0)

    async def run(self, who: str, then: Then) -> Model:
        """Train, and do what comes then.

        Args:
            who: who had it made.
            then: what is still to be done with it.

        Raises:
            PreparationFailed: it failed; one sentence says why.
            Cancelled: it was cancelled.
        """
        log = self.bench.folders.log
        self._log_begins = log.stat().st_size if log.exists() else 0
        making = asyncio.create_task(self._make_and_then(who, then))
        beating = asyncio.create_task(self._beat())
        try:
            async with asyncio.timeout(self.bench.gate.training_minutes * 60):
                await asyncio.wait({making, beating}, return_when=asyncio.FIRST_COMPLETED)
            if not making.done():
                await beating
            model = await making
        except TimeoutError:
            await self._end(TrainingState.FAILED, Doing.TOO_LONG)
            raise PreparationFailed(
                f"The training took longer than {self.bench.gate.training_minutes} minutes and was ended."
            ) from None
        except Cancelled:
            await self._end(TrainingState.CANCELLED, Doing.CANCELLED)
            raise
        except BaseException as error:
            await self._end(TrainingState.FAILED, str(error)[:200] or type(error).__name__)
            raise
        else:
            await self._end(TrainingState.DONE, Doing.READY, model.id)
            return model
        finally:
            for task in (making, beating):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await task

    async def _make_and_then(self, who: str, then: Then) -> Model:
        model = await self._make(who)
        self._is_at(Doing.COMPARING, 0.95)
        await then(model)
        return model

    async def _make(self, who: str) -> Model:
        bench = self.bench
        with copied(bench.folders) as folders:
            rasa_environment = RasaEnvironment.open(folders, megabytes=bench.gate.training_megabytes)
            known = await self._known(await fingerprint(folders), folders)
            if known:
                return known
            file, about = await (self._light if self.light else self._with_rasa)(rasa_environment)
            return await self._registered(file, about, folders.training_data(), who)

    async def _with_rasa(self, rasa_environment: RasaEnvironment) -> tuple[Path, dict[str, object]]:
        trained = await prepare(rasa_environment, self._hear)
        self._is_at(Doing.COMPILING, LEARNING[1])
        return await export(rasa_environment, trained, self.bench.key), description_of(trained)

    async def _light(self, rasa_environment: RasaEnvironment) -> tuple[Path, dict[str, object]]:
        self._is_at(Doing.LEARNING, LEARNING[0])
        return await train_light(rasa_environment, self.bench.key)

    async def _known(self, made_from: str, folders: ModelFolders) -> Model | None:
        """The model of just this data, if it was trained before, is still there and holds what messages do."""
        file = self.bench.folders.compiled_for(made_from)
        async with self.bench.database.reading() as connection:
            known = await SqlModels(connection).by_file(file.name)
        if known is None:
            return None
        try:
            read = await asyncio.to_thread(self.bench.read, known)
        except UnusableModel:
            return None
        return None if own_rows(folders) and read.acts is None else known

    async def _registered(self, file: Path, told: dict[str, object], data: list[Path], who: str) -> Model:
        bench = self.bench
        await asyncio.to_thread(write_learned, learned_file(file), await asyncio.to_thread(learned_from, data))
        header = (await asyncio.to_thread(read_signed, file, bench.key)).header
        about: dict[str, object] = {
            **told,
            "configuration": (bench.folders.program / "config.yml").read_text(encoding="utf-8"),
            "threshold_three": header.threshold_three,
        }
        new = entry(
            name=file.name,
            file=file,
            made_from=header.made_from,
            data_hash=await asyncio.to_thread(data_hash, data),
            about=about,
            who=who,
            at=bench.clock(),
        )
        async with bench.database.writing() as connection:
            added = await SqlModels(connection).add(new)
        await forget_old(bench)
        return added

    def _hear(self, step: PreparationNews) -> None:
        if step.stage is PreparationStage.INSTALLING:
            self._is_at(Doing.INSTALLING, 0.02)
        if step.stage is PreparationStage.TRAINING:
            self._is_at(Doing.LEARNING, LEARNING[0])

    def _is_at(self, doing: str, done: float) -> None:
        self.doing, self.done = doing, done

    async def _beat(self) -> None:
        """Tell how far it is, until it is over or somebody ends it.

        Raises:
            Cancelled: somebody does.
        """
        while True:
            log = await asyncio.to_thread(self._log)
            if self.doing == Doing.LEARNING:
                self.done = max(self.done, learned_share(log))
            async with self.bench.database.writing() as connection:
                trainings = SqlTrainings(connection)
                if not await trainings.tell(self.number, self.bench.clock(), self.done, self.doing, log):
                    raise Cancelled
            await asyncio.sleep(BEAT_SECONDS)

    async def _end(self, state: TrainingState, doing: str, model: int | None = None) -> None:
        log = await asyncio.to_thread(self._log)
        async with self.bench.database.writing() as connection:
            trainings = SqlTrainings(connection)
            await trainings.tell(self.number, self.bench.clock(), self.done, doing, log)
            await trainings.end(self.number, self.bench.clock(), state, doing, model)

    def _log(self) -> str:
        """The end of what was said since it began."""
        return end_of_log(self.bench.folders.log, self._log_begins)
