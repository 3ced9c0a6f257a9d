"""Where a visitor's browser takes notices that there is news: addresses of push services, and nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import push_subscriptions

MOST_OF_A_VISITOR = 5
"""Browsers that one visitor may have; the one that was added first goes."""


async def subscribe(connection: AsyncConnection, visitor: str, endpoint: str, at: datetime) -> None:
    """Give this visitor notices there; an address belongs to whoever asked last."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(push_subscriptions).values(endpoint=endpoint, visitor=visitor, since=at)
    await connection.execute(
        new.on_conflict_do_update(index_elements=["endpoint"], set_={"visitor": visitor, "since": at})
    )
    kept = await subscriptions_of(connection, visitor)
    await unsubscribe(connection, kept[MOST_OF_A_VISITOR:])


async def subscriptions_of(connection: AsyncConnection, visitor: str) -> list[str]:
    """The addresses of this visitor, the latest first."""
    query = (
        select(push_subscriptions.c.endpoint)
        .where(push_subscriptions.c.visitor == visitor)
        .order_by(push_subscriptions.c.since.desc(), push_subscriptions.c.endpoint)
    )
    return list((await connection.execute(query)).scalars())


async def unsubscribe(connection: AsyncConnection, endpoints: list[str]) -> None:
    """These take no notices any more."""
    if endpoints:
        await connection.execute(delete(push_subscriptions).where(push_subscriptions.c.endpoint.in_(endpoints)))


async def forget_visitor(connection: AsyncConnection, visitor: str) -> None:
    """She left this browser: it hears nothing of her talk any more."""
    await connection.execute(delete(push_subscriptions).where(push_subscriptions.c.visitor == visitor))
