"""Cards of cases that stand in officers' chats, and what officers are about to say: as rows, opaque here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Index, Integer, String, Table, Text, and_, delete, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.people import STAFF_CHANNEL
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, metadata, outbox

officer_cards = Table(
    "officer_cards",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("ref", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("shown", String(16), nullable=False, server_default=""),
)
"""Where a case's card stands: the outbox's name of its message, the version of the case, a print of what it shows."""
Index("officer_cards_in_chat", officer_cards.c.chat)
Index("officer_cards_ref", officer_cards.c.ref)

officer_drafts = Table(
    "officer_drafts",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("ticket", String(12), primary_key=True),
    Column("record", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
"""What an officer is about to say on a case, one thing a case and chat. Opaque here."""


@dataclass(frozen=True, slots=True)
class PostedCard:
    """A card in a chat.

    Attributes:
        ref: the outbox's name of its message.
        version: that of the case when it was written.
        shown: the same as long as its readers read the same on it.
    """

    ticket: str
    chat: str
    ref: str
    version: int
    shown: str = ""


async def cards_of(connection: AsyncConnection, tickets: Collection[str]) -> list[PostedCard]:
    """The cards of these cases, wherever they stand."""
    cards = officer_cards
    columns = (cards.c.ticket, cards.c.chat, cards.c.ref, cards.c.version, cards.c.shown)
    query = select(*columns).where(cards.c.ticket.in_(tickets))
    return [PostedCard(*row) for row in await connection.execute(query.order_by(cards.c.ticket, cards.c.chat))]


async def save_cards(connection: AsyncConnection, case_state: Sequence[PostedCard]) -> None:
    """These stand now, each in the place of the one of its case and chat before."""
    await remove_cards(connection, case_state)
    if case_state:
        rows = [
            {"ticket": c.ticket, "chat": c.chat, "ref": c.ref, "version": c.version, "shown": c.shown}
            for c in case_state
        ]
        await connection.execute(insert(officer_cards), rows)


async def remove_cards(connection: AsyncConnection, case_state: Collection[PostedCard]) -> None:
    """Removes these cards."""
    if case_state:
        names = tuple_(officer_cards.c.ticket, officer_cards.c.chat)
        await connection.execute(delete(officer_cards).where(names.in_([(c.ticket, c.chat) for c in case_state])))


async def named_cards(connection: AsyncConnection, names: Collection[str]) -> set[str]:
    """Those of these names of messages that are cards still to be edited."""
    query = select(officer_cards.c.ref).where(officer_cards.c.ref.in_(names))
    return set((await connection.execute(query)).scalars())


async def name_of_message(connection: AsyncConnection, chat: str, message_id: str) -> str | None:
    """The outbox's name of a message that was sent in a chat of Telegram: of the last that stood under this id."""
    query = (
        select(outbox.c.ref)
        .where(outbox.c.channel == STAFF_CHANNEL, outbox.c.chat == chat, outbox.c.message_id == message_id)
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return (await connection.execute(query)).scalar_one_or_none()


async def sent_under(
    connection: AsyncConnection, chats: Collection[str], names: Collection[str]
) -> list[tuple[str, str]]:
    """Which of these messages, by their names in the outbox, these chats of Telegram have: the chat and the name."""
    named = (outbox.c.channel == STAFF_CHANNEL, outbox.c.chat.in_(chats), outbox.c.ref.in_(names))
    query = select(outbox.c.chat, outbox.c.ref).where(*named).order_by(outbox.c.id)
    return [(row.chat, row.ref) for row in await connection.execute(query)] if names else []


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Names what somebody is about to say: in which chat, by which account, on which case."""

    chat: str
    account: str
    ticket: str

    @property
    def row(self) -> ColumnElement[bool]:
        """The condition that finds the draft's row."""
        drafts = officer_drafts
        return and_(drafts.c.chat == self.chat, drafts.c.account == self.account, drafts.c.ticket == self.ticket)


async def load_draft(connection: AsyncConnection, key: DraftKey) -> str | None:
    """Loads the draft of this officer in this chat, or None."""
    return (await connection.execute(select(officer_drafts.c.record).where(key.row))).scalar_one_or_none()


async def save_draft(connection: AsyncConnection, key: DraftKey, record: str, at: datetime) -> None:
    """Keep it in the place of the one before."""
    values = {"chat": key.chat, "account": key.account, "ticket": key.ticket, "record": record, "changed_at": at}
    new = insert_into(connection, officer_drafts).values(values)
    changed = {"record": record, "changed_at": at}
    await connection.execute(new.on_conflict_do_update(index_elements=["chat", "account", "ticket"], set_=changed))


async def drop_draft(connection: AsyncConnection, key: DraftKey) -> None:
    """Removes a draft that was sent or given up."""
    await connection.execute(delete(officer_drafts).where(key.row))
