"""Inbox and outbox rows: what is found, and that finding it costs the same when the tables are long."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from actions.store.engine.database import Database
from actions.store.engine.tables import inbox, outbox
from actions.store.messages.messages import (
    backlog,
    heads_to_send,
    load_records,
    mark_sent,
    moments_of,
    put_in_inbox,
    put_in_outbox,
    received,
    save_records,
    still_new,
)
from actions.store.messages.waiting import waiting, waiting_chats
from tests.unit.actions.builders import NOON
from tests.unit.store.plans import Look, learn_sizes, plan_of

CHATS = [("telegram", "siti"), ("telegram", "budi"), ("terminal", "citizen")]


async def has_arrived(database: Database, *chats: tuple[str, str]) -> None:
    async with database.writing() as connection:
        rows = [
            {"channel": channel, "chat": chat, "update_id": f"u{number}", "sequence": number, "event": "{}"}
            for number, (channel, chat) in enumerate(chats)
        ]
        await put_in_inbox(connection, [row | {"press_id": "", "received_at": NOON} for row in rows])


async def test_the_chat_that_waits_longest_comes_first(database: Database) -> None:
    await has_arrived(database, CHATS[1], CHATS[0], CHATS[1])
    async with database.reading() as connection:
        assert await waiting_chats(connection, ["telegram"], 9) == [CHATS[1], CHATS[0]]


async def test_chats_of_channels_that_are_not_served_are_left_alone(database: Database) -> None:
    await has_arrived(database, *CHATS)
    async with database.reading() as connection:
        assert await waiting_chats(connection, ["terminal"], 9) == [CHATS[2]]


async def test_the_same_chat_of_another_channel_is_another_chat(database: Database) -> None:
    await has_arrived(database, ("telegram", "a"), ("terminal", "b"), ("telegram", "b"), ("terminal", "a"))
    async with database.reading() as connection:
        rows = await received(connection, [("telegram", "a"), ("terminal", "b")], 9)
    assert [(row.channel, row.chat) for row in rows] == [("telegram", "a"), ("terminal", "b")]


async def test_of_a_long_chat_only_the_first_rows_are_read(database: Database) -> None:
    await has_arrived(database, *[CHATS[0]] * 5, CHATS[1])
    async with database.reading() as connection:
        rows = await received(connection, CHATS, 2)
    assert [(row.chat, row.id) for row in rows] == [("budi", 6), ("siti", 1), ("siti", 2)]


async def test_what_was_worked_meanwhile_is_no_longer_new(database: Database) -> None:
    await has_arrived(database, *CHATS)
    async with database.writing() as connection:
        await connection.execute(update(inbox).where(inbox.c.id == 2).values(state="done"))
        assert await still_new(connection, [1, 2, 3]) == {1, 3}


async def test_what_another_process_has_sent_is_not_to_be_sent_again(database: Database) -> None:
    letter = {"channel": "telegram", "chat": "siti", "ref": "1", "edits": "", "message": "{}", "created_at": NOON}
    result = {"row": 1, "attempts": 1, "not_before": 0.0, "sent_at": NOON}
    async with database.writing() as connection:
        await put_in_outbox(connection, [letter])
        await mark_sent(connection, [result | {"state": "sent", "message_id": "7"}])
        await mark_sent(connection, [result | {"state": "new", "message_id": ""}])
        assert await heads_to_send(connection, "telegram", 1.0, 9) == []


async def test_a_message_to_edit_is_found_however_often_it_was_edited(database: Database) -> None:
    letters = [("1", ""), ("2", "1"), ("3", "1"), ("4", ""), ("5", "9")]
    common = {"channel": "telegram", "chat": "siti", "message": "{}", "created_at": NOON}
    targets = []
    async with database.writing() as connection:
        await put_in_outbox(connection, [common | {"ref": ref, "edits": edits} for ref, edits in letters])
        for message_id in ("7", "7", "8", "9", ""):
            [head] = await heads_to_send(connection, "telegram", 1.0, 9)
            targets.append(head.target)
            result = {"row": head.id, "state": "sent", "attempts": 1, "not_before": 0.0, "message_id": message_id}
            await mark_sent(connection, [result | {"sent_at": NOON}])
    assert targets == ["", "7", "7", "", ""]


async def test_the_backlog_is_counted_by_what_became_of_it(database: Database) -> None:
    await has_arrived(database, *CHATS)
    async with database.writing() as connection:
        await connection.execute(update(inbox).where(inbox.c.id == 1).values(state="done"))
        await connection.execute(update(inbox).where(inbox.c.id == 2).values(state="aside"))
        counted = await backlog(connection)
    assert (counted.inbox, counted.set_aside, counted.outbox, counted.oldest) == (1, 1, 0, NOON)


# With long tables -----------------------------------------------------------------------------------------------

LOOKS: dict[str, tuple[Look, str, str]] = {
    "waiting chats": (lambda c: waiting_chats(c, ["telegram"], 50), "waiting_since", "waiting_since"),
    "rows of chats": (lambda c: received(c, CHATS, 50), "inbox_new (channel=? AND chat=?)", "inbox_new"),
    "where talks stand": (lambda c: load_records(c, CHATS), "(channel=? AND chat=?)", "dialogues_pkey"),
    "first messages": (lambda c: heads_to_send(c, "telegram", 0, 60), "outbox_new (channel=?)", "outbox_new"),
    "what was sent when": (
        lambda c: moments_of(c, [("telegram", "siti", "1"), ("telegram", "budi", "2")]),
        "outbox_1 (channel=? AND chat=? AND ref=?)",
        "outbox_channel_chat",
    ),
    "what is edited": (lambda c: heads_to_send(c, "telegram", 0, 60), "(channel=? AND chat=?", "outbox_channel_chat"),
    "what is set aside": (backlog, "inbox_aside", "inbox_aside"),
    "rows still new": (lambda c: still_new(c, [1, 2]), "PRIMARY KEY", "inbox_"),
}
"""What is looked up, the index that SQLite names, and that of PostgreSQL."""


async def has_a_past(database: Database) -> None:
    """Thousands of messages have come and gone."""
    async with database.writing() as connection:
        rows = [
            {"channel": "telegram", "chat": f"{n % 50}", "update_id": f"old {n}", "sequence": n, "event": "{}"}
            for n in range(2000)
        ]
        await put_in_inbox(connection, [row | {"press_id": "", "received_at": NOON} for row in rows])
        sent = [
            {
                "channel": "telegram",
                "chat": f"{n % 50}",
                "ref": f"{n}",
                "edits": "",
                "message": "{}",
                "created_at": NOON,
            }
            for n in range(2000)
        ]
        await put_in_outbox(connection, sent)
        talks = [{"channel": "telegram", "chat": f"{n}", "record": "{}", "changed_at": NOON} for n in range(2000)]
        await save_records(connection, talks)
        await connection.execute(update(inbox).values(state="done"))
        await connection.execute(update(outbox).values(state="sent"))
        crowd = [{"channel": "telegram", "chat": f"waiting {n}", "since": 9000 + n} for n in range(2000)]
        await connection.execute(insert(waiting), crowd)
    await learn_sizes(database)


@pytest.mark.thorough
@pytest.mark.parametrize("name", LOOKS)
async def test_a_look_goes_by_an_index_and_never_through_what_is_done(database: Database, name: str) -> None:
    look, in_sqlite, in_postgresql = LOOKS[name]
    await has_a_past(database)
    plan = await plan_of(database, look)
    assert any((in_sqlite if database.is_sqlite else in_postgresql) in step for step in plan)
    assert not any(step in {"SCAN inbox", "SCAN outbox", "SCAN dialogues"} or "Seq Scan" in step for step in plan)
