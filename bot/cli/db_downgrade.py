"""`lapor db downgrade`: takes the schema back, for an older version that does not know today's."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.migrations import UnknownRevision
from bot.cli.output import console
from bot.configuration.settings import read_settings
from bot.main.failures import CommandFailed
from bot.main.single_process import only_one
from bot.ops.backup.alone import require_alone


def downgrade(
    revision: Annotated[str, typer.Argument(help="What the older version's ./lapor db check names, like 0003.")],
) -> None:
    """Take the schema back to an older version's; make a backup first. The service must not run."""
    database = Database(read_settings().database_url)
    with only_one(database.file):
        asyncio.run(_downgrade(database, revision))
    console.print(f"The database is at schema {revision}. What only the newer version knew is gone from it.")


async def _downgrade(database: Database, revision: str) -> None:
    try:
        await database.check()
        await require_alone(database)
        await schema.downgrade(database, revision)
    except UnknownRevision as error:
        raise CommandFailed(f"there is no older schema {revision}; ./lapor db check names the present one") from error
    except SQLAlchemyError as error:
        raise CommandFailed(f"the schema was not taken back ({type(error).__name__}); it is as it was") from error
    finally:
        await database.close()
