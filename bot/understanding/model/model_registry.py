"""Holds the compiled model in use: the newest one trained here, else the baseline; and takes a newer one at once.

A file that is not to be trusted is never loaded: that is told in a sentence, and the next best is used.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self
from weakref import WeakValueDictionary

import structlog

from bot.observability.supervision import keep_running
from bot.understanding.model import baseline as compiled_baseline
from bot.understanding.model.compiled_model import CompiledModel, CompiledUnderstanding
from bot.understanding.model.model_file import UnusableModel, read_known, read_signed
from bot.understanding.port import UnderstandingState
from bot.understanding.rasa.model_files import ModelFolders, compiled_models

log = structlog.get_logger()
_LOOK_EVERY_SECONDS = 3.0
BASELINE = "the one that came with this version"

Seen = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class ModelUpdate:
    """What the shelf has to tell. `refused`: a sentence on a file that was not loaded; else what is used now."""

    words: str
    refused: bool = False


_IN_USE: Final = WeakValueDictionary[tuple[Path, str], CompiledModel]()
_READING: Final = Lock()


def baseline_model(file: Path, sha256: str) -> CompiledModel:
    """The model of this file: once in memory however many ask for it, and only while one of them has it.

    Raises:
        UnusableModel: the file cannot be read, is another one, or makes no sense.
    """
    with _READING:
        model = _IN_USE.get((file, sha256))
        if model is None:
            model = _IN_USE[file, sha256] = CompiledModel.of(read_known(file, sha256))
        return model


class CompiledModelCache:
    """A `LanguageModel` in this process; `async with` reads it and watches for a newer one."""

    def __init__(
        self,
        folders: ModelFolders,
        key: bytes,
        tell: Callable[[ModelUpdate], None],
        *,
        known_categories: frozenset[str] | None = None,
        baseline_sha256: str = compiled_baseline.SHA256,
    ) -> None:
        """Read nothing yet.

        Args:
            folders: where models lie.
            key: the installation's secret, which signs them.
            tell: told what is used, and what is refused; must be quick and must not raise.
            known_categories: the regency's; a model's others are passed over. None: all are taken.
            baseline_sha256: of the model that came with this version.
        """
        self._folders = folders
        self._key = key
        self._tell = tell
        self._known = known_categories
        self._baseline_sha256 = baseline_sha256
        self._reader: CompiledUnderstanding | None = None
        self._used = ""
        self._seen: Seen | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def reader(self) -> CompiledUnderstanding | None:
        """What can be asked; None when not even the baseline could be loaded."""
        return self._reader

    @property
    def state(self) -> UnderstandingState:
        """`down`: asked for only while there is no reader."""
        return UnderstandingState.DOWN

    def look(self) -> None:
        """Load the best model there is, if any file has changed since the last time. Takes up to 0.2 s."""
        files = compiled_models(self._folders)
        seen = tuple((file.name, status.st_mtime_ns, status.st_size) for file, status in files)
        if seen == self._seen:
            return
        self._seen = seen
        for file, _ in files:
            if self._use(file.name, partial(_signed_model, file, self._key)):
                return
        baseline = compiled_baseline.baseline_file(self._folders.project)
        self._use(BASELINE, partial(baseline_model, baseline, self._baseline_sha256))

    async def __aenter__(self) -> Self:
        """Read the model, and watch for a newer one."""
        await asyncio.to_thread(self.look)
        self._watching = asyncio.create_task(keep_running(self._watch), name="model-shelf")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops watching the folder of models."""
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching

    def _use(self, name: str, read: Callable[[], CompiledModel]) -> bool:
        """Load a model and use it from now on; whether that went well."""
        try:
            model = read()
        except UnusableModel as refusal:
            mend = "git brings back the right one" if name == BASELINE else "./lapor nlu export writes it anew"
            self._tell(ModelUpdate(f"{refusal}; {mend}.", refused=True))
            return False
        self._reader = CompiledUnderstanding(model, self._known)
        if name != self._used:
            self._tell(ModelUpdate(name))
        self._used = name
        return True

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            try:
                await asyncio.to_thread(self.look)
            except OSError as error:
                log.warning("models_unreadable", reason=error.strerror)


def _signed_model(file: Path, key: bytes) -> CompiledModel:
    return CompiledModel.of(read_signed(file, key))


def usable_by_hand(folders: ModelFolders, key: bytes) -> Path | None:
    """The newest model that lies there without a registry and can be trusted."""
    for file, _ in compiled_models(folders):
        with contextlib.suppress(UnusableModel):
            read_signed(file, key)
            return file
    return None
