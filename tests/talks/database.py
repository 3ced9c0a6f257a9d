"""A database of its own for each talk, copied from one that was migrated once."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from actions.cases.case import Case
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine import schema
from actions.store.engine.database import Database
from tests.talks.acts import OfficeActs
from tests.talks.world import A_MOMENT, World, a_folder

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


async def office_acts(world: World, database: Database, command: OfficeActs) -> None:
    """An officer does something to a case, and the reporter is told."""
    async with database.writing() as connection:
        book = SqlCaseBook(connection)
        await world.office_does(book, command)
        await book.flush()
        await world.notices.tell(connection, book.done, world.clock())
    world.clock.passes(A_MOMENT)


async def days_pass(world: World, database: Database, days: int, deliver: Callable[[], Awaitable[None]]) -> None:
    """Day by day, the service does what is due, and what it writes is delivered."""
    service = replace(world.service(), database=database)
    for _ in range(days):
        world.clock.passes(timedelta(days=1))
        await service.sweeper(lambda _: None).sweep()
        await deliver()
