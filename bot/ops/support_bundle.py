"""What somebody who helps from afar needs to know of an installation, and nothing that anybody wrote or is called.

Of the database it says how many rows each table has, and no value of any.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import distributions

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from actions.store.engine import schema
from actions.store.engine.database import Database, DatabaseUnavailable
from actions.store.engine.tables import metadata
from bot import __version__
from bot.ops.doctor import Finding, document_of
from bot.understanding.model.baseline import SHA256


async def bundle_of(
    database: Database, settings: Mapping[str, object], found: Sequence[Finding]
) -> Mapping[str, object]:
    """The document; `settings` as they may be shown, `found` by the doctor. Closes the database."""
    try:
        stored = {"schema": await schema.current(database), "rows": await _rows(database)}
    except (DatabaseUnavailable, SQLAlchemyError) as error:
        stored = {"error": type(error).__name__}
    finally:
        await database.close()
    return {
        "lapor": {"version": __version__, "schema": schema.newest(), "model": SHA256},
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "packages": {each.name: each.version for each in sorted(distributions(), key=lambda one: one.name.casefold())},
        "settings": settings,
        "doctor": document_of(found),
        "database": stored,
    }


async def _rows(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    async with database.reading() as connection:
        counted = {
            table.name: await connection.execute(select(func.count()).select_from(table))
            for table in metadata.sorted_tables
        }
        return {name: number.scalar_one() for name, number in counted.items()}
