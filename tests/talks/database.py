"""A database of its own for each talk, copied from one that was migrated once."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

from actions.case import Case
from actions.store import schema
from actions.store.casebook import SqlCaseBook
from actions.store.database import Database
from tests.talks.world import World, a_folder

_NUMBERS = itertools.count(1)


async def new_database() -> Path:
    """The file of an empty database of today's schema."""
    empty = a_folder() / "empty.db"
    if not empty.exists():
        database = Database(f"sqlite:///{empty}")
        await schema.upgrade(database)
        await database.close()
    return Path(shutil.copy(empty, a_folder() / f"talk-{next(_NUMBERS)}.db"))


async def before_the_talk(world: World, database: Database) -> None:
    """What others have filed."""
    async with database.writing() as connection:
        book = SqlCaseBook(connection)
        await world.before_the_talk(book)
        await book.flush()


async def all_cases(database: Database) -> list[Case]:
    """What was filed, newest first."""
    async with database.reading() as connection:
        return await SqlCaseBook(connection).latest(None)
