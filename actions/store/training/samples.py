"""Samples in the database: what citizens wrote, what trainers say it is, and what comes next. Opaque labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.case_rows import is_public_row
from actions.store.cases.rerouting import case_reroutes
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, RowId, cases, metadata

sample_labels = Table(
    "sample_labels",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("sample", RowId, ForeignKey("samples.id"), nullable=False),
    Column("who", String(24), nullable=False),
    Column("at", Moment, nullable=False),
    Column("label", Text, nullable=False),
    Column("intent", String(24), nullable=False, server_default=""),
    Column("category", String(48), nullable=False, server_default=""),
    UniqueConstraint("sample", "who"),
)
"""What somebody says a sample is: "person:<id>", "citizen" or "officer". An empty intent is a skip."""
Index("sample_labels_of", sample_labels.c.who, sample_labels.c.id)


samples = Table(
    "samples",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("ticket", String(12), unique=True),
    Column("text", Text, nullable=False),
    Column("kin", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("intent", String(24), nullable=False),
    Column("intent_confidence", Float, nullable=False),
    Column("category", String(48)),
    Column("category_confidence", Float, nullable=False),
    Column("ranking", Text, nullable=False),
    Column("is_sure", Boolean, nullable=False),
    Column("chosen_intent", String(24)),
    Column("chosen_category", String(48)),
    Column("worth", Float, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("wanted", Integer, nullable=False, server_default="1"),
    Column("given", Integer, nullable=False, server_default="0"),
    Column("label", Text, nullable=False, server_default=""),
    Column("decided_by", String(24), nullable=False, server_default=""),
    Column("decided_at", Moment),
    Column("change", RowId),
)
"""What citizens wrote, personal data covered. `kin`: near-equal messages share it. `change`: which saved it."""
Index(
    "samples_open",
    samples.c.worth.desc(),
    samples.c.id.desc(),
    sqlite_where=text("state = 'open'"),
    postgresql_where=text("state = 'open'"),
)
Index("samples_kin", samples.c.kin)
Index("samples_of_month", samples.c.at)
Index("samples_settle", samples.c.id, sqlite_where=text("state = 'settle'"), postgresql_where=text("state = 'settle'"))
Index(
    "samples_unsaved",
    samples.c.decided_at,
    samples.c.id,
    sqlite_where=text("state = 'done' AND change IS NULL"),
    postgresql_where=text("state = 'done' AND change IS NULL"),
)


class State(StrEnum):
    """Where a sample is.

    TWIN: nearly the same as another, which is shown instead. SETTLE: two trainers differ. GONE: it teaches nothing,
    or must not be seen.
    """

    OPEN = "open"
    TWIN = "twin"
    SETTLE = "settle"
    DONE = "done"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of the inbox; `status`, `agency` and `case_category` are where its case ended."""

    id: int
    ticket: str | None
    text: str
    kin: str
    at: datetime
    intent: str
    intent_confidence: float
    category: str | None
    category_confidence: float
    ranking: str
    is_sure: bool
    chosen_intent: str | None
    chosen_category: str | None
    worth: float
    reason: str
    state: str
    wanted: int
    given: int
    label: str
    decided_by: str
    change: int | None
    status: str | None
    agency: str | None
    case_category: str | None


_OWN = (
    "id",
    "ticket",
    "text",
    "kin",
    "at",
    "intent",
    "intent_confidence",
    "category",
    "category_confidence",
    "ranking",
    "is_sure",
    "chosen_intent",
    "chosen_category",
    "worth",
    "reason",
    "state",
    "wanted",
    "given",
    "label",
    "decided_by",
    "change",
)
COLUMNS = (
    *(samples.c[name] for name in _OWN),
    cases.c.status,
    cases.c.agency,
    cases.c.category.label("case_category"),
)
WITH_CASE = samples.outerjoin(cases, cases.c.ticket == samples.c.ticket)
_SAID_BY_HAND = ("corrected", "rerouted")
MAY_BE_SEEN = or_(samples.c.ticket.is_(None), is_public_row())
"""A case that has become secret or sensitive since, or was hidden, is shown to no trainer any more."""


def sample_of(row: Row[tuple[object, ...]]) -> Sample:
    """A row of `COLUMNS` as a sample."""
    return Sample(**row._asdict())


async def add_samples(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Add samples; a case that has one already keeps it."""
    if rows:
        new = insert_into(connection, samples).on_conflict_do_nothing(index_elements=["ticket"])
        await connection.execute(new, rows)


async def by_kin(connection: AsyncConnection, kins: Sequence[str]) -> dict[str, int]:
    """The sample that is shown for each of these kins."""
    shown = select(samples.c.kin, func.min(samples.c.id)).where(samples.c.kin.in_(kins), samples.c.state != State.TWIN)
    return {row[0]: row[1] for row in await connection.execute(shown.group_by(samples.c.kin))}


async def recent_texts(connection: AsyncConnection, most: int) -> list[tuple[str, str]]:
    """Kin and text of the samples that came last."""
    query = select(samples.c.kin, samples.c.text).where(samples.c.state != State.TWIN)
    return [(kin, text) for kin, text in await connection.execute(query.order_by(samples.c.id.desc()).limit(most))]


async def correct(
    connection: AsyncConnection, number: int, intent: str | None, category: str | None, worth: float
) -> None:
    """A near-equal message was corrected by its citizen: the open one that is shown says so from now on."""
    is_open = and_(samples.c.id == number, samples.c.state == State.OPEN, samples.c.chosen_category.is_(None))
    values = {"chosen_intent": intent, "chosen_category": category, "worth": worth, "reason": "corrected"}
    await connection.execute(update(samples).where(is_open).values(**values))


async def twins_of(connection: AsyncConnection, kins: Sequence[str]) -> dict[str, int]:
    """How many messages each kin has."""
    query = select(samples.c.kin, func.count()).where(samples.c.kin.in_(kins)).group_by(samples.c.kin)
    return {row[0]: row[1] for row in await connection.execute(query)}


async def by_id(connection: AsyncConnection, number: int) -> Sample | None:
    """One sample that may be seen; nobody else changes it meanwhile."""
    query = select(*COLUMNS).select_from(WITH_CASE).where(samples.c.id == number, MAY_BE_SEEN)
    row = (await connection.execute(query.with_for_update(of=samples))).one_or_none()
    return sample_of(row) if row else None


async def to_settle(connection: AsyncConnection, most: int, after: int = 0) -> list[Sample]:
    """Returns the samples on which two trainers differ, the oldest first."""
    query = select(*COLUMNS).select_from(WITH_CASE).where(samples.c.state == State.SETTLE, samples.c.id > after)
    return [
        sample_of(row) for row in await connection.execute(query.where(MAY_BE_SEEN).order_by(samples.c.id).limit(most))
    ]


async def unsaved(connection: AsyncConnection, most: int, who: str = "") -> list[Sample]:
    """Those that are decided and not yet in the data, of one person or of all."""
    waits = and_(samples.c.state == State.DONE, samples.c.change.is_(None), MAY_BE_SEEN)
    query = select(*COLUMNS).select_from(WITH_CASE).where(waits).order_by(samples.c.decided_at, samples.c.id)
    if who:
        query = query.where(samples.c.decided_by == who)
    return [sample_of(row) for row in await connection.execute(query.limit(most))]


async def change(connection: AsyncConnection, number: int, **values: object) -> None:
    """Change a sample's own columns."""
    await connection.execute(update(samples).where(samples.c.id == number).values(**values))


async def mark_saved(connection: AsyncConnection, numbers: Sequence[int], change_id: int) -> None:
    """Notes with which change these samples were saved into the training data."""
    await connection.execute(update(samples).where(samples.c.id.in_(numbers)).values(change=change_id))


async def wait_again(connection: AsyncConnection, change_id: int) -> None:
    """The samples of a change that was taken back are decided and not saved."""
    await connection.execute(update(samples).where(samples.c.change == change_id).values(change=None))


async def decided_as(connection: AsyncConnection, names: Sequence[str], most: int) -> list[Sample]:
    """What trainers said is one of these intents or categories, the latest first."""
    said = select(sample_labels.c.sample).where(
        or_(sample_labels.c.category.in_(names), sample_labels.c.intent.in_(names))
    )
    query = select(*COLUMNS).select_from(WITH_CASE).where(samples.c.id.in_(said), samples.c.state == State.DONE)
    query = query.where(MAY_BE_SEEN).order_by(samples.c.id.desc()).limit(most)
    return [sample_of(row) for row in await connection.execute(query)]


async def reopen_many(connection: AsyncConnection, numbers: Sequence[int]) -> None:
    """These are asked again of everybody; what is saved of them stays in the data until it is decided anew."""
    await connection.execute(sample_labels.delete().where(sample_labels.c.sample.in_(numbers)))
    undecided = {"state": State.OPEN, "given": 0, "label": "", "decided_by": "", "decided_at": None, "change": None}
    is_done = and_(samples.c.id.in_(numbers), samples.c.state == State.DONE)
    await connection.execute(update(samples).where(is_done).values(**undecided))


async def mark_rerouted(connection: AsyncConnection, worth: float) -> int:
    """Open samples whose cases officers have sent elsewhere teach so much more, once; returns how many."""
    moved = select(case_reroutes.c.ticket)
    is_new = and_(samples.c.state == State.OPEN, samples.c.ticket.in_(moved), samples.c.reason.not_in(_SAID_BY_HAND))
    changed = update(samples).where(is_new).values(worth=samples.c.worth + worth, reason="rerouted")
    return (await connection.execute(changed)).rowcount
