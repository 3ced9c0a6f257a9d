"""What a model in service said and a shadow would have said, counted by day: no word of a citizen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.training.model_tables import model_shadows as shadows

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
    """Add to what is there."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(shadows)
    adding = new.on_conflict_do_update(index_elements=list(_KEY), set_={"texts": shadows.c.texts + new.excluded.texts})
    await connection.execute(adding, [asdict(count) for count in counts])


async def counts_of(connection: AsyncConnection, shadow: int, kind: str) -> list[tuple[str, str, int]]:
    """What was said, what the shadow would have said, and how often; the most frequent first."""
    texts = func.sum(shadows.c.texts)
    wanted = (
        select(shadows.c.said, shadows.c.unsaid, texts)
        .where(shadows.c.shadow == shadow, shadows.c.kind == kind)
        .group_by(shadows.c.said, shadows.c.unsaid)
        .order_by(texts.desc(), shadows.c.said, shadows.c.unsaid)
    )
    return [(said, unsaid, int(count)) for said, unsaid, count in await connection.execute(wanted)]
