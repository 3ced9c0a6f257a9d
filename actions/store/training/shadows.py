"""What a model in service said and a shadow would have said, counted by day: no word of a citizen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import RowId, metadata

model_shadows = Table(
    "model_shadows",
    metadata,
    Column("shadow", RowId, ForeignKey("models.id"), primary_key=True),
    Column("model", RowId, ForeignKey("models.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("said", String(60), primary_key=True),
    Column("unsaid", String(60), primary_key=True),
    Column("texts", Integer, nullable=False),
)


_KEY = ("shadow", "model", "day", "kind", "said", "unsaid")


@dataclass(frozen=True, slots=True)
class ShadowCount:
    """So many texts of a day that both read like this; `kind` is category or intent."""

    shadow: int
    model: int
    day: date
    kind: str
    said: str
    unsaid: str
    texts: int


async def add_counts(connection: AsyncConnection, counts: Sequence[ShadowCount]) -> None:
    """Adds these counts to those that are stored."""
    new = insert_into(connection, model_shadows)
    adding = new.on_conflict_do_update(
        index_elements=list(_KEY), set_={"texts": model_shadows.c.texts + new.excluded.texts}
    )
    await connection.execute(adding, [asdict(count) for count in counts])


async def counts_of(connection: AsyncConnection, shadow: int, kind: str) -> list[tuple[str, str, int]]:
    """What was said, what the shadow would have said, and how often; the most frequent first."""
    texts = func.sum(model_shadows.c.texts)
    wanted = (
        select(model_shadows.c.said, model_shadows.c.unsaid, texts)
        .where(model_shadows.c.shadow == shadow, model_shadows.c.kind == kind)
        .group_by(model_shadows.c.said, model_shadows.c.unsaid)
        .order_by(texts.desc(), model_shadows.c.said, model_shadows.c.unsaid)
    )
    return [(said, unsaid, int(count)) for said, unsaid, count in await connection.execute(wanted)]
