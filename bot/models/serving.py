"""Holds the model that answers citizens: the promoted one, else what lies there; follows the registry within a second.

The former model stays loaded, so that a rollback is a switch. A shadow reads along, and nobody hears what it says.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions.store.models import InService, Model, Process, SqlModels
from bot.models.promotion import tried
from bot.models.shadowing import Shadowed, Tally, keep_tally
from bot.models.workbench import Workbench
from bot.understanding.compiled import CompiledUnderstanding
from bot.understanding.compiled_file import UnusableModel
from bot.understanding.compiled_shelf import CompiledShelf, News
from bot.understanding.port import UnderstandingState

_LOG = structlog.get_logger(__name__)
LOOK_EVERY_SECONDS = 1.0
TELL_EVERY_LOOKS = 20
LOADED_KEPT = 3
"""The model in service, the former one and a shadow or a candidate about to be promoted."""


@dataclass(slots=True)
class Loaded:
    """A model in memory."""

    model: Model
    understanding: CompiledUnderstanding


class PromotedModel:
    """A `LanguageModel` in this process; `async with` reads it and follows what is promoted."""

    def __init__(self, bench: Workbench, shelf: CompiledShelf, *, serves: bool = True) -> None:
        """Read nothing yet.

        Args:
            bench: where models are worked on.
            shelf: what answers as long as nothing was promoted.
            serves: whether citizens are answered here; else it looks once, and tells nobody.
        """
        self.bench = bench
        self._shelf = shelf
        self._serves = serves
        self._now = InService()
        self._loaded: dict[int, Loaded] = {}
        self._reader: CompiledUnderstanding | Shadowed | None = None
        self._refusal = ""
        self._tally = Tally()
        self._turn = asyncio.Lock()
        self._watching: asyncio.Task[None] | None = None
        self._name = f"{socket.gethostname()[:40]}-{os.getpid()}"

    @property
    def reader(self) -> CompiledUnderstanding | Shadowed | None:
        """What can be asked; None when not even the baseline could be loaded."""
        return self._reader or self._shelf.reader

    @property
    def state(self) -> UnderstandingState:
        """`down`: asked for only while there is no reader."""
        return UnderstandingState.DOWN

    async def ready(self, model: Model) -> None:
        """Load a model and try it here, so that promoting it is a switch.

        Raises:
            UnusableModel: it cannot be used.
        """
        await self._load(model)

    async def look(self) -> None:
        """Use what is in service now, if that has changed since the last time.

        Raises:
            SQLAlchemyError, OSError: the database cannot be asked.
        """
        async with self._turn:
            async with self.bench.database.reading() as connection:
                book = SqlModels(connection)
                now = await book.in_service()
                if now == self._now:
                    return
                wanted = [
                    await book.by_id(number) if number else None for number in (now.model, now.former, now.shadow)
                ]
            self._refusal = ""
            await self._use(*wanted)
            self._now = now
        await self._tell()

    async def __aenter__(self) -> Self:
        """Read the model, and follow what is promoted."""
        file = self.bench.database.file
        if file is None or file.exists():  # asking would make it
            try:
                await self.look()
            except (SQLAlchemyError, OSError) as error:  # nobody has brought it to today's schema yet
                _LOG.debug("no_registry", error=type(error).__name__)
        if self._reader is None:
            await self._shelf.__aenter__()
        if self._serves:
            self._watching = asyncio.create_task(self._watch(), name="promoted-model")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Follow no longer."""
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
        await self._shelf.__aexit__(kind, error, trace)

    async def _use(self, model: Model | None, former: Model | None, shadow: Model | None) -> None:
        """Switch; a model that is no use leaves in service what was there, at a start the former one."""
        if model is None:
            return
        served = await self._try_load(model) or (None if self._reader else former and await self._try_load(former))
        shadowing = await self._try_load(shadow) if shadow else None
        if served:
            reads_along = Shadowed(served.understanding, shadowing.understanding, self._tally) if shadowing else None
            self._tally.begin(served.model.id, shadowing.model.id if shadowing else None)
            self._reader = reads_along or served.understanding
            self._shelf.tell(News(served.model.file))
        wanted = {each.id for each in (model, former, shadow) if each}
        self._loaded = {number: loaded for number, loaded in self._loaded.items() if number in wanted}

    async def _try_load(self, model: Model) -> Loaded | None:
        try:
            return await self._load(model)
        except UnusableModel as refusal:
            self._refusal = str(refusal)
            self._shelf.tell(News(f"{refusal}; ./lapor nlu rollback takes the former one back.", refused=True))
            return None

    async def _load(self, model: Model) -> Loaded:
        known = self._loaded.get(model.id)
        if known is None or known.model.sha256 != model.sha256:
            known = Loaded(model, await asyncio.to_thread(tried, self.bench, model))
            while len(self._loaded) > LOADED_KEPT:  # candidates that were tried and never promoted
                self._loaded.pop(next(iter(self._loaded)))
            self._loaded[model.id] = known
        return known

    async def _watch(self) -> None:
        looks = 0
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            looks += 1
            try:
                await self.look()
                await keep_tally(self.bench, self._tally)
                if looks % TELL_EVERY_LOOKS == 1:
                    await self._tell()
            except (SQLAlchemyError, OSError) as error:
                _LOG.warning("registry_not_read", error=type(error).__name__)

    async def _tell(self) -> None:
        """Keep in the registry what this process uses."""
        if not self._serves or not self._now.version:
            return
        telling = Process(self._name, self._now.version, self.bench.clock(), self._refusal)
        async with self.bench.database.writing() as connection:
            await SqlModels(connection).tell_process(telling)
