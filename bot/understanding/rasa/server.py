"""Keeps the language model served: prepares it, runs its server as a child, starts it again when it fails.

There is one server a data folder. Whoever finds another's there (`lapor chat` beside `lapor start`) uses that
one, and takes over when it is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from types import TracebackType
from typing import Self

import stamina

from bot.understanding.fallback_breaker import PROBE_TEXT
from bot.understanding.port import CannotUnderstand, UnderstandingState
from bot.understanding.rasa.client import RasaUnderstanding
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import ModelFolders, TrainedModel
from bot.understanding.rasa.preparation import PreparationNews, PreparationStage, Progress, prepare
from bot.understanding.rasa.server_address import ServerAddress, answering, held_lock, published, write_token
from bot.understanding.rasa.server_child import NotServing, ServerTimeouts, serving, until_it_fails, until_silent

_PATIENCE = ServerTimeouts()


class RasaServer:
    """A `LanguageModel` of our own, for one event loop; `start` and `stop`, or `async with`, frame its life."""

    def __init__(
        self,
        folders: ModelFolders,
        progress: Progress,
        *,
        token: str | None = None,
        known_categories: frozenset[str] | None = None,
        environ: Mapping[str, str] = os.environ,
        patience: ServerTimeouts = _PATIENCE,
        fixed: TrainedModel | None = None,
    ) -> None:
        """Nothing is started yet.

        Args:
            folders: where program, data and models lie; absolute.
            progress: told of each step, in the event loop; must be quick and must not raise.
            token: of the server, `LAPOR_NLU_TOKEN`; None: one is made.
            known_categories: the regency's; the model's others are passed over. None: all are taken.
            environ: our environment, in which uv is found.
            patience: how long is waited for what.
            fixed: the model that is served; None: that of today's data, trained where that is due.
        """
        self._fixed = fixed
        self._folders = folders
        self._progress = progress
        self._token = token or secrets.token_urlsafe(32)
        self._known_categories = known_categories
        self._environ = environ
        self._patience = patience
        self._reader: RasaUnderstanding | None = None
        self._state = UnderstandingState.STARTING
        self._failure = ""
        self._settled = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    @property
    def reader(self) -> RasaUnderstanding | None:
        """What can be asked now; None while there is nothing."""
        return self._reader

    @property
    def state(self) -> UnderstandingState:
        """`rasa` while it is served, `starting` while prepared or loaded, `down` between two attempts."""
        return self._state

    async def start(self) -> None:
        """Begin, in the background, to prepare, serve and keep it served."""
        self._keeping = asyncio.create_task(self._keep_served(), name="language-model")

    async def stop(self) -> None:
        """End it, within 3 s, with all its processes."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait([self._keeping])

    async def first_reader(self) -> RasaUnderstanding:
        """Wait until it is served for the first time (on a fresh machine that takes minutes).

        Raises:
            PreparationFailed: the first attempt failed; one sentence says why.
        """
        await self._settled.wait()
        if self._reader is None:
            raise PreparationFailed(self._failure)
        return self._reader

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        await self.stop()

    async def _keep_served(self) -> None:
        """One life after the other; growing pauses after short ones and failures, none after a good one."""
        while True:
            async for attempt in stamina.retry_context(
                on=self._pause_after,
                attempts=None,
                timeout=None,
                wait_initial=self._patience.first_pause,
                wait_max=self._patience.longest_pause,
                wait_jitter=self._patience.first_pause / 4,
            ):
                with attempt:
                    await self._one_life()

    def _pause_after(self, error: BaseException) -> bool | float:
        """Whether to try again, or after how long: a preparation may take minutes of both processors each time."""
        if isinstance(error, PreparationFailed):
            return self._patience.prepare_again
        return isinstance(error, Exception)

    async def _one_life(self) -> None:
        self._state = UnderstandingState.STARTING
        try:
            address = await answering(self._folders.address)
            if address is not None:
                await self._share(address)
                return
            with held_lock(self._folders.lock) as ours:
                await (self._serve() if ours else asyncio.sleep(self._patience.other))
        except Exception as error:
            self._fail(error)
            raise

    async def _share(self, address: ServerAddress) -> None:
        """Use another process's server, until it does not answer any more."""
        async with self._checker(address) as checker, self._offered(address):
            await until_silent(checker, self._patience.between_checks)

    async def _serve(self) -> None:
        """Prepare the model, serve it, and watch over it until it fails.

        Raises:
            PreparationFailed: there is nothing to serve.
            NotServing: it failed before it had a good life.
        """
        rasa_environment = RasaEnvironment.open(self._folders, self._environ)
        model = self._fixed or await prepare(rasa_environment, self._progress)
        self._progress(PreparationNews(PreparationStage.LOADING))
        token = write_token(self._token, self._folders.address)
        words = ("--model", str(model.archive), "--port", "0", "--token-file", str(token))
        command, environment = rasa_environment.python("serve.py", *words), rasa_environment.environment
        async with serving(command, environment, self._folders.log, self._patience.start) as (port, process):
            address = ServerAddress(port, self._token, os.getpid(), model.threshold_sure)
            with published(address, self._folders.address):
                async with self._checker(address) as checker, self._offered(address):
                    began = time.monotonic()
                    why = await until_it_fails(process, checker, self._patience.between_checks)
        if time.monotonic() - began < self._patience.good_life:
            raise NotServing(why)

    def _checker(self, address: ServerAddress) -> RasaUnderstanding:
        return address.understanding(patience_seconds=self._patience.check)

    @contextlib.asynccontextmanager
    async def _offered(self, address: ServerAddress) -> AsyncIterator[None]:
        """The server can be asked as long as the block lasts; it has answered once before."""
        async with address.understanding(self._known_categories) as reader:
            await reader.understand([PROBE_TEXT])
            self._reader, self._state = reader, reader.state
            self._settled.set()
            self._progress(PreparationNews(PreparationStage.READY))
            try:
                yield
            finally:
                self._reader, self._state = None, UnderstandingState.DOWN

    def _fail(self, error: Exception) -> None:
        """Tell what went wrong; an unforeseen error by its kind alone."""
        words = str(error) if isinstance(error, NotServing | CannotUnderstand) else type(error).__name__
        said = f"The language model cannot be served: {words} (see {self._folders.log})."
        self._failure = str(error) if isinstance(error, PreparationFailed) else said
        self._state = UnderstandingState.DOWN
        self._settled.set()
        self._progress(PreparationNews(PreparationStage.FAILED, self._failure))
