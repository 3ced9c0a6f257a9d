"""Brings a database to the schema that this version knows, and says when it is at another."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress

from sqlalchemy import Connection, column, inspect, select, table
from sqlalchemy.exc import DBAPIError

import actions.store.cases.callers
import actions.store.cases.handling
import actions.store.cases.links
import actions.store.cases.page_links
import actions.store.cases.presence
import actions.store.cases.publications
import actions.store.cases.queue
import actions.store.cases.redactions
import actions.store.cases.rerouting
import actions.store.cases.search
import actions.store.cases.supporters
import actions.store.cases.transcriptions
import actions.store.engine.lease_tables
import actions.store.engine.settings_changes
import actions.store.integrations.api_keys
import actions.store.integrations.sp4n
import actions.store.integrations.webhooks
import actions.store.messages.channel_tokens
import actions.store.messages.costs
import actions.store.messages.groups
import actions.store.messages.joined_chats
import actions.store.messages.message_parts
import actions.store.messages.officer_cards
import actions.store.messages.officer_reminders
import actions.store.messages.public_posts
import actions.store.messages.reply_windows
import actions.store.messages.waiting
import actions.store.messages.weekly_tables
import actions.store.people.identities
import actions.store.people.mail
import actions.store.people.people
import actions.store.people.queue_filters
import actions.store.people.sign_in
import actions.store.people.substitutes
import actions.store.privacy.deletion_log
import actions.store.statistics.case_statistics
import actions.store.training.act_samples
import actions.store.training.category_proposals
import actions.store.training.data_changes
import actions.store.training.models
import actions.store.training.samples
import actions.store.training.shadows
import actions.store.training.trainings
import actions.store.training.turn_samples  # noqa: F401 - its tables are of the schema, too
from actions.store.engine.advisory_locks import wait_for_schema
from actions.store.engine.database import Database, DatabaseUnavailable
from actions.store.migrations import VERSIONS, UnknownRevision

NO_RIGHT = "42501"
"""PostgreSQL's code for what a role may not do."""
VERSION_TABLE = "alembic_version"
"""Alembic's own; it has one row."""


async def upgrade(database: Database) -> None:
    """Run every migration that is still missing, in one transaction.

    Raises:
        DatabaseUnavailable: it is of a newer version, not ours, or not to be written.
    """
    found = await current(database)
    if found == newest():
        return
    from actions.store.engine.migrating import migrate_up  # noqa: PLC0415 - an up-to-date database goes without Alembic

    try:
        async with database.writing() as connection:
            if not database.is_sqlite:
                await wait_for_schema(connection)
            await connection.run_sync(migrate_up)
    except UnknownRevision as error:
        raise DatabaseUnavailable(
            f"the database is at schema {found}, which this version does not know; bring lapor up to date, "
            "or name another database in LAPOR_DATABASE_URL"
        ) from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") == NO_RIGHT:
            raise DatabaseUnavailable(
                f"the database is at schema {found or 'none'}, not {newest()}, and this role may not change it; "
                "run ./lapor db upgrade with LAPOR_MIGRATING_DATABASE_URL, the role that owns the tables"
            ) from error
        reason = str(error.orig).splitlines()[0]
        raise DatabaseUnavailable(
            f"the database cannot be brought from schema {found or 'none'} to {newest()} ({reason}); "
            "name another database in LAPOR_DATABASE_URL"
        ) from error


async def upgrade_apart(database: Database) -> None:
    """The same in a process of its own, which takes what migrating needs along when it ends.

    Raises:
        DatabaseUnavailable: as `upgrade` does.
    """
    if await current(database) == newest():
        return
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "actions.store.engine.migrating"),
        stdin=PIPE,
        stdout=DEVNULL,
        stderr=PIPE,
        env={name: value for name, value in os.environ.items() if not name.startswith("LAPOR_")},
    )
    try:
        _, said = await process.communicate(database.url.render_as_string(hide_password=False).encode())
    finally:
        with suppress(ProcessLookupError):
            process.kill()
    if process.returncode:
        raise DatabaseUnavailable(said.decode(errors="replace").strip() or "the database cannot be brought up to date")


async def downgrade(database: Database, to: str) -> None:
    """Go back to a revision; "base" is the empty database.

    Raises:
        UnknownRevision: there is no older one of this name.
    """
    from actions.store.engine.migrating import migrate_down  # noqa: PLC0415 - see above

    async with database.writing() as connection:
        await connection.run_sync(migrate_down, to)


async def current(database: Database) -> str | None:
    """The revision that the database is at; None when it is empty."""
    async with database.reading() as connection:
        return await connection.run_sync(_revision)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))
    return found


def newest() -> str:
    """The revision that this version knows: its migrations are named after their revisions, which are in order."""
    return max(file.name for file in VERSIONS.glob("[0-9]*.py")).partition("_")[0]
