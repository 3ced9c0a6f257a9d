"""The registry of language models: what there is, what is in service, and what was done. `about` is opaque here."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, RowId, metadata

models = Table(
    "models",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("file", String(80), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("made_from", String(64), nullable=False),
    Column("data_hash", String(64), nullable=False),
    Column("about", Text, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("who", String(120), nullable=False),
)

model_comparisons = Table(
    "model_comparisons",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("candidate", RowId, ForeignKey("models.id"), nullable=False),
    Column("former", RowId, ForeignKey("models.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("who", String(120), nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("document", Text, nullable=False),
)
Index("model_comparisons_of", model_comparisons.c.candidate, model_comparisons.c.id)

model_service = Table(
    "model_service",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("model", RowId, ForeignKey("models.id"), nullable=False),
    Column("former", RowId, ForeignKey("models.id")),
    Column("shadow", RowId, ForeignKey("models.id")),
)

model_changes = Table(
    "model_changes",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("what", String(16), nullable=False),
    Column("model", RowId, ForeignKey("models.id"), nullable=False),
    Column("former", RowId, ForeignKey("models.id")),
    Column("at", Moment, nullable=False),
    Column("who", String(120), nullable=False),
    Column("despite", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

model_processes = Table(
    "model_processes",
    metadata,
    Column("process", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("refusal", Text, nullable=False),
)


ONLY = 1
"""The one row of what is in service."""


class PromotionConflict(Exception):
    """Somebody else has put another model into service a moment ago."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that was made.

    Attributes:
        file: its name in the models' folder; that of the baseline is "baseline".
        sha256: of the file.
        made_from: fingerprint of data, configuration and code.
        data_hash: of the data alone.
        about: what else is known: configuration, examples, thresholds.
        bytes: of the file.
        who: who had it made.
    """

    id: int
    file: str
    sha256: str
    made_from: str
    data_hash: str
    about: Mapping[str, object]
    bytes: int
    made_at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class InService:
    """What answers, by the numbers of the models; `version` grows with every change, and is 0 before the first."""

    version: int = 0
    model: int | None = None
    former: int | None = None
    shadow: int | None = None


@dataclass(frozen=True, slots=True)
class ModelChange:
    """What was put into service, in whose place, by whom and why.

    Attributes:
        what: promoted, rolled_back, shadow_on or shadow_off.
        despite: what the gate objected to, where it was overruled.
        reason: of whoever overruled it.
    """

    version: int
    what: str
    model: int
    former: int | None
    at: datetime
    who: str
    despite: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as it was kept; `document` is opaque here."""

    id: int
    candidate: int
    former: int
    at: datetime
    who: str
    passed: bool
    document: str


@dataclass(frozen=True, slots=True)
class Process:
    """A process that answers citizens: which version it uses, and why it does not use the newest."""

    process: str
    version: int
    seen_at: datetime
    refusal: str


@dataclass(frozen=True, slots=True)
class SqlModels:
    """The registry within the transaction of this connection."""

    connection: AsyncConnection

    async def add(self, model: Model) -> Model:
        """Keep a model (its `id` does not count); one of the same file that is known already is given back."""
        known = await self.by_file(model.file)
        if known and known.sha256 == model.sha256:
            return known
        row = {
            "file": model.file,
            "sha256": model.sha256,
            "made_from": model.made_from,
            "data_hash": model.data_hash,
            "about": json.dumps(model.about, ensure_ascii=False),
            "bytes": model.bytes,
            "made_at": model.made_at,
            "who": model.who,
        }
        if known:  # the file was written anew: a baseline of another version, or trained with another Rasa
            await self.connection.execute(update(models).where(models.c.id == known.id).values(row))
        else:
            await self.connection.execute(insert(models), [row])
        added = await self.by_file(model.file)
        if added is None:
            raise LookupError(model.file)
        return added

    async def by_file(self, file: str) -> Model | None:
        """Returns the model in this file, or None."""
        return await self._one(models.c.file == file)

    async def by_id(self, number: int) -> Model | None:
        """Returns the model with this number, or None."""
        return await self._one(models.c.id == number)

    async def newest(self, most: int = 50) -> list[Model]:
        """The models that were made last, the newest first."""
        rows = await self.connection.execute(select(models).order_by(models.c.id.desc()).limit(most))
        return [_model(row) for row in rows]

    async def in_service(self) -> InService:
        """What answers now; nothing was chosen before the first promotion."""
        wanted = select(model_service.c.version, model_service.c.model, model_service.c.former, model_service.c.shadow)
        row = (await self.connection.execute(wanted)).one_or_none()
        return InService(*row) if row else InService()

    async def change(self, now: InService, change: ModelChange) -> None:
        """Put into service what `now` says, as version `now.version`, and keep what was done.

        Raises:
            ChangedMeanwhile: this version, or a later one, is there already.
        """
        values = {"version": now.version, "model": now.model, "former": now.former, "shadow": now.shadow}
        earlier = (
            update(model_service)
            .where(model_service.c.id == ONLY, model_service.c.version == now.version - 1)
            .values(values)
        )
        if (await self.connection.execute(earlier)).rowcount == 0:
            if (await self.in_service()).version != now.version - 1:
                raise PromotionConflict
            await self.connection.execute(insert(model_service), [{"id": ONLY, **values}])
        row = {name: getattr(change, name) for name in ModelChange.__slots__}
        await self.connection.execute(insert(model_changes), [row])

    async def history(self, most: int = 100) -> list[ModelChange]:
        """Returns the changes of the model in service, the newest first."""
        rows = await self.connection.execute(select(model_changes).order_by(model_changes.c.version.desc()).limit(most))
        return [
            ModelChange(row.version, row.what, row.model, row.former, row.at, row.who, row.despite, row.reason)
            for row in rows
        ]

    async def keep_comparison(self, found: Compared) -> None:
        """Keep a comparison (its `id` does not count)."""
        row = {name: getattr(found, name) for name in Compared.__slots__ if name != "id"}
        await self.connection.execute(insert(model_comparisons), [row])

    async def last_comparison(self, candidate: int, former: int | None = None) -> Compared | None:
        """The last one of this candidate, with this former model or with any."""
        wanted = select(model_comparisons).where(model_comparisons.c.candidate == candidate)
        if former is not None:
            wanted = wanted.where(model_comparisons.c.former == former)
        row = (await self.connection.execute(wanted.order_by(model_comparisons.c.id.desc()).limit(1))).one_or_none()
        return Compared(*row) if row else None

    async def last_comparisons(self, candidates: Collection[int]) -> list[Compared]:
        """The last one of each of these candidates that was compared at all."""
        last = select(func.max(model_comparisons.c.id)).where(model_comparisons.c.candidate.in_(candidates))
        wanted = select(model_comparisons).where(
            model_comparisons.c.id.in_(last.group_by(model_comparisons.c.candidate))
        )
        return [Compared(*row) for row in await self.connection.execute(wanted)]

    async def tell_process(self, process: Process) -> None:
        """Stores which version of the models a process uses now."""
        values = {"version": process.version, "seen_at": process.seen_at, "refusal": process.refusal}
        new = insert_into(self.connection, model_processes).values(process=process.process, **values)
        await self.connection.execute(new.on_conflict_do_update(index_elements=["process"], set_=values))

    async def living(self, since: datetime) -> list[Process]:
        """The processes that were seen since then."""
        wanted = select(model_processes).where(model_processes.c.seen_at >= since).order_by(model_processes.c.process)
        return [Process(*row) for row in await self.connection.execute(wanted)]

    async def _one(self, condition: ColumnElement[bool]) -> Model | None:
        row = (await self.connection.execute(select(models).where(condition))).one_or_none()
        return _model(row) if row else None


def _model(row: Row[tuple[object, ...]]) -> Model:
    return Model(
        row.id,
        row.file,
        row.sha256,
        row.made_from,
        row.data_hash,
        json.loads(row.about),
        row.bytes,
        row.made_at,
        row.who,
    )
