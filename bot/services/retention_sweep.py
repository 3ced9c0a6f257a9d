"""Takes away what has been kept long enough, by the rules of `retention.toml`, and writes down how much of what.

It goes some rows at a time, each time in a transaction of its own with its line of the protocol, so that turns come in
between and a sweep that is killed has told of all that went. Two that sweep at once take each row away once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Clock
from actions.privacy.retention import RetainedKind, Retention, RetentionRule
from actions.store.engine.advisory_locks import wait_for_sweep
from actions.store.engine.database import Database, is_away
from actions.store.integrations.webhooks import put_forgotten_letters
from actions.store.privacy.deletion_log import DeletionLogEntry, note
from actions.store.privacy.retention import PARTS, Keys, Sweepable, count_due, due, still_due
from bot.messaging.pruning import Pruner
from bot.observability.faults import place_of
from bot.services.last_traces import LastTraces

log = structlog.get_logger()

KEYS_AT_ONCE, ROWS_AT_ONCE = 20_000, 100
"""How many are looked for at once, and go at once."""
FIRST_SWEEP_AFTER_SECONDS = 30.0
SWEEP_EVERY_SECONDS = 3600.0
OF_CASES = frozenset(
    {RetainedKind.LEFT, RetainedKind.WORDS, RetainedKind.PHOTOS, RetainedKind.REPORTERS, RetainedKind.OFFICER_CARDS}
)
"""Looked for once a day: days are what counts there, and old cases become many."""
PAUSE_SECONDS = 0.05
"""Between two transactions: whoever writes comes in between."""


class KeptInFiles(Protocol):
    """What is kept of people outside the database, in files of the data folder."""

    def count(self, before: datetime) -> int:
        """How much of it is older."""

    def forget(self, before: datetime) -> int:
        """Takes away what is older; returns how much that was."""


@dataclass(slots=True)
class _Line:
    """A kind's line of the protocol, from the first batch on."""

    at: datetime
    kind: RetainedKind
    days: int
    number: int | None = None

    async def add(self, connection: AsyncConnection, rows: int) -> None:
        """Adds rows that were deleted to the count."""
        if rows:
            self.number = await note(
                connection, DeletionLogEntry(self.at, self.kind.value, self.days, rows), self.number
            )


@dataclass(frozen=True, slots=True)
class RetentionSweep:
    """Sweeps every hour; what is kept of cases once a day.

    Attributes:
        shown_from_rows: the channels whose talks are shown from the rows of inbox and outbox.
        in_files: the kinds that are kept outside the database.
    """

    database: Database
    clock: Clock
    retention: Retention
    shown_from_rows: Collection[str]
    in_files: Mapping[RetainedKind, KeptInFiles] = field(default_factory=dict)
    last_traces: LastTraces = field(init=False)

    def __post_init__(self) -> None:
        """Prepares what takes away the last traces of those who were forgotten; its `run` does so all the time."""
        traces = LastTraces(self.database, self.clock, self.shown_from_rows)
        object.__setattr__(self, "last_traces", traces)

    async def run(self) -> None:
        """Sweep until cancelled, but not at once: whoever waited for the start comes first.

        A database that is away is swept the next time.
        """
        looked_on = None
        await asyncio.sleep(FIRST_SWEEP_AFTER_SECONDS)
        while True:
            today = self.clock().date()
            try:
                removed = await self.sweep(frozenset(RetainedKind) - (OF_CASES if looked_on == today else frozenset()))
                looked_on = today
                if total := sum(removed.values()):
                    log.info("swept", removed=total)
            except Exception as error:  # noqa: BLE001 - nothing is lost by what stays
                what = "sweep_waits_for_database" if is_away(error) else "sweep_failed"
                log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(SWEEP_EVERY_SECONDS)

    async def sweep(self, kinds: Collection[RetainedKind] = frozenset(RetainedKind)) -> Mapping[RetainedKind, int]:
        """Take away all that is due of these kinds; returns how much of each."""
        now = self.clock()
        await self.last_traces.finish(now)
        gone = {kind: await self._sweep(kind, now) for kind in RetainedKind if kind in kinds}
        self.last_traces.is_log_empty = False
        await self.last_traces.empty_log()
        return gone

    async def count(self) -> Mapping[RetainedKind, int]:
        """How much of each kind would go now; changes nothing."""
        now = self.clock()
        return {kind: await self._count(kind, now) for kind in RetainedKind}

    async def _sweep(self, kind: RetainedKind, now: datetime) -> int:
        rule = self.retention.rule(kind)
        line = _Line(now, kind, rule.days)
        if kind is RetainedKind.MESSAGES:
            return await self._messages(rule).sweep(line.add)
        before = rule.before(now)
        if before is None:
            return 0
        if kind in self.in_files:
            return await self._forget_files(self.in_files[kind], before, line)
        return sum([await self._part(part, before, line) for part in PARTS[kind]])

    async def _forget_files(self, files: KeptInFiles, before: datetime, line: _Line) -> int:
        gone = await asyncio.to_thread(files.forget, before)
        async with self.database.writing() as connection:
            await line.add(connection, gone)
        return gone

    async def _part(self, part: Sweepable, before: datetime, line: _Line) -> int:
        gone = 0
        while True:
            async with self.database.reading() as connection:
                keys = await due(connection, part, before, KEYS_AT_ONCE)
            went = 0
            for some in batched(keys, ROWS_AT_ONCE):
                went += await self._take(part, before, some, line)
                await asyncio.sleep(PAUSE_SECONDS)
            gone += went
            if not went or len(keys) < KEYS_AT_ONCE:
                return gone

    async def _take(self, part: Sweepable, before: datetime, keys: Keys, line: _Line) -> int:
        async with self.database.writing() as connection:
            if not self.database.is_sqlite:
                await wait_for_sweep(connection)
            found = await still_due(connection, part, before, keys)
            rows = await part.forget(connection, found) if found else 0
            await line.add(connection, rows)
            if part.is_told and line.number is not None and found:
                await put_forgotten_letters(connection, [ticket for (ticket,) in found], line.number, line.at)
        return rows

    async def _count(self, kind: RetainedKind, now: datetime) -> int:
        rule = self.retention.rule(kind)
        if kind is RetainedKind.MESSAGES:
            return await self._messages(rule).count()
        before = rule.before(now)
        if before is None:
            return 0
        if kind in self.in_files:
            return await asyncio.to_thread(self.in_files[kind].count, before)
        async with self.database.reading() as connection:
            return sum([await count_due(connection, part, before) for part in PARTS[kind]])

    def _messages(self, rule: RetentionRule) -> Pruner:
        return Pruner(self.database, self.clock, rule.days, self.shown_from_rows)
