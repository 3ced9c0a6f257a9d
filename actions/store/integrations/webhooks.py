"""Addresses of agencies' own systems in the database, and which events of cases each of them is still to be told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    case,
    delete,
    false,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Visibility
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, RowId, case_events, cases, metadata

hooks = Table(
    "hooks",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("agency", String(48), nullable=False),
    Column("url", String(500), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("since", Moment, nullable=False),
    UniqueConstraint("agency", "url"),
    sqlite_autoincrement=True,
)
"""Addresses of agencies' own systems. The secret that signs is worked out from the salt and the service's key.

A number is never given to another address: what still waits for one that was removed must not go to a new one.
"""

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("hook", BigInteger, nullable=False),
    Column("ticket", String(12), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Float, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("hook", "ticket", "number"),
)
"""That an event of a case is to be told; what is told of it is read when it is sent. Told ones are removed.

A `number` below zero is no event's: something of the case was forgotten, in that line of the protocol.
"""

_NEW = "state = 'new'"
Index(
    "hook_letters_new",
    webhook_deliveries.c.hook,
    webhook_deliveries.c.ticket,
    webhook_deliveries.c.id,
    sqlite_where=text(_NEW),
    postgresql_where=text(_NEW),
)


NEW, GIVEN_UP = "new", "failed"


@dataclass(frozen=True, slots=True)
class Hook:
    """An address. `salt`: what its secret is worked out from."""

    id: int
    agency: str
    url: str
    salt: str


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """Something that is to be told of a case.

    Attributes:
        number: of the event; below zero where something of the case was forgotten, in which line of the protocol.
        attempts: how often it was tried.
    """

    id: int
    hook: int
    ticket: str
    number: int
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class HookBacklog:
    """What waits for an address, and what was given up."""

    hook: int
    waiting: int
    given_up: int


async def add_hook(connection: AsyncConnection, agency: str, url: str, salt: str, at: datetime) -> None:
    """A new address; this agency has it not yet."""
    await connection.execute(insert(hooks), [{"agency": agency, "url": url, "salt": salt, "since": at}])


async def all_hooks(connection: AsyncConnection) -> list[Hook]:
    """Every address, by agency."""
    query = select(hooks.c.id, hooks.c.agency, hooks.c.url, hooks.c.salt).order_by(hooks.c.agency, hooks.c.id)
    return [Hook(row.id, row.agency, row.url, row.salt) for row in await connection.execute(query)]


async def remove_hook(connection: AsyncConnection, hook: int) -> None:
    """Removes an address and the messages that wait for it."""
    await connection.execute(delete(webhook_deliveries).where(webhook_deliveries.c.hook == hook))
    await connection.execute(delete(hooks).where(hooks.c.id == hook))


async def put_webhook_deliveries(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Queue `{"hook", "ticket", "number", "created_at"}`; one that was queued before is left as it is."""
    if rows:
        await connection.execute(insert_into(connection, webhook_deliveries).on_conflict_do_nothing(), rows)


async def put_forgotten_letters(connection: AsyncConnection, tickets: Collection[str], line: int, at: datetime) -> None:
    """Queue that something of these cases was forgotten, for every agency that ever had one of them.

    Not of a secret or sensitive case, of which no such system knows; it has forgotten what it once knew.
    """
    held = select(hooks.c.id, case_events.c.ticket, literal(-line), literal(at, webhook_deliveries.c.created_at.type))
    held = held.join(case_events, case_events.c.agency == hooks.c.agency)
    held = held.join(cases, cases.c.ticket == case_events.c.ticket).where(case_events.c.ticket.in_(tickets))
    held = held.where(cases.c.visibility == Visibility.PUBLIC.value, cases.c.sensitive == false()).distinct()
    await connection.execute(insert(webhook_deliveries).from_select(["hook", "ticket", "number", "created_at"], held))


async def due_webhook_deliveries(
    connection: AsyncConnection, hook: int, now: float, most: int, busy: Collection[str]
) -> list[WebhookDelivery]:
    """The first letters of cases to an address whose time has come (`now` in seconds since 1970).

    `busy`: cases of which one is being sent; nothing else of them goes there meanwhile.
    """
    is_waiting = (webhook_deliveries.c.state == NEW, webhook_deliveries.c.hook == hook)
    first = select(func.min(webhook_deliveries.c.id)).where(*is_waiting).group_by(webhook_deliveries.c.ticket)
    names = ("id", "hook", "ticket", "number", "attempts", "created_at")
    query = select(*(webhook_deliveries.c[name] for name in names)).where(
        webhook_deliveries.c.id.in_(first),
        webhook_deliveries.c.not_before <= now,
        webhook_deliveries.c.ticket.not_in(busy),
    )
    return [
        WebhookDelivery(*row) for row in await connection.execute(query.order_by(webhook_deliveries.c.id).limit(most))
    ]


async def forget_letters_to_nobody(connection: AsyncConnection) -> None:
    """What was queued for an address in the moment in which it was removed."""
    await connection.execute(delete(webhook_deliveries).where(webhook_deliveries.c.hook.not_in(select(hooks.c.id))))


async def hook_letter_arrived(connection: AsyncConnection, letter: int) -> None:
    """Removes a message that the receiver has accepted."""
    await connection.execute(delete(webhook_deliveries).where(webhook_deliveries.c.id == letter))


async def hook_letter_waits(connection: AsyncConnection, letter: int, attempts: int, not_before: float) -> None:
    """Has a message tried again, not before this moment (seconds since 1970)."""
    query = update(webhook_deliveries).where(webhook_deliveries.c.id == letter)
    await connection.execute(query.values(attempts=attempts, not_before=not_before))


async def give_hook_letter_up(connection: AsyncConnection, letter: int, attempts: int) -> None:
    """Marks a message that is not tried again."""
    query = update(webhook_deliveries).where(webhook_deliveries.c.id == letter)
    await connection.execute(query.values(state=GIVEN_UP, attempts=attempts))


async def try_given_up_again(connection: AsyncConnection, hook: int, at: datetime) -> int:
    """What was given up for an address is sent from now on as if it were new; returns how many letters that are."""
    query = update(webhook_deliveries).where(webhook_deliveries.c.hook == hook, webhook_deliveries.c.state == GIVEN_UP)
    changed = await connection.execute(query.values(state=NEW, attempts=0, not_before=0.0, created_at=at))
    return changed.rowcount


async def hook_backlog(connection: AsyncConnection) -> list[HookBacklog]:
    """What waits and what was given up, of each address that has any."""
    waiting = func.sum(case((webhook_deliveries.c.state == NEW, 1), else_=0))
    query = select(webhook_deliveries.c.hook, waiting, func.count() - waiting).group_by(webhook_deliveries.c.hook)
    return [HookBacklog(hook, int(new), int(gone)) for hook, new, gone in await connection.execute(query)]
