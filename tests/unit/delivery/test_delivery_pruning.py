"""Old messages go; what a talk still needs, and everything of a case, stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from actions.cases.case import Status
from actions.store.engine.tables import cases, inbox, metadata, outbox
from bot.conversation.events import Said
from bot.messaging.outbox_message import OutboxMessageKind
from bot.messaging.ports import Arrival
from bot.messaging.pruning import LAST_OF_A_SHOWN_TALK, LONGEST_SHOWN_TALK, Pruner
from tests.databases import rows_seen
from tests.fakes.channels import RememberingChannel
from tests.unit.delivery.town import STORY, Town

KEEP_DAYS = 30
OLD = timedelta(days=KEEP_DAYS + 1)


async def sweeps(town: Town, keep_days: int = KEEP_DAYS) -> int:
    return await Pruner(town.database, lambda: town.now, keep_days, {"web"}).sweep()


async def sends(town: Town) -> None:
    sender = town.sender()
    while await sender.send_waiting():
        await sender.settle()


async def has_filed(town: Town, chat: str = "siti") -> None:
    """Somebody has reported a case, and has read all about it."""
    await town.arrives(town.pressed(await town.has_a_card(chat), chat))
    await town.works()
    await sends(town)


async def the_case_ends(town: Town) -> None:
    """Nothing is to come of it any more."""
    async with town.database.writing() as connection:
        await connection.execute(update(cases).values(status=Status.WITHDRAWN.value))


async def somebody_writes(town: Town) -> None:
    """The last rows of both tables are of today."""
    await town.arrives(town.said("halo", "budi"))
    await town.works()
    await sends(town)


async def test_what_was_worked_and_sent_goes_when_it_is_old(town: Town, database_url: str) -> None:
    await has_filed(town)
    await the_case_ends(town)
    town.passes(OLD)
    await somebody_writes(town)
    await sweeps(town)
    assert [chat for chat, _ in await town.unsent()] == ["budi"]
    assert rows_seen(database_url, "inbox") == 1


async def test_the_live_card_of_an_open_case_stays(town: Town) -> None:
    await has_filed(town)
    town.passes(OLD)
    await somebody_writes(town)
    await sweeps(town)
    assert [chat for chat, _ in await town.unsent()] == ["siti", "budi"]


async def test_what_is_younger_stays(town: Town) -> None:
    await has_filed(town)
    await somebody_writes(town)
    town.passes(OLD - timedelta(days=2))
    assert await sweeps(town) == 0


async def test_nothing_goes_where_everything_is_to_be_kept(town: Town) -> None:
    await has_filed(town)
    town.passes(timedelta(days=9999))
    await somebody_writes(town)
    assert await sweeps(town, keep_days=0) == 0


@pytest.mark.thorough
async def test_nothing_of_a_case_is_ever_removed(town: Town, database_url: str) -> None:
    await has_filed(town)
    tables = set(metadata.tables) - {"inbox", "outbox"}
    before = {table: rows_seen(database_url, table) for table in tables}
    town.passes(timedelta(days=9999))
    await sweeps(town)
    assert {table: rows_seen(database_url, table) for table in tables} == before
    assert before[cases.name] == 1


async def test_what_waits_and_what_is_set_aside_stays_however_old(town: Town) -> None:
    await town.arrives(town.said(STORY), town.said(STORY, "budi"), town.said(STORY, "tono"))
    async with town.database.writing() as connection:
        await connection.execute(update(inbox).where(inbox.c.chat == "budi").values(state="aside"))
    town.passes(OLD)
    await sweeps(town)
    assert [state for _, state in await town.states()] == ["new", "aside", "new"]


async def test_a_message_that_was_not_sent_yet_stays(town: Town) -> None:
    await town.is_to_read("hers")
    await town.is_to_read("his", "budi")
    town.passes(OLD)
    assert await sweeps(town) == 0


async def test_a_card_that_stands_open_is_still_edited_after_a_long_silence(town: Town) -> None:
    send = await town.has_a_card()
    await sends(town)
    town.passes(OLD)
    await somebody_writes(town)
    await sweeps(town)
    await town.arrives(town.pressed(send))
    await town.works()
    await sends(town)
    edits = [outgoing.target for _, outgoing in town.channel.sent if outgoing.kind is OutboxMessageKind.EDIT]
    assert edits == ["1"]


async def test_the_number_of_a_row_that_is_gone_is_not_given_to_another(town: Town) -> None:
    await has_filed(town)
    town.passes(OLD)
    await sweeps(town)
    await has_filed(town)
    assert len(await town.cases()) == 2


async def says_on_the_web(town: Town, times: int) -> None:
    town.channel = RememberingChannel("web")
    for _ in range(times):
        town.count += 1
        said = Said(id=f"e{town.count}", at=town.now, text=f"jalan rusak nomor {town.count}", ref=f"e{town.count}")
        await town.arrives(Arrival("web", "visitor", f"u{town.count}", town.count, said))
    await town.works()
    await sends(town)


async def numbers(town: Town) -> list[int]:
    async with town.database.reading() as connection:
        return list((await connection.execute(select(inbox.c.id).order_by(inbox.c.id))).scalars())


async def test_of_a_talk_on_the_web_the_end_stays(town: Town) -> None:
    await says_on_the_web(town, LAST_OF_A_SHOWN_TALK + 5)
    town.passes(OLD)
    await sweeps(town)
    assert await numbers(town) == list(range(6, LAST_OF_A_SHOWN_TALK + 6))


async def test_a_talk_on_the_web_goes_when_nobody_can_open_it_any_more(town: Town) -> None:
    await says_on_the_web(town, 5)
    town.passes(LONGEST_SHOWN_TALK + timedelta(days=1))
    await sweeps(town)
    assert len(await numbers(town)) == 1


async def test_a_long_past_is_swept_a_few_rows_at_a_time(town: Town, monkeypatch: object) -> None:
    await has_filed(town)
    town.passes(OLD)
    pruner = Pruner(town.database, lambda: town.now, KEEP_DAYS, {"web"})
    async with town.database.reading() as connection:
        before = len((await connection.execute(select(outbox.c.id))).all())
    removed = await pruner.sweep()
    assert 0 < removed <= before + 2
