"""What `lapor doctor` says of SP4N-LAPOR!: what waits, what cannot be read, and what neither side has a name for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.regency.sp4n import FILE, Sp4nMapping
from actions.store.integrations.sp4n import sp4n_backlog, unmapped_topics, untopical_categories

LONG_WAIT: Final = timedelta(hours=3)


async def sp4n_trouble(connection: AsyncConnection, mapping: Sp4nMapping, now: datetime) -> list[str]:
    """A sentence for each thing that somebody should look at."""
    backlog, found = await sp4n_backlog(connection), list[str]()
    if backlog.oldest and now - backlog.oldest > LONG_WAIT:
        codes = ", ".join(sorted(backlog.in_the_way)) or "not tried yet"
        found.append(
            f"{backlog.waiting} things wait to be sent to {mapping.name} ({codes}): the desk's page SP4N names them."
        )
    if backlog.unreadable:
        found.append(f"{backlog.unreadable} reports of {mapping.name} cannot be read; they are asked for again.")
    for (topic, name), count in sorted((await unmapped_topics(connection, mapping.categories)).items()):
        called = f"{topic} ({name})" if name else topic
        found.append(f"{FILE} has no category for topic {called}: {count} reports came in without one.")
    for slug, count in sorted((await untopical_categories(connection, mapping.topics)).items()):
        found.append(f"{FILE} has no topic for {slug}: {count} cases were handed over without one.")
    return found
