"""The numbers of a year as they were last counted: kept as rows, so that they are there when the service starts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.statistics.counts import MEASURES, Counted, Counts
from actions.store.statistics.tables import facts_counted


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted of a period, before anybody has decided what of it may be shown.

    Attributes:
        as_of: the day on which it was counted.
        tables: open cases by the name of what they are divided by.
        confidential: secret, sensitive and hidden ones, as a whole.
        is_complete: every case is in it.
    """

    as_of: date
    tables: Mapping[str, Counted]
    confidential: Counts
    is_complete: bool


async def load_numbers(connection: AsyncConnection, year: int) -> Numbers | None:
    """As they were last counted; None where they never were, or by a version that counted otherwise."""
    query = select(facts_counted.c.document).where(facts_counted.c.year == year)
    document = (await connection.execute(query)).scalar_one_or_none()
    try:
        return _read(document) if document else None
    except (ValueError, TypeError, LookupError):
        return None


async def save_numbers(connection: AsyncConnection, year: int, numbers: Numbers, at: datetime) -> None:
    """Keep them in the place of those before."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = {"counted_at": at, "document": _written(numbers)}
    row = dialect.insert(facts_counted).values(year=year, **new)
    await connection.execute(row.on_conflict_do_update(index_elements=["year"], set_=new))


def _written(numbers: Numbers) -> str:
    tables = {
        name: [[key, _told(counts)] for key, counts in counted.items()] for name, counted in numbers.tables.items()
    }
    told = {"as_of": numbers.as_of.isoformat(), "tables": tables, "is_complete": numbers.is_complete}
    return json.dumps(told | {"discreet": _told(numbers.confidential)})


def _told(counts: Counts) -> dict[str, object]:
    names = (*MEASURES, "stars")
    return {name: getattr(counts, name) for name in names} | {"days": dict(counts.days)}


def _read(document: str) -> Numbers:
    told = json.loads(document)
    return Numbers(
        as_of=date.fromisoformat(told["as_of"]),
        tables={name: {key: _counts(counts) for key, counts in counted} for name, counted in told["tables"].items()},
        confidential=_counts(told["discreet"]),
        is_complete=bool(told["is_complete"]),
    )


def _counts(told: dict[str, object]) -> Counts:
    """JSON has made words of the days."""
    days = told.pop("days")
    return Counts(**told, days={int(day): number for day, number in dict(days).items()})  # type: ignore[arg-type, call-overload]
