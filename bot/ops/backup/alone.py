"""Makes sure that nobody works on a database while it is replaced or turned back."""

from __future__ import annotations

from sqlalchemy import text

from actions.store.engine.database import Database
from bot.main.failures import CommandFailed

IN_USE = "stop every ./lapor start and ./lapor chat on it first"
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


async def require_alone(database: Database) -> None:
    """Nobody else is connected to a server's database; on SQLite the lock of `bot/main/single_process.py` says as much.

    Raises:
        CommandFailed: somebody is.
    """
    if database.is_sqlite:
        return
    await database.check()
    async with database.reading() as connection:
        count = (await connection.execute(OTHERS)).scalar_one()
    if count:
        raise CommandFailed(f"{count} others are connected to the database; {IN_USE}")
