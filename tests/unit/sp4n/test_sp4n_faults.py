"""Whatever SP4N-LAPOR! does, or whoever is killed: nothing is lost, and nothing goes there twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.cases.case import Status
from actions.cases.ports import Chance
from actions.store.engine.database import Database
from actions.store.integrations.sp4n import sp4n_backlog
from bot.integrations.sp4n.port import NotTaken
from bot.integrations.sp4n.sending import SETTLING_SECONDS
from bot.ops.sp4n_checks import sp4n_trouble
from tests.fakes.sp4n_server import FakeSp4n
from tests.patience import PATIENCE_SECONDS
from tests.unit.sp4n.both_sides import MAPPING, BothSides, both_sides

LATER = 3600.0


async def obstacles(sides: BothSides) -> dict[str, int]:
    """What stands in the way of what waits."""
    async with sides.database.reading() as connection:
        return dict((await sp4n_backlog(connection)).in_the_way)


async def test_while_they_fail_it_waits_longer_each_time_and_then_goes_once(sides: BothSides) -> None:
    case = await sides.reports()
    sides.fake.fails = 2
    await sides.sends()
    assert (await sides.sends(20), await obstacles(sides)) == (0, {"status-500": 1})
    assert sides.state().is_well is False
    await sides.sends(20)
    assert await sides.sends(100) == 0
    await sides.sends(30)
    assert [sent["external_id"] for sent in sides.fake.handed_over] == [case.ticket]
    assert (sides.state().name, await obstacles(sides)) == ("on", {})
    assert sides.counted == [("handover", "later"), ("handover", "later"), ("handover", "done")]


@pytest.mark.parametrize("fault", ["loses", "halves"])
async def test_what_arrived_and_was_never_acknowledged_is_found_there(sides: BothSides, fault: str) -> None:
    case = await sides.reports()
    setattr(sides.fake, fault, 1)
    await sides.sends()
    assert (await sides.case(case.ticket)).status is Status.FORWARDED
    await sides.sends(LATER)
    assert [sent["external_id"] for sent in sides.fake.handed_over] == [case.ticket]
    assert (await sides.case(case.ticket)).status is Status.REFERRED
    assert len(await sides.notes()) == 1


async def test_killed_while_it_is_on_its_way_it_goes_once(sides: BothSides) -> None:
    case = await sides.reports()
    sides.fake.answers.clear()
    sending = asyncio.create_task(sides.bridge.sender.send_due(sides.system))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not sides.fake.asked["addreport"]:
            await asyncio.sleep(0.01)
    sending.cancel()
    await asyncio.wait({sending})
    assert await sides.sends(SETTLING_SECONDS - 1) == 0
    sides.fake.answers.set()
    await sides.sends(2)
    assert [sent["external_id"] for sent in sides.fake.handed_over] == [case.ticket]
    assert (await sides.case(case.ticket)).status is Status.REFERRED


async def test_two_senders_at_once_send_it_once(sides: BothSides) -> None:
    case = await sides.reports()
    await asyncio.gather(*(sides.bridge.sender.send_due(sides.system) for _ in range(2)))
    assert [sent["external_id"] for sent in sides.fake.handed_over] == [case.ticket]


async def test_progress_that_arrived_is_not_told_again(sides: BothSides) -> None:
    sides.fake.has("5001")
    await sides.receives()
    sides.fake.loses = 1
    await sides.sends()
    await sides.sends(LATER)
    assert [one["status"] for one in sides.fake.followed_up] == ["Terdisposisi"]
    assert await obstacles(sides) == {}


async def test_what_they_refuse_is_named_and_goes_when_the_mapping_is_mended(
    database: Database, fake: FakeSp4n, chance: Chance
) -> None:
    fake.refuses = frozenset({"3"})
    async with both_sides(database, fake, chance) as sides:
        await sides.reports()
        await sides.sends()
        assert (await obstacles(sides), sides.state().is_well) == ({"refused": 1}, True)
        assert await sides.sends(LATER) == 0
        when = sides.service.clock() + timedelta(hours=4)
        async with database.reading() as connection:
            [said] = await sp4n_trouble(connection, MAPPING, when)
        assert said == "1 things wait to be sent to SP4N-LAPOR! (refused): the desk's page SP4N names them."
    mended = replace(MAPPING, topics={"jalan": "4"})
    async with both_sides(database, fake, chance, mended) as sides:
        await sides.sends(7 * LATER)
    assert [sent["topic_id"] for sent in fake.handed_over] == ["4"]


async def test_a_number_that_is_another_case_s_is_not_taken(sides: BothSides) -> None:
    first = await sides.reports()
    await sides.sends()
    second = await sides.reports()
    sides.fake.handed_over.clear()
    await sides.sends()
    assert await obstacles(sides) == {"number-of-another": 1}
    assert ((await sides.case(first.ticket)).status, (await sides.case(second.ticket)).status) == (
        Status.REFERRED,
        Status.FORWARDED,
    )


async def test_of_one_that_they_cannot_take_others_do_not_wait(sides: BothSides) -> None:
    sides.fake.refuses = frozenset({"3"})
    await sides.reports()
    other = await sides.reports(category="sampah")
    await sides.sends()
    assert [sent["external_id"] for sent in sides.fake.handed_over] == [other.ticket]


async def test_half_a_page_is_no_page_and_is_asked_for_again(sides: BothSides) -> None:
    sides.fake.has("5001")
    sides.fake.halves = 1
    with pytest.raises(NotTaken, match="unreadable"):
        await sides.receives()
    assert (await sides.receives(), len(await sides.tickets())) == (1, 1)


async def test_the_same_report_twice_on_a_page_is_one_case(sides: BothSides) -> None:
    sides.fake.has("5001")
    sides.fake.has("5001")
    assert (await sides.receives(), len(await sides.tickets())) == (1, 1)


async def test_a_wrong_key_is_said_and_nothing_is_given_up(sides: BothSides) -> None:
    await sides.reports()
    object.__setattr__(sides.system, "key", "lain")
    await sides.sends()
    assert (sides.state().name, await obstacles(sides)) == ("status-401", {"status-401": 1})
    object.__setattr__(sides.system, "key", "kunci-uji")
    await sides.sends(LATER)
    assert len(sides.fake.handed_over) == 1


async def test_a_report_with_a_strange_number_or_words_does_no_harm(sides: BothSides) -> None:
    sides.fake.has("../../etc")
    sides.fake.has("5001", "Lampu\x00 mati\x1b[31m di Waru", topic_id=7, latitude="abc", longitude="1e999")
    sides.fake.has("5002", date="kemarin")
    assert await sides.receives() == 1
    [ticket] = await sides.tickets()
    case = await sides.case(ticket)
    assert (case.category, case.location.lat) == ("penerangan_jalan", None)
