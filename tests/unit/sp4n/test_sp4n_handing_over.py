"""What is not ours goes to SP4N-LAPOR!, once and without who she is; she hears its number, and then where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest
from sqlalchemy import update

from actions.cases.actions import CaseAction
from actions.cases.case import Status, Words
from actions.people.roles import REPORTER
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.tables import cases
from bot.services.own_cases import own_part
from tests.databases import on_both
from tests.talks.world import StandingClock
from tests.unit.delivery.case_office import MODI, VERA, CaseOffice
from tests.unit.sp4n.both_sides import ELSEWHERE, HERE, BothSides

NUMBER: Final = "1916449"


@on_both
async def test_what_lies_outside_is_handed_over_and_she_is_told_the_number(sides: BothSides) -> None:
    case = await sides.reports()
    assert (case.agency, case.status) == ("pemprov_kaltim", Status.FORWARDED)
    await sides.sends()
    [sent] = sides.fake.handed_over
    assert (sent["external_id"], sent["content"], sent["topic_id"]) == (case.ticket, "jalan berlubang dalam", "3")
    assert (sent["institution_id"], sent["location"]) == ("64", "Jl. MT Haryono, depan pasar, Balikpapan")
    assert (await sides.case(case.ticket)).status is Status.REFERRED
    [note] = await sides.notes()
    assert f"{NUMBER} (https://lapor.test/pengaduan/{NUMBER})" in note
    assert "tidak perlu melapor lagi" in note
    assert ("telegram", "siti") in sides.told


@on_both
async def test_from_then_on_she_hears_where_it_stands_there(sides: BothSides) -> None:
    case = await sides.reports()
    await sides.sends()
    await sides.follows()
    sides.fake.moves(NUMBER, "Diproses")
    await sides.follows()
    sides.fake.moves(NUMBER, "Selesai", "2026-11-28 08:00:00", "Lubang ditutup aspal hari Jumat")
    await sides.follows()
    await sides.follows()
    first, received, working, done = await sides.notes()
    assert NUMBER in first
    assert "Diterima" in received
    assert "Sedang dikerjakan" in working
    assert "Selesai" in done
    assert "Lubang ditutup aspal hari Jumat" in done
    known = await sides.known(case.ticket)
    assert known
    assert known.their_status == "Selesai"


@pytest.mark.parametrize("private", [{"secret": True}, {"sensitive": True}])
async def test_what_is_secret_or_sensitive_stays_here(sides: BothSides, private: dict[str, bool]) -> None:
    case = await sides.reports(**private)
    await sides.bridge.sender.queue_what_waits()
    await sides.sends()
    assert (sides.fake.handed_over, await sides.exchanges()) == ([], [])
    assert (await sides.case(case.ticket)).status is Status.RECEIVED


async def test_what_is_hidden_before_it_is_sent_stays_here(sides: BothSides) -> None:
    case = await sides.reports()
    await sides.does(case.ticket, CaseAction.HIDE, MODI, words="ada nama anak")
    await sides.sends()
    assert sides.fake.handed_over == []
    assert (await sides.case(case.ticket)).status is Status.FORWARDED


async def test_neither_her_name_nor_her_number_goes_along(sides: BothSides) -> None:
    told = "Saya Siti Rahmawati, nomor 081234567890, jalan berlubang di depan pasar"
    await sides.reports(words=Words(told, "Siti Rahmawati"))
    await sides.sends()
    [sent] = sides.fake.handed_over
    said = " ".join(sent.values())
    assert [one for one in ("Siti", "Rahmawati", "081234567890", "telegram") if one in said] == []
    assert (sent["anonymous"], "berlubang di depan pasar" in said) == ("1", True)


@pytest.mark.parametrize(("category", "is_told"), [("jalan", True), ("bantuan_sosial", False)])
async def test_the_point_goes_only_where_something_is_to_be_seen(
    sides: BothSides, category: str, *, is_told: bool
) -> None:
    await sides.reports(category=category, location=replace(ELSEWHERE, lat=-1.26, lon=116.83))
    await sides.sends()
    [sent] = sides.fake.handed_over
    assert ("latitude" in sent, "longitude" in sent) == (is_told, is_told)


async def test_what_is_ours_is_not_handed_over(sides: BothSides) -> None:
    case = await sides.reports(location=HERE)
    await sides.sends()
    assert (case.agency, sides.fake.handed_over) == ("dpupr", [])


async def test_what_a_verifier_sends_outside_is_handed_over_then(sides: BothSides) -> None:
    case = await sides.reports(location=HERE, category=None)
    await sides.does(case.ticket, CaseAction.FORWARD, VERA, agency="bbpjn_kaltim", category="jalan", words="x")
    await sides.sends()
    [sent] = sides.fake.handed_over
    assert (sent["external_id"], "institution_id" in sent) == (case.ticket, False)


async def test_who_withdrew_meanwhile_is_not_handed_over(sides: BothSides) -> None:
    case = await sides.reports()
    await sides.does(case.ticket, CaseAction.WITHDRAW, REPORTER)
    await sides.sends()
    assert sides.fake.handed_over == []


async def test_what_lay_outside_before_is_handed_over_when_the_bridge_is_there(sides: BothSides) -> None:
    case = await CaseOffice(sides.database, StandingClock()).files(location=ELSEWHERE)
    await sides.bridge.sender.queue_what_waits()
    await sides.bridge.sender.queue_what_waits()
    await sides.sends()
    assert [sent["external_id"] for sent in sides.fake.handed_over] == [case.ticket]


@pytest.mark.thorough
async def test_who_asked_to_be_forgotten_is_told_nothing_more(sides: BothSides) -> None:
    case = await sides.reports()
    await sides.sends()
    async with sides.database.writing() as connection:
        await connection.execute(update(cases).values(reporter="telegram:!left-5f0c"))
    sides.fake.moves(NUMBER, "Diproses")
    assert await sides.follows() == 1
    assert len(await sides.notes()) == 1
    assert await sides.notes("telegram:!left-5f0c") == []
    known = await sides.known(case.ticket)
    assert known
    assert known.their_status == "Diproses"


async def test_whoever_asks_for_its_status_reads_who_has_it(sides: BothSides) -> None:
    case = await sides.reports()
    await sides.sends()
    async with sides.database.reading() as connection:
        part = await own_part(SqlCaseBook(connection), sides.service.regency, case.ticket, sides.service.clock())
    assert part["elsewhere"] == f"SP4N-LAPOR!: {NUMBER} (https://lapor.test/pengaduan/{NUMBER})"
