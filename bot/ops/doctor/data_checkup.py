"""What a checkup finds of an installation's data: the database, what waits in it, backups, and who else may read it."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.engine.tables import cases
from actions.store.integrations.webhooks import Hook, HookBacklog, all_hooks, hook_backlog
from actions.store.messages.messages import Backlog, backlog
from bot.configuration.secret_key import NAME as SECRET_KEY
from bot.configuration.settings import HOME, Settings
from bot.main.failures import FAILURES
from bot.ops.backup.making import last_backup
from bot.ops.doctor.finding import Finding

LONG_WAIT = timedelta(minutes=5)
BACKUP_AFTER = timedelta(days=7)
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


async def look_at_data(settings: Settings, database: Database) -> list[Finding]:
    """What is to be said of the database and of its backups."""
    try:
        await database.check()
        if await schema.current(database) != schema.newest():
            words = "The database is not at this version's schema yet: ./lapor start or ./lapor db upgrade mends it."
            return [Finding(good=False, words=words, needed=False)]
        async with database.reading() as connection:
            waiting = await backlog(connection)
            told = {hook.id: hook for hook in await all_hooks(connection)}
            untold = [(told[one.hook], one) for one in await hook_backlog(connection) if one.hook in told]
            has_cases = (await connection.execute(select(cases.c.id).limit(1))).first() is not None
    except FAILURES as failure:
        return [Finding(good=False, words=str(failure))]
    except SQLAlchemyError as error:
        return [Finding(good=False, words=f"The database does not answer ({type(error).__name__}).")]
    finally:
        await database.close()
    now = datetime.now(UTC)
    return [*_waiting(waiting, now), *_untold(untold), *(_backups(settings.data_dir, now) if has_cases else ())]


def _waiting(waiting: Backlog, now: datetime) -> Iterator[Finding]:
    words = f"The database is well; {waiting.inbox} messages wait to be worked, {waiting.outbox} to be sent."
    yield Finding(good=True, words=words)
    if waiting.oldest and now - waiting.oldest > LONG_WAIT:
        minutes = (now - waiting.oldest) // timedelta(minutes=1)
        words = (
            f"A message has been waiting for {minutes} minutes: is ./lapor start running? Its log says what it meets."
        )
        yield Finding(good=False, words=words, needed=False)
    if waiting.set_aside:
        words = (
            f"{waiting.set_aside} messages could not be worked and are set aside; their senders were told. Look for "
            "turn_failed in the log, and report it with the line."
        )
        yield Finding(good=False, words=words, needed=False)


def _untold(untold: Iterable[tuple[Hook, HookBacklog]]) -> Iterator[Finding]:
    """What agencies' own systems have not taken."""
    for hook, one in untold:
        if one.given_up:
            words = (
                f"The system of {hook.agency} has not taken {one.given_up} messages for days, and is sent them no "
                f"more: mend {hook.url}, then ./lapor hook retry {hook.agency}."
            )
            yield Finding(good=False, words=words, needed=False)


def _backups(data_dir: Path, now: datetime) -> Iterator[Finding]:
    made = last_backup(data_dir)
    if made is None:
        words = "There are cases and no backup of them: ./lapor backup FILE.tar makes one while the service runs."
        yield Finding(good=False, words=words, needed=False)
        return
    old = now - made > BACKUP_AFTER
    words = f"The last backup is {max((now - made).days, 0)} days old{': ./lapor backup FILE.tar' if old else ''}."
    yield Finding(good=not old, words=words, needed=False)


def look_at_secrets(settings: Settings) -> Iterator[Finding]:
    """Whether anybody else on this machine may read what only the service should."""
    for path in (HOME / ".env", settings.data_dir, settings.data_dir / SECRET_KEY):
        if path.exists() and path.stat().st_mode & FOR_OTHERS:
            wanted = "700" if path.is_dir() else "600"
            words = f"Others on this machine may read {path}: chmod {wanted} {path} closes it."
            yield Finding(good=False, words=words, needed=False)
