"""From her first words to her ticket and its status, in direct messages over HTTP both ways."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions.store.messages.costs import message_costs
from tests.fakes.x import SITI
from tests.integration.x.stages import STORY
from tests.talks.acts import OfficeActs, Presses, Says
from tests.talks.world import tickets
from tests.talks.x import XStage

TICKET = tickets()[0]


async def units(stage: XStage) -> dict[str, int]:
    async with stage.database.reading() as connection:
        query = select(message_costs.c.kind, message_costs.c.units).where(message_costs.c.channel == "x")
        return {row[0]: row[1] for row in await connection.execute(query)}


async def test_a_clear_report_takes_two_messages(stage: XStage) -> None:
    [card] = await stage.plays([Says(STORY)])
    assert card.labels[0] == "Kirim"
    filed = await stage.plays([Presses("Kirim")])
    assert TICKET in "".join(message.text for message in filed)
    [case] = await stage.cases()
    assert (case.ticket, case.channel, case.reporter) == (TICKET, "x", f"x:{SITI}")
    [shown] = await stage.plays([Says(TICKET)])
    assert TICKET in shown.text


@pytest.mark.parametrize("words", ["kirim", "1", "Kirim!"])
async def test_words_and_numbers_press_what_is_shown(stage: XStage, words: str) -> None:
    await stage.plays([Says(STORY)])
    await stage.plays([Says(words)])
    assert len(await stage.cases()) == 1


async def test_what_came_and_what_went_is_counted_once_each(stage: XStage) -> None:
    await stage.plays([Says(STORY)])
    await stage.plays([Presses("Kirim")])
    assert await units(stage) == {"dm_received": 2, "dm_sent": len(stage.provider.sent) + 2}


async def test_an_officers_answer_reaches_her_and_she_confirms_it(filed: XStage) -> None:
    answer = OfficeActs("petugas", "jawab", TICKET, "Lampu di Petung sudah diganti hari Kamis")
    *_, notice = await filed.plays([OfficeActs("petugas", "terima", TICKET), answer])
    assert "sudah diganti" in notice.text
    [status] = await filed.plays([Says(TICKET)])
    assert status.labels[:2] == ("Ya, sudah beres", "Belum beres")
    await filed.plays([Presses("Ya, sudah beres")])
    [case] = await filed.cases()
    assert case.status == "closed"
