"""Imports at work behind the pages: one at a time, seen while they run, and taken up again after they were ended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions.people.people import Person
from bot.observability.faults import place_of
from bot.training.corpus.folder import NotSaved
from bot.training.corpus.rows import UnreadableImport
from bot.training.samples.import_check import ImportCheck
from bot.training.samples.imports import Import, Importer
from bot.training.samples.labelling_service import LabellingService
from bot.understanding.evaluation.evaluation import LabelledText

log = structlog.get_logger()

type Work = Callable[[Import, Person], Awaitable[None]]
"""Carries an import out for somebody, here or in a process of its own."""
type Look = Callable[[Sequence[LabelledText]], Awaitable[ImportCheck]]
"""Has the model in service read the rows of an import."""


@dataclass(slots=True)
class ImportJobs:
    """Runs imports in the background, one after the other."""

    importer: Importer
    work: Work
    _running: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def start(self, begun: Import, person: Person) -> None:
        """Starts an import, or resumes one that was interrupted."""
        if not self.is_running(begun.id):
            self._running[begun.id] = asyncio.create_task(self._run(begun, person))

    def is_running(self, number: str) -> bool:
        """Whether it is at work now, or waits for another."""
        task = self._running.get(number)
        return task is not None and not task.done()

    async def settle(self) -> None:
        """Wait until nothing runs."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _run(self, begun: Import, person: Person) -> None:
        async with self._turn:
            try:
                await self.work(begun, person)
            except OSError as error:
                log.error("import_ended", error=type(error).__name__, where=place_of(error))


@dataclass(frozen=True, slots=True)
class ImportWork:
    """Carries imports out in this process; why one ended is kept with it, and it can be taken up again.

    Attributes:
        look: what the model in service makes of the rows; None where it is not asked.
    """

    importer: Importer
    labelling_service: LabellingService
    look: Look | None = None

    async def __call__(self, begun: Import, person: Person) -> None:
        """Read all rows, and save what was accepted."""
        why = ""
        try:
            await self._carry_out(begun, person)
        except UnreadableImport as error:
            why = str(error)
        except NotSaved as error:
            faults = error.preview.faults
            why = error.preview.refused or (str(faults[0].place) if faults else str(error))
        except (OSError, ValueError, SQLAlchemyError) as error:
            log.error("import_ended", error=type(error).__name__, where=place_of(error))
            why = type(error).__name__
        if why:
            await asyncio.to_thread(self.importer.note_failure, begun.id, why)

    async def _carry_out(self, begun: Import, person: Person) -> None:
        steps = self.importer.steps(begun)
        while step := await asyncio.to_thread(next, steps, None):
            begun = step
        if begun.accepted and self.look and not begun.accepted_by:
            check = await self.look(await asyncio.to_thread(self.importer.labelled, begun))
            if check.stands_out:
                await asyncio.to_thread(self.importer.wait, begun, check)
                return
        if begun.accepted:
            change = await asyncio.to_thread(self.importer.change, begun, self.labelling_service.clock())
            await self.labelling_service.change(person, "import", change)
        await asyncio.to_thread(self.importer.finish, begun)
