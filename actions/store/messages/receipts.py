"""What became of messages after they were sent: which parts have which names, and the receipts for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import outbox
from actions.store.messages.message_parts import failing_chats, sent_parts
from actions.store.messages.messages import Chat
from actions.store.messages.reply_windows import shut_windows

DELIVERED, SHUT = "delivered", "shut"
"""`shut`: the provider says late that her window was shut, so the message goes another way."""


async def note_sent(
    connection: AsyncConnection, chat: Chat, message_id: str, parts: Sequence[str], at: datetime
) -> None:
    """The parts of this message have these names; a receipt that was quicker stays."""
    if not parts:
        return
    rows = [
        {"channel": chat[0], "part": part, "message_id": message_id, "chat": chat[1], "at": at}
        for part in dict.fromkeys(parts)
    ]
    new = insert_into(connection, sent_parts)
    known = {"message_id": new.excluded.message_id, "chat": new.excluded.chat}
    await connection.execute(new.on_conflict_do_update(index_elements=["channel", "part"], set_=known), rows)


async def note_receipts(
    connection: AsyncConnection, channel: str, receipts: Mapping[str, str], at: datetime
) -> set[str]:
    """What became of these parts, by their names; returns the messages that they belong to, as far as known.

    Receipts may come twice and in any order. What was delivered once stays so.
    """
    if not receipts:
        return set()
    rows = [
        {"channel": channel, "part": part, "message_id": "", "chat": "", "receipt": receipt, "at": at}
        for part, receipt in receipts.items()
    ]
    new = insert_into(connection, sent_parts)
    lasting = case((sent_parts.c.receipt == DELIVERED, DELIVERED), else_=new.excluded.receipt)
    told = new.on_conflict_do_update(index_elements=["channel", "part"], set_={"receipt": lasting})
    await connection.execute(told, rows)
    of = sent_parts.c
    query = select(of.message_id).where(of.channel == channel, of.part.in_(receipts), of.message_id != "")
    return set((await connection.execute(query)).scalars())


async def settle(connection: AsyncConnection, channel: str, messages: Collection[str], at: datetime) -> None:
    """Write to the outbox what became of these messages, as far as it is known of all their parts.

    One part that did not arrive is a message that did not, and its row is "failed": nobody counts on its being read.
    """
    of = sent_parts.c
    query = select(of.message_id, of.chat, of.receipt).where(of.channel == channel, of.message_id.in_(messages))
    receipts, chats = dict[str, list[str]](), dict[str, str]()
    for message_id, chat, receipt in await connection.execute(query):
        receipts.setdefault(message_id, []).append(receipt)
        chats[message_id] = chat
    for message_id, known in receipts.items():
        if SHUT in known:
            await _send_another_way(connection, (channel, chats[message_id]), message_id)
            continue
        missed = next((one for one in known if one not in {"", DELIVERED}), "")
        if missed or all(known):
            await _write(connection, (channel, chats[message_id]), message_id, missed, at)


async def _write(connection: AsyncConnection, chat: Chat, message_id: str, missed: str, at: datetime) -> None:
    sent = (outbox.c.channel == chat[0], outbox.c.chat == chat[1], outbox.c.message_id == message_id)
    values = {"receipt": missed, "state": "failed"} if missed else {"receipt": DELIVERED, "state": "sent"}
    await connection.execute(update(outbox).where(*sent).values(**values))
    if missed:
        new = insert_into(connection, failing_chats).values(channel=chat[0], chat=chat[1], since=at)
        await connection.execute(new.on_conflict_do_nothing())
    else:
        await is_reached(connection, chat)


async def _send_another_way(connection: AsyncConnection, chat: Chat, message_id: str) -> None:
    """It is to be sent once more, by what the outbox then knows of her window; its old parts are nobody's."""
    sent = (outbox.c.channel == chat[0], outbox.c.chat == chat[1], outbox.c.message_id == message_id)
    await connection.execute(update(outbox).where(*sent).values(state="new", message_id="", not_before=0.0))
    of = sent_parts.c
    await connection.execute(delete(sent_parts).where(of.channel == chat[0], of.message_id == message_id))
    await shut_windows(connection, chat[0], [chat[1]])


async def is_reached(connection: AsyncConnection, chat: Chat) -> None:
    """Something arrived at this chat, or came from it."""
    await connection.execute(
        delete(failing_chats).where(failing_chats.c.channel == chat[0], failing_chats.c.chat == chat[1])
    )


async def failing_since(connection: AsyncConnection, chat: Chat) -> datetime | None:
    """Since when nothing has arrived at this chat; None where something does."""
    of = failing_chats.c
    return (
        await connection.execute(select(of.since).where(of.channel == chat[0], of.chat == chat[1]))
    ).scalar_one_or_none()
