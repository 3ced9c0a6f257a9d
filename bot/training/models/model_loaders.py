"""Where a promoted model is loaded: as a file in this process, or as a Rasa server beside the one in service."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from actions.store.training.models import Model
from bot.training.models.evaluation_sets import golden_rows
from bot.training.models.model_context import BASELINE, ModelContext
from bot.training.models.promotion import tried
from bot.understanding.fallback import FixedModel, LanguageModel
from bot.understanding.model.model_file import UnusableModel
from bot.understanding.port import CannotUnderstand
from bot.understanding.rasa.environment import PreparationFailed
from bot.understanding.rasa.model_files import ModelFolders, TrainedModel, description_file, find_model, kept_archive
from bot.understanding.rasa.server import RasaServer


class ModelStore(Protocol):
    """Loads models. `is_slow`: a start does not wait for it."""

    is_slow: bool

    async def load(self, model: Model) -> LanguageModel:
        """A model that has answered all golden phrases once.

        Raises:
            UnusableModel: it is not there, not ours, or does not answer.
        """
        ...

    async def unload(self, loaded: LanguageModel) -> None:
        """Releases a model that is no longer used."""
        ...


@dataclass(slots=True)
class CompiledStore:
    """Loads compiled models into this process."""

    bench: ModelContext
    is_slow: bool = False

    async def load(self, model: Model) -> LanguageModel:
        """As `ModelStore` says it; takes up to 0.3 s of another thread."""
        return FixedModel(await asyncio.to_thread(tried, self.bench, model))

    async def unload(self, loaded: LanguageModel) -> None:
        """Does nothing: a compiled model holds no resources."""
        del loaded


TRIAL_SECONDS: Final = 60.0
"""For one text of the trial: nobody waits for it in a chat, and the server may load beside one that serves."""

Servers = Callable[[ModelFolders, TrainedModel | None], RasaServer]
"""Makes a server of a model, or of today's data where there is none."""


@dataclass(slots=True)
class RasaStore:
    """A Rasa server a model, each a child of this process; half a minute to load, 250 MB of memory."""

    bench: ModelContext
    make: Servers
    is_slow: bool = True

    async def load(self, model: Model) -> LanguageModel:
        """As `ModelStore` says it; the baseline is whatever today's data make."""
        if model.file == BASELINE:
            server = self.make(self.bench.folders, None)
        else:
            trained = await asyncio.to_thread(self._archive, model)
            folders = replace(self.bench.folders, server=f"-{model.made_from[:12]}")
            server = self.make(folders, trained)
        await server.start()
        try:
            rows = golden_rows(self.bench.folders.config_dir, self.bench.known)
            async with (await server.first_reader()).patient(TRIAL_SECONDS) as reader:
                await reader.understand([row.text for row in rows])
        except (PreparationFailed, CannotUnderstand) as error:
            await server.stop()
            raise UnusableModel(f"{model.file} is not served: {error}") from error
        except BaseException:
            await server.stop()
            raise
        return server

    async def unload(self, loaded: LanguageModel) -> None:
        """Stops the model's server."""
        if isinstance(loaded, RasaServer):
            await loaded.stop()

    def _archive(self, model: Model) -> TrainedModel:
        """What Rasa has trained for this model, under a name that outlasts later trainings."""
        trained = find_model(self.bench.folders, model.made_from)
        archive = self.bench.folders.archive_for(model.made_from)
        kept = kept_archive(self.bench.folders, model.made_from)
        if trained is not None:
            for one, other in ((archive, kept), (description_file(archive), description_file(kept))):
                _link(one, other)
        found = find_model(self.bench.folders, model.made_from, kept)
        if found is None:
            raise UnusableModel(f"Rasa's archive of {model.file} is gone; train again")
        return found


def _link(file: Path, other: Path) -> None:
    with contextlib.suppress(FileExistsError):
        os.link(file, other)
