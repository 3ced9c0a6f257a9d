"""The trainers' inbox is searched, and a change of the data found again, on PostgreSQL as on SQLite."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.training.data_changes import UNDONE, NluChange, add_change, change_to_undo, latest_changes
from actions.store.training.inbox import InboxFilter, inbox_page, open_count, said_since
from actions.store.training.samples import samples
from bot.training.corpus.folder import Saved

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)
SAVED = Saved(("category/jalan.yml",), 1, 0, "d" * 64)


async def test_what_trainers_ask_of_the_database(postgres_url: str) -> None:
    database = Database(postgres_url)
    await schema.upgrade(database)
    guess = {"intent": "complaint", "intent_confidence": 0.9, "category": "jalan", "category_confidence": 0.5}
    fixed = {"channel": "web", "at": NOON, "reason": "unsure", "is_sure": False, "ranking": "[]", "worth": 1.0}
    async with database.writing() as connection:
        rows = [{"text": text, "kin": text[:8], **guess, **fixed} for text in ("Jalan 100% rusak", "lampu padam")]
        await connection.execute(insert(samples), rows)
        number = await add_change(connection, NluChange(NOON, "person:1", "Rina", "labels", "x", SAVED, "1f3a9c04"))
        assert (await change_to_undo(connection, number)) is not None
        await add_change(connection, NluChange(NOON, "person:1", "Rina", UNDONE, "x", SAVED, "1f3a9c04"))
        assert await change_to_undo(connection, number) is None
        assert [one.can_be_undone for one in await latest_changes(connection, 5)] == [False, False]
    asked = InboxFilter(("100%", "jalan"), "jalan", "complaint", False, "web", NOON, NOON + timedelta(1))  # noqa: FBT003
    async with database.reading() as connection:
        assert [one.text for one in await inbox_page(connection, "person:1", 5, None, asked)] == ["Jalan 100% rusak"]
        assert await open_count(connection, "person:1", 5, InboxFilter(hidden={1})) == 1
        assert await said_since(connection, "person:1", NOON) == 0
    await database.close()
