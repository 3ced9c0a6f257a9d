"""Makes people for tests, the way the command does."""

from __future__ import annotations

from datetime import UTC, datetime

from actions.people.handlers import add_person, change_password
from actions.people.people import Person
from actions.people.roles import Role
from actions.people.secrets import Passwords
from actions.store.engine.database import Database
from actions.store.people.people import SqlPeople

NOON = datetime(2026, 11, 17, 4, 0, tzinfo=UTC)
AGENCIES = ("admin_ppu", "dishub", "dpupr", "inspektorat")
PASSWORD = "empat kuda hijau menari"
WHO = "terminal:test"


async def an_officer(
    database: Database,
    name: str = "Rina Dewi",
    *roles: Role,
    agency: str | None = None,
    password: str | None = PASSWORD,
    at: datetime = NOON,
) -> Person:
    """Somebody who may sign in."""
    kept = await Passwords().hashed(password) if password else None
    async with database.writing() as connection:
        book = SqlPeople(connection)
        person = await add_person(book, name, roles or (Role.TRAINER,), agency, AGENCIES, at, WHO)
        if kept:
            await change_password(book, person, kept, at, WHO)
    return person
