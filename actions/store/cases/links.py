"""Keyed links of events, each day's root and tombstones in the database; the key itself never is.

Which keys a database is written with is told to it once (`seal_with`); without any no links are made.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    exists,
    false,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case, CaseEvent
from actions.cases.links import (
    CaseLink,
    ChainKeys,
    Erased,
    Tombstone,
    make_link,
    make_tombstone,
    written_facts,
)
from actions.cases.merkle import DayTree, Proof, day_tree
from actions.store.engine.database import Database
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import case_events, metadata

NAME = "installation"
ID_BYTES = 16

installation = Table(
    "installation",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("id", String(32), nullable=False),
    Column("key", String(12), nullable=False, server_default=""),
    Column("sealed", String(64), nullable=False, server_default=""),
)
"""One row: a random id, which every link covers; and, signed, that all events have links from now on."""

case_links = Table(
    "case_links",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("key", String(12), nullable=False),
    Column("is_late", Boolean, nullable=False, server_default=false()),
    Column("facts", Text, nullable=False, server_default=""),
    Column("link", String(64), nullable=False),
    Column("day", Date),
)
"""The link of each event (`actions/cases/links.py`); `day`: in whose root it is, NULL until that is made."""
_ROOTLESS = "day IS NULL"
Index(
    "case_links_rootless",
    case_links.c.ticket,
    case_links.c.number,
    sqlite_where=text(_ROOTLESS),
    postgresql_where=text(_ROOTLESS),
)
Index("case_links_day", case_links.c.day)

case_roots = Table(
    "case_roots",
    metadata,
    Column("day", Date, primary_key=True),
    Column("key", String(12), nullable=False),
    Column("root", String(64), nullable=False),
)
"""The root of the tree over a day's links, and which key filled the tree up."""

case_erasures = Table(
    "case_erasures",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("what", String(8), primary_key=True),
    Column("key", String(12), nullable=False),
    Column("mark", String(64), nullable=False),
)
"""Signed: something of a case was erased by the service itself."""

KEYS = "lapor_chain_keys"


def seal_with(database: Database, keys: ChainKeys) -> None:
    """What is written to this database from now on is sealed with these keys."""
    database.write_with(**{KEYS: keys})


def keys_of(connection: AsyncConnection) -> ChainKeys | None:
    """The keys with which this connection's database is written; None where it was told none."""
    keys = connection.sync_connection.get_execution_options().get(KEYS) if connection.sync_connection else None
    return keys if isinstance(keys, ChainKeys) else None


@dataclass(frozen=True, slots=True)
class InstallationRow:
    """The id of an installation, and whether every event has a link since; the latter is signed."""

    id: str
    key: str = ""
    sealed: str = ""

    def is_sealed(self, keys: ChainKeys) -> bool:
        """Whether it was said, with a key that is known, that every event has a link."""
        if not self.sealed or self.key not in keys.known:
            return False
        mark = keys.mac("sealed", self.id, key=self.key).hex()
        return hmac.compare_digest(mark.encode(), self.sealed.encode())


async def read_installation(connection: AsyncConnection) -> InstallationRow | None:
    """The row of this installation; None before its first link."""
    table = installation
    query = select(table.c.id, table.c.key, table.c.sealed).where(table.c.name == NAME)
    row = (await connection.execute(query)).one_or_none()
    return InstallationRow(*row) if row else None


async def installation_id(connection: AsyncConnection) -> str:
    """The id of this installation, made when it is asked for first; two that make it at once agree."""
    if found := await read_installation(connection):
        return found.id
    made = insert_into(connection, installation).values(name=NAME, id=secrets.token_hex(ID_BYTES))
    await connection.execute(made.on_conflict_do_nothing(index_elements=["name"]))
    found = await read_installation(connection)
    if found is None:
        raise LookupError(NAME)
    return found.id


async def write_links(
    connection: AsyncConnection, events: Sequence[CaseEvent], now: Mapping[str, Case], salts: Mapping[str, str]
) -> None:
    """Write the links of new events; nothing where the database was told no key.

    Args:
        connection: in the transaction in which the events are written.
        events: in their order.
        now: the cases as they stand after the last of them, as far as that changed.
        salts: of the words of cases that are new.
    """
    keys = keys_of(connection)
    if keys is None or not events:
        return
    own, last = await installation_id(connection), {event.ticket: event.number for event in events}
    facts = {
        (ticket, number): written_facts(now[ticket], salts.get(ticket, ""))
        for ticket, number in last.items()
        if ticket in now
    }
    rows = [make_link(keys, own, event, facts.get((event.ticket, event.number), "")) for event in events]
    await connection.execute(insert(case_links), [asdict(row) for row in rows])


async def bury(connection: AsyncConnection, tickets: Collection[str], what: Erased) -> None:
    """Say, signed, that something of these cases is erased; in the transaction in which it is."""
    keys = keys_of(connection)
    if keys is None or not tickets:
        return
    own = await installation_id(connection)
    rows = [asdict(make_tombstone(keys, own, ticket, what)) for ticket in sorted(set(tickets))]
    made = insert_into(connection, case_erasures)
    again = {"key": made.excluded.key, "mark": made.excluded.mark}
    await connection.execute(made.on_conflict_do_update(index_elements=["ticket", "what"], set_=again), rows)


async def links_of(connection: AsyncConnection, ticket: str) -> dict[int, CaseLink]:
    """The links of a case by the numbers of their events."""
    names = (column for column in case_links.c if column.name != "day")
    query = select(*names).where(case_links.c.ticket == ticket).order_by(case_links.c.number)
    return {row.number: CaseLink(**row._asdict()) for row in await connection.execute(query)}


async def tombstones_of(connection: AsyncConnection, ticket: str) -> list[Tombstone]:
    """What is said to have been erased of a case."""
    stones = case_erasures.c
    query = select(stones.ticket, stones.what, stones.key, stones.mark).where(stones.ticket == ticket)
    return [Tombstone(*row) for row in await connection.execute(query)]


# Sealing what was there before ---------------------------------------------------------------------------------


async def unsealed_tickets(connection: AsyncConnection, most: int) -> list[str]:
    """Cases of which an event has no link."""
    is_linked = exists().where(case_links.c.ticket == case_events.c.ticket, case_links.c.number == case_events.c.number)
    query = select(case_events.c.ticket).where(~is_linked).distinct().order_by(case_events.c.ticket).limit(most)
    return list((await connection.execute(query)).scalars())


async def seal_late(connection: AsyncConnection, case: Case | None, events: Sequence[CaseEvent], salt: str) -> None:
    """Seal a case's events without links as they stand."""
    keys = keys_of(connection)
    if keys is None:
        return
    own, known = await installation_id(connection), await links_of(connection, events[0].ticket)
    rows = []
    for event in events:
        if event.number not in known:
            facts = written_facts(case, salt) if case and event is events[-1] else ""
            rows.append(asdict(make_link(keys, own, event, facts, is_late=True)))
    if rows:
        await connection.execute(insert(case_links), rows)


async def say_sealed(connection: AsyncConnection) -> None:
    """From now on an event without a link is one that was put in, or whose link was taken out."""
    if keys := keys_of(connection):
        mark = keys.mac("sealed", await installation_id(connection)).hex()
        await connection.execute(update(installation).values(key=keys.current, sealed=mark))


# Roots -----------------------------------------------------------------------------------------------------------


async def make_root(connection: AsyncConnection, day: date, before: datetime) -> bytes | None:
    """Make a day's root over all links that are in none yet; None where it was made already.

    Args:
        connection: in a transaction.
        day: the one that has ended.
        before: when it ended.
    """
    keys = keys_of(connection)
    if keys is None or await root_of(connection, day):
        return None
    is_past = exists().where(
        case_events.c.ticket == case_links.c.ticket,
        case_events.c.number == case_links.c.number,
        case_events.c.at < before,
    )
    await connection.execute(update(case_links).where(case_links.c.day.is_(None), is_past).values(day=day))
    root = day_tree(keys, keys.current, day, await _leaves(connection, day)).root
    await connection.execute(insert(case_roots).values(day=day, key=keys.current, root=root.hex()))
    return root


async def _leaves(connection: AsyncConnection, day: date) -> list[bytes]:
    query = select(case_links.c.link).where(case_links.c.day == day)
    return [bytes.fromhex(link) for (link,) in await connection.execute(query)]


@dataclass(frozen=True, slots=True)
class DayRoot:
    """What was published of a day."""

    day: date
    key: str
    root: str


async def root_of(connection: AsyncConnection, day: date) -> DayRoot | None:
    """The root of a day; None where none was made."""
    return next((root for root in await _roots(connection, and_(case_roots.c.day == day))), None)


async def all_roots(connection: AsyncConnection) -> list[DayRoot]:
    """Every root, the oldest first."""
    return await _roots(connection)


async def newest_root(connection: AsyncConnection) -> DayRoot | None:
    """The root that was made last."""
    newest = select(func.max(case_roots.c.day)).scalar_subquery()
    return next(iter(await _roots(connection, case_roots.c.day == newest)), None)


async def _roots(connection: AsyncConnection, *which: object) -> list[DayRoot]:
    roots = case_roots.c
    query = select(roots.day, roots.key, roots.root).where(*which).order_by(roots.day)  # type: ignore[arg-type]
    return [DayRoot(*row) for row in await connection.execute(query)]


async def tree_of(connection: AsyncConnection, keys: ChainKeys, root: DayRoot) -> DayTree | None:
    """The tree of a day as its links stand now; None where its key is not known."""
    if root.key not in keys.known:
        return None
    return day_tree(keys, root.key, root.day, await _leaves(connection, root.day))


async def proof_of(connection: AsyncConnection, ticket: str) -> Proof | None:
    """The proof of the last event of a case that is in a root; None before the first root."""
    keys = keys_of(connection)
    last = select(case_links).where(case_links.c.ticket == ticket, case_links.c.day.is_not(None))
    row = (await connection.execute(last.order_by(case_links.c.number.desc()).limit(1))).one_or_none()
    root = await root_of(connection, row.day) if row and keys else None
    tree = await tree_of(connection, keys, root) if root and keys else None
    if row is None or tree is None:
        return None
    leaf = bytes.fromhex(row.link)
    return Proof(ticket, row.number, row.day, leaf, tree.path(leaf), tree.root)


async def day_links(connection: AsyncConnection, day: date) -> list[tuple[str, int, str]]:
    """Whose links are in a day's root: number of the case, number of the event, link."""
    query = select(case_links.c.ticket, case_links.c.number, case_links.c.link).where(case_links.c.day == day)
    query = query.order_by(case_links.c.ticket, case_links.c.number)
    return [(row.ticket, row.number, row.link) for row in await connection.execute(query)]
