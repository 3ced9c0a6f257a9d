"""What messages have taken, by channel, month and kind: the units that a gateway bills, without their price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, String, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import metadata

message_costs = Table(
    "message_costs",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("units", BigInteger, nullable=False),
)
"""`month` as "2026-12"; `kind` as the channel calls what is billed, such as "part" of an SMS."""


@dataclass(frozen=True, slots=True)
class BilledUnits:
    """So many units of a kind in a month."""

    channel: str
    month: str
    kind: str
    units: int


async def add_units(connection: AsyncConnection, channel: str, month: str, units: Mapping[str, int]) -> None:
    """So many more of each kind were sent."""
    if not units:
        return
    new = insert_into(connection, message_costs)
    more = new.on_conflict_do_update(
        index_elements=["channel", "month", "kind"], set_={"units": message_costs.c.units + new.excluded.units}
    )
    rows = [{"channel": channel, "month": month, "kind": kind, "units": count} for kind, count in units.items()]
    await connection.execute(more, rows)


async def units_of(connection: AsyncConnection, channel: str, month: str, kind: str) -> int:
    """How many of a kind a month has taken so far."""
    of = message_costs.c
    query = select(of.units).where(of.channel == channel, of.month == month, of.kind == kind)
    return (await connection.execute(query)).scalar_one_or_none() or 0


async def billed_since(connection: AsyncConnection, month: str) -> list[BilledUnits]:
    """What was sent in this month and later, the newest month first."""
    of = message_costs.c
    query = select(of.channel, of.month, of.kind, of.units).where(of.month >= month)
    rows = await connection.execute(query.order_by(of.month.desc(), of.channel, of.kind))
    return [BilledUnits(*row) for row in rows]
