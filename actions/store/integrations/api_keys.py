"""Keys of other systems, in the database: by digest alone, so that who reads the table cannot send with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, String, Table, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import Moment, metadata

api_keys = Table(
    "api_keys",
    metadata,
    Column("name", String(12), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("may_send", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
)
"""Of a key itself only its digest is kept."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What another system may do here.

    Attributes:
        name: by which cases tell who sent them; unique.
        may_send: it may send cases; any key may read what anybody may read.
        since: when it was given.
    """

    name: str
    may_send: bool
    since: datetime


async def add_key(connection: AsyncConnection, key: ApiKey, digest: str) -> None:
    """Keep a key; its name must be free."""
    row = {"name": key.name, "digest": digest, "may_send": key.may_send, "since": key.since}
    await connection.execute(insert(api_keys), [row])


async def key_of_digest(connection: AsyncConnection, digest: str) -> ApiKey | None:
    """Returns the key with this digest, or None."""
    row = (await connection.execute(_KEYS.where(api_keys.c.digest == digest))).one_or_none()
    return ApiKey(row.name, row.may_send, row.since) if row else None


async def all_keys(connection: AsyncConnection) -> list[ApiKey]:
    """Every key, by name."""
    rows = await connection.execute(_KEYS.order_by(api_keys.c.name))
    return [ApiKey(row.name, row.may_send, row.since) for row in rows]


async def remove_key(connection: AsyncConnection, name: str) -> bool:
    """It opens nothing any more; False where there is none of this name."""
    gone = await connection.execute(delete(api_keys).where(api_keys.c.name == name))
    return bool(gone.rowcount)


_KEYS = select(api_keys.c.name, api_keys.c.may_send, api_keys.c.since)
