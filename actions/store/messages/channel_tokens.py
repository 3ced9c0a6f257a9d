"""The rotating tokens with which a channel shows itself to its provider, sealed; one row a channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, Integer, String, Table, Text, false, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, metadata

channel_tokens = Table(
    "channel_tokens",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("seeds", Text, nullable=False),
    Column("refresh_token", Text, nullable=False),
    Column("access_token", Text, nullable=False, server_default=""),
    Column("renew_at", Moment),
    Column("ends_at", Moment),
    Column("refreshing_since", Moment),
    Column("is_lost", Boolean, nullable=False, server_default=false()),
)
"""`seeds`: digests of the tokens of the settings that it ever began from, the newest last; `refreshing_since`: when the
refresh token was last used without its end being known; `is_lost`: the provider takes the refresh token no more."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A row without its channel; both tokens sealed."""

    version: int
    seeds: str
    refresh_token: str
    access_token: str
    renew_at: datetime | None
    ends_at: datetime | None
    refreshing_since: datetime | None
    is_lost: bool


async def tokens_of(connection: AsyncConnection, channel: str) -> TokenRow | None:
    """The row of a channel."""
    columns = [channel_tokens.c[name] for name in TokenRow.__slots__]
    row = (await connection.execute(select(*columns).where(channel_tokens.c.channel == channel))).one_or_none()
    return TokenRow(*row) if row else None


async def write_tokens(connection: AsyncConnection, channel: str, row: TokenRow, known_version: int) -> bool:
    """Write the row where it still is as it was known; False where somebody else has changed it since.

    `known_version`: of the row that was read; 0 where there was none.
    """
    values = {name: getattr(row, name) for name in TokenRow.__slots__}
    if known_version:
        of = channel_tokens.c
        which = (of.channel == channel, of.version == known_version)
        return bool((await connection.execute(update(channel_tokens).where(*which).values(values))).rowcount)
    new = insert_into(connection, channel_tokens).values(values | {"channel": channel}).on_conflict_do_nothing()
    return bool((await connection.execute(new)).rowcount)
