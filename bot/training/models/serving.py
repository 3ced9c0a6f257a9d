"""Holds the model that answers citizens: the promoted one, else what is there; follows the registry within a second.

The former model stays loaded, so that a rollback is a switch; so does the one that was left last, which may still be
asked something. A shadow reads along, and nobody hears what it says.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions.store.engine.database import is_away
from actions.store.training.models import InService, Model, Process, SqlModels
from bot.observability.faults import place_of
from bot.training.models.model_context import BASELINE, ModelContext
from bot.training.models.model_loaders import ModelStore
from bot.training.models.shadowing import Shadowed, Tally, keep_tally
from bot.understanding.fallback import LanguageModel
from bot.understanding.model.model_file import UnusableModel
from bot.understanding.model.model_registry import ModelUpdate
from bot.understanding.port import Understanding, UnderstandingState

log = structlog.get_logger()
LOOK_EVERY_SECONDS = 1.0
TELL_EVERY_LOOKS = 20


class FirstModel(LanguageModel, Protocol):
    """What answers as long as nothing was promoted; `async with` prepares it."""

    async def __aenter__(self) -> Self:
        """Begin."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        ...


@dataclass(slots=True)
class Loaded:
    """A model that can be asked."""

    model: Model
    source: LanguageModel


class PromotedModel:
    """A `LanguageModel` that follows what is promoted, once it is entered."""

    def __init__(
        self,
        bench: ModelContext,
        first: FirstModel,
        store: ModelStore,
        tell: Callable[[ModelUpdate], None],
        *,
        serves: bool,
    ) -> None:
        """Read nothing yet.

        Args:
            bench: where models are worked on.
            first: what answers as long as nothing was promoted.
            store: where promoted models are loaded.
            tell: told what is used, and what is refused; must be quick and must not raise.
            serves: whether citizens are answered here; else it looks once, and tells nobody.
        """
        self.bench = bench
        self.first = first
        self._store = store
        self._tell_of = tell
        self._serves = serves
        self._now = InService()
        self._wanted = set[int]()
        self._loaded: dict[int, Loaded] = {}
        self._served: Loaded | None = None
        self._left: Loaded | None = None
        self._shadowing: Loaded | None = None
        self._shadowed: Shadowed | None = None
        self._has_first = False
        self._refusal = self._refused_before = ""
        self._tally = Tally()
        self._turn, self._loading = asyncio.Lock(), asyncio.Lock()
        self._watching: asyncio.Task[None] | None = None
        self._name = f"{socket.gethostname()[:40]}-{os.getpid()}"

    @property
    def reader(self) -> Understanding | None:
        """What can be asked; None while there is nothing."""
        reader = self._served.source.reader if self._served else self.first.reader
        shadow = self._shadowing.source.reader if self._shadowing else None
        if reader is None or shadow is None:
            return reader
        known = self._shadowed
        if known is None or (known.served, known.shadow) != (reader, shadow):
            self._shadowed = known = Shadowed(reader, shadow, self._tally)
        return known

    @property
    def state(self) -> UnderstandingState:
        """What to say while there is nothing to ask: `starting` or `down`."""
        if self._served is None and self._now.model is not None:
            return UnderstandingState.STARTING
        return self._served.source.state if self._served else self.first.state

    async def ready(self, model: Model) -> None:
        """Load a model and try it here, so that promoting it is a switch.

        Raises:
            UnusableModel: it cannot be used.
        """
        await self._load(model)

    async def look(self, *, again: bool = False) -> None:
        """Use what is in service now, if that has changed since the last time.

        Args:
            again: also try what could not be used then: its file may have come to this machine meanwhile.

        Raises:
            SQLAlchemyError, OSError: the database cannot be asked.
        """
        async with self._turn:
            async with self.bench.database.reading() as connection:
                book = SqlModels(connection)
                now = await book.in_service()
                if now == self._now and not (again and self._refusal):
                    return
                wanted = [
                    await book.by_id(number) if number else None for number in (now.model, now.former, now.shadow)
                ]
            self._refused_before, self._refusal = self._refusal if now == self._now else "", ""
            await self._use(*wanted)
            self._now = now
        await self._tell()

    async def __aenter__(self) -> Self:
        """Read the model, and follow what is promoted. What takes its time to load is not waited for."""
        if not await self._was_promoted():
            await self._enter_first()
        elif not (self._store.is_slow and self._serves):
            await self.look()
            if self._served is None:
                await self._enter_first()
        if self._serves:
            self._watching = asyncio.create_task(self._watch(), name="promoted-model")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Follow no longer, and let go of all models."""
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
        for loaded in self._loaded.values():
            await self._store.unload(loaded.source)
        await self._leave_first()

    async def _enter_first(self) -> None:
        await self.first.__aenter__()
        self._has_first = True

    async def _leave_first(self) -> None:
        if self._has_first:
            self._has_first = False
            await self.first.__aexit__(None, None, None)

    async def _was_promoted(self) -> bool:
        """Whether the registry says what is in service."""
        file = self.bench.database.file
        if file is not None and not file.exists():  # asking would make it
            return False
        try:
            async with self.bench.database.reading() as connection:
                return (await SqlModels(connection).in_service()).version > 0
        except (SQLAlchemyError, OSError) as error:  # nobody has brought it to today's schema yet
            log.debug("no_registry", error=type(error).__name__)
            return False

    async def _use(self, model: Model | None, former: Model | None, shadow: Model | None) -> None:
        """Switch; a model that is no use leaves in service what was there, at a start the former one."""
        if model is None:
            return
        self._wanted = {each.id for each in (model, former, shadow) if each}
        served = await self._try_load(model) or (None if self._served else former and await self._try_load(former))
        self._shadowing = await self._try_load(shadow) if shadow else None
        if served:
            self._tally.begin(served.model.id, self._shadowing.model.id if self._shadowing else None)
            if served is not self._served:
                self._tell_of(ModelUpdate(served.model.file))
                self._left, self._served = self._served, served
        if former:
            with contextlib.suppress(UnusableModel):  # told when it is wanted
                await self._load(former)
        asked = [each.model for each in (self._served, self._left) if each]
        used = [each for each in (model, former, shadow, *asked) if each]
        await self._forget({each.id for each in used})
        if self._served and BASELINE not in {each.file for each in used}:
            await self._leave_first()

    async def _forget(self, wanted: Collection[int]) -> None:
        """Let go of the models that are not wanted any more."""
        for number in [number for number in self._loaded if number not in wanted]:
            await self._store.unload(self._loaded.pop(number).source)

    async def _try_load(self, model: Model) -> Loaded | None:
        try:
            return await self._load(model)
        except UnusableModel as refusal:
            self._refusal = str(refusal)
            if self._refusal != self._refused_before:
                self._tell_of(ModelUpdate(f"{refusal}; ./lapor nlu rollback takes the former one back.", refused=True))
            return None

    async def _load(self, model: Model) -> Loaded:
        """A model, loaded once; whoever also wants it meanwhile waits for the same."""
        async with self._loading:
            known = self._loaded.get(model.id)
            if known and known.model.sha256 == model.sha256:
                return known
            loaded = self._loaded[model.id] = Loaded(model, await self._store.load(model))
            if known:
                await self._store.unload(known.source)
            used = {each.model.id for each in (self._served, self._left, self._shadowing) if each}
            await self._forget({*used, *self._wanted, model.id})  # without candidates that were never promoted
            return loaded

    async def _watch(self) -> None:
        for looks in itertools.count():
            try:
                tells = looks % TELL_EVERY_LOOKS == 0
                await self.look(again=tells and not self._store.is_slow)
                await keep_tally(self.bench, self._tally)
                if tells:
                    await self._tell()
            except Exception as error:  # noqa: BLE001 - the model that is promoted next is still to be followed
                what = "models_wait_for_database" if is_away(error) else "models_not_followed"
                log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _tell(self) -> None:
        """Keep in the registry what this process uses."""
        if not self._serves or not self._now.version:
            return
        telling = Process(self._name, self._now.version, self.bench.clock(), self._refusal)
        async with self.bench.database.writing() as connection:
            await SqlModels(connection).tell_process(telling)
