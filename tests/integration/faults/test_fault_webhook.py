"""Telegram brings updates to the webhook in the wrong order, twice, or such as nobody knows: what citizens see."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.integration.faults.house import CARD, STORY, House, a_house, by_webhook, hears, sends_it, tells, times_heard

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

MORE = ("tiangnya juga miring", "kabelnya sudah menjuntai sampai tanah")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with a_house(tmp_path_factory.mktemp("webhook"), **by_webhook()) as house:
        await house.service.becomes(status="ready")
        yield house


async def test_messages_in_the_wrong_order_are_one_report_that_holds_them_all(house: House) -> None:
    siti = house.citizen()
    updates = house.telegram.world.updates
    updates.hold()
    told = await siti.says(STORY)
    for words in MORE:
        await siti.says(words)
    updates.release()
    await hears(siti, CARD)
    await house.is_at_rest()
    ticket = await sends_it(siti, told)
    await house.is_at_rest()
    assert house.cases_of(siti) == [ticket]
    # What came last was told where the place was asked: it is heard as part of the story, and its place stands.
    assert sorted(house.story_of(ticket).split("\n")) == sorted((STORY, *MORE))
    assert house.place_of(ticket) == "Jl. Provinsi Km 5, Petung, Penajam"


async def test_a_kirim_that_overtakes_what_she_wrote_before_it_loses_nothing_of_it(house: House) -> None:
    siti = house.citizen()
    told = await tells(siti)
    await siti.presses("Tidak tahu")
    await hears(siti)
    updates = house.telegram.world.updates
    updates.hold()
    await siti.says(MORE[0])
    await siti.presses("Kirim")
    updates.release()
    await hears(siti, "Nomor tiket Anda")
    await house.is_at_rest()
    [ticket] = house.cases_of(siti)
    [(record,)] = house.rows("SELECT record FROM dialogues WHERE chat = ?", str(siti.id))
    assert MORE[0] in house.story_of(ticket) or MORE[0] in record
    assert told


async def test_the_same_update_again_and_again_is_answered_once(house: House) -> None:
    siti = house.citizen()
    await tells(siti)
    for _ in range(5):
        house.telegram.resend_update(max(house.telegram.world.updates.all))
    await tells(house.citizen("Budi"))
    await house.is_at_rest()
    assert times_heard(siti, CARD) == 1


async def test_an_update_of_an_unknown_kind_is_taken_and_holds_nobody_up(house: House) -> None:
    update = house.telegram.send_update("telepathy", {"thought": "lampu mati"})
    house.telegram.resend_update(update)
    await tells(house.citizen())
    assert house.telegram.world.updates.unconfirmed == []
