"""Trainings as rows: one runs at a time, whichever process started it, and one that went silent is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, String, Table, Text, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import Moment, RowId, metadata

model_trainings = Table(
    "model_trainings",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("state", String(12), nullable=False),
    Column("who", String(120), nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("beat_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("done", Float, nullable=False),
    Column("doing", String(200), nullable=False),
    Column("log", Text, nullable=False),
    Column("is_cancelled", Boolean, nullable=False),
    Column("model", RowId, ForeignKey("models.id")),
)
Index(
    "model_trainings_one",
    model_trainings.c.state,
    unique=True,
    sqlite_where=text("state = 'running'"),
    postgresql_where=text("state = 'running'"),
)


SILENT_AFTER = timedelta(seconds=60)
"""A training that has not told anything for so long has ended with its process."""


class TrainingState(StrEnum):
    """The state of a training: running, or how it ended."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"


class AlreadyTraining(Exception):
    """Another training runs."""


@dataclass(frozen=True, slots=True)
class Training:
    """A training.

    Attributes:
        done: how far it is, 0 to 1.
        doing: what it does now, or why it failed.
        log: the end of what it said.
        is_cancelled: somebody has asked it to end.
        model: what came of it.
    """

    id: int
    state: TrainingState
    who: str
    began_at: datetime
    beat_at: datetime
    ended_at: datetime | None
    done: float
    doing: str
    log: str
    is_cancelled: bool
    model: int | None


@dataclass(frozen=True, slots=True)
class SqlTrainings:
    """Trainings within the transaction of this connection."""

    connection: AsyncConnection

    async def begin(self, who: str, now: datetime, doing: str) -> int:
        """Begin one; the number of it.

        Raises:
            AlreadyTraining: another runs.
        """
        await self._end_silent(now)
        row = {
            "state": TrainingState.RUNNING.value,
            "who": who,
            "began_at": now,
            "beat_at": now,
            "done": 0.0,
            "doing": doing,
            "log": "",
            "is_cancelled": False,
        }
        try:
            begun = await self.connection.execute(insert(model_trainings).values(row).returning(model_trainings.c.id))
        except IntegrityError:
            raise AlreadyTraining from None
        return int(begun.scalar_one())

    async def tell(self, number: int, now: datetime, done: float, doing: str, log: str) -> bool:
        """Keep how far it is; whether it may go on."""
        told = (
            update(model_trainings)
            .where(model_trainings.c.id == number, model_trainings.c.state == TrainingState.RUNNING.value)
            .values(beat_at=now, done=done, doing=doing, log=log)
            .returning(model_trainings.c.is_cancelled)
        )
        return (await self.connection.execute(told)).scalar_one_or_none() is False

    async def end(self, number: int, now: datetime, state: TrainingState, doing: str, model: int | None = None) -> None:
        """Stores how a training ended."""
        values: dict[str, object] = {
            "state": state.value,
            "ended_at": now,
            "beat_at": now,
            "doing": doing,
            "model": model,
        }
        if state is TrainingState.DONE:
            values["done"] = 1.0
        await self.connection.execute(update(model_trainings).where(model_trainings.c.id == number).values(values))

    async def cancel(self, number: int) -> None:
        """Asks a training to end."""
        await self.connection.execute(
            update(model_trainings).where(model_trainings.c.id == number).values(is_cancelled=True)
        )

    async def by_id(self, number: int) -> Training | None:
        """Returns the training with this number, or None."""
        row = (
            await self.connection.execute(select(model_trainings).where(model_trainings.c.id == number))
        ).one_or_none()
        return Training(row[0], TrainingState(row[1]), *row[2:]) if row else None

    async def newest(self, now: datetime, most: int = 10) -> list[Training]:
        """Those that began last, the newest first; one that went silent is shown as lost."""
        wanted = select(model_trainings).order_by(model_trainings.c.id.desc()).limit(most)
        return [
            Training(row[0], _state(row[1], row[4], now), *row[2:]) for row in await self.connection.execute(wanted)
        ]

    async def _end_silent(self, now: datetime) -> None:
        silent = update(model_trainings).where(
            model_trainings.c.state == TrainingState.RUNNING.value, model_trainings.c.beat_at < now - SILENT_AFTER
        )
        await self.connection.execute(silent.values(state=TrainingState.LOST.value, ended_at=now))


def _state(state: str, beat_at: datetime, now: datetime) -> TrainingState:
    silent = state == TrainingState.RUNNING and beat_at < now - SILENT_AFTER
    return TrainingState.LOST if silent else TrainingState(state)
