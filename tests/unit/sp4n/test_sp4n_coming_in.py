"""What is ours to answer comes in as a case of its own channel, once; what is done with it and answered goes back."""

from __future__ import annotations

import pytest

from actions.cases.actions import CaseAction
from actions.cases.case import Status, Visibility
from actions.cases.verifying import fault_of
from actions.store.cases.histories import histories
from actions.store.integrations.sp4n import sp4n_backlog, unmapped_topics
from tests.databases import on_both
from tests.unit.delivery.case_office import ANSWER, PROOF, VERA, liaison
from tests.unit.sp4n.both_sides import BothSides


@on_both
async def test_a_report_comes_in_once_and_its_answer_goes_back(sides: BothSides) -> None:
    sides.fake.has("5001")
    assert [await sides.receives(), await sides.receives()] == [1, 0]
    [ticket] = await sides.tickets()
    case = await sides.case(ticket)
    assert (case.category, case.agency, case.status) == ("penerangan_jalan", "dishub", Status.FORWARDED)
    assert (case.location.district, case.due_on is None) == ("64.09.02", False)
    await sides.does(ticket, CaseAction.ACCEPT, liaison("dishub"))
    await sides.does(ticket, CaseAction.ANSWER, liaison("dishub"), enclosures=PROOF, **ANSWER)
    while await sides.sends():
        pass
    told = [(one["tracking_id"], one["status"], one.get("content", "")) for one in sides.fake.followed_up]
    assert told == [
        ("5001", "Terdisposisi", ""),
        ("5001", "Diproses", ""),
        ("5001", "Ditindaklanjuti", ANSWER["words"]),
    ]
    assert sides.fake.handed_over == []


async def test_an_unknown_topic_is_filed_without_a_category_and_named(sides: BothSides) -> None:
    sides.fake.has("5002", topic_id="99", topic_name="Perkeretaapian")
    await sides.receives()
    [ticket] = await sides.tickets()
    case = await sides.case(ticket)
    assert (case.category, case.agency, case.status) == (None, "admin_ppu", Status.RECEIVED)
    async with sides.database.reading() as connection:
        found = await unmapped_topics(connection, sides.service.regency.sp4n.categories)
    assert found == {("99", "Perkeretaapian"): 1}


async def test_what_is_secret_there_is_secret_here(sides: BothSides) -> None:
    sides.fake.has("5003", secret="1")
    await sides.receives()
    [ticket] = await sides.tickets()
    case = await sides.case(ticket)
    assert (case.visibility, case.agency) == (Visibility.SECRET, "inspektorat")


async def test_what_lies_elsewhere_is_given_back_and_not_handed_over_as_new(sides: BothSides) -> None:
    sides.fake.has("5004", location="Balikpapan Kota")
    await sides.receives()
    while await sides.sends():
        pass
    [ticket] = await sides.tickets()
    assert (await sides.case(ticket)).status is Status.REFERRED
    assert sides.fake.handed_over == []
    assert [one["status"] for one in sides.fake.followed_up] == ["Terdisposisi", "Bukan Kewenangan"]
    assert "Pemerintah Provinsi Kalimantan Timur" in sides.fake.followed_up[-1]["content"]


async def test_what_cannot_be_read_is_noted_and_asked_for_again(sides: BothSides) -> None:
    sides.fake.has("5005", content="")
    sides.fake.has("5006")
    assert await sides.receives() == 1
    async with sides.database.reading() as connection:
        assert (await sp4n_backlog(connection)).unreadable == 1
    sides.fake.for_us[0]["content"] = "Sampah menumpuk di depan pasar Waru"
    assert await sides.receives() == 1
    async with sides.database.reading() as connection:
        assert (await sp4n_backlog(connection)).unreadable == 0


@pytest.mark.thorough
async def test_more_than_a_page_comes_in_whole(sides: BothSides) -> None:
    for number in range(45):
        sides.fake.has(str(6000 + number), f"Lampu jalan nomor {number} di Waru mati")
    assert await sides.receives() == 45
    assert len(await sides.tickets()) == 45


async def test_what_comes_in_is_verified_like_any_case(sides: BothSides) -> None:
    sides.fake.has("5007", topic_id="99")
    await sides.receives()
    [ticket] = await sides.tickets()
    await sides.does(
        ticket, CaseAction.FORWARD, VERA, agency="dlh", category="sampah", why="urusan kebersihan", words="x"
    )
    await sides.sends()
    assert [one["status"] for one in sides.fake.followed_up] == ["Terdisposisi"]
    faults = [fault_of(one, sides.service.regency) async for one in histories(sides.database)]
    assert faults == [None]
