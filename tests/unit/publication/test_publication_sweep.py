"""An answer on its way to the public: proposed where somebody moderates, held where in doubt, taken back at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Location, ReportType, Words
from actions.people.roles import REPORTER, Actor, Role
from actions.privacy.handlers import forget_reporter
from actions.privacy.publication import HeldFor, PublicationState
from actions.privacy.redaction import Moderated
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.publications import note_closed
from tests.databases import on_both
from tests.unit.publication.newsroom import ANSWER, MODI, PROOF, STORY, TITLE, Newsroom
from tests.unit.web_desk_more.desk_office import DISTRICT


@on_both
async def test_the_answer_of_a_solved_case_is_published_on_its_day_and_the_story_never(room: Newsroom) -> None:
    case = await room.published()
    assert await room.reads(case) == Moderated(TITLE, ANSWER)


@pytest.mark.thorough
async def test_two_whole_working_days_pass_before(room: Newsroom) -> None:
    await room.hires()
    await room.crowd()
    case = await room.closed()
    await room.sweeps()
    one = await room.stands(case)
    assert one is not None
    assert one.publish_at is not None
    calendar, closed_on = room.office.gate.house.service.regency.calendar, room.office.gate.now()
    assert calendar.between(calendar.day(closed_on), calendar.day(one.publish_at)) == 3
    room.office.gate.world.clock.passes(one.publish_at - closed_on - timedelta(minutes=1))
    await room.sweeps()
    assert await room.reads(case) is None


async def test_where_nobody_moderates_nothing_is_proposed(room: Newsroom) -> None:
    await room.crowd()
    case = await room.closed()
    assert await room.sweeps() == 0
    one = await room.stands(case)
    assert one is not None
    assert one.state is PublicationState.CLOSED


@pytest.mark.thorough
async def test_what_nobody_could_look_at_on_its_day_is_proposed_anew(room: Newsroom) -> None:
    await room.hires()
    await room.crowd()
    case = await room.closed()
    await room.sweeps()
    await room.comes_to_its_day(case)
    room.office.gate.world.clock.passes(timedelta(days=2))
    await room.sweeps()
    one = await room.stands(case)
    assert one is not None
    assert one.state is PublicationState.PROPOSED
    assert one.publish_at is not None
    assert one.publish_at > room.office.gate.now()


@pytest.mark.thorough
@on_both
async def test_several_processes_publish_once(room: Newsroom) -> None:
    await room.hires()
    await room.crowd()
    case = await room.closed()
    looked = await asyncio.gather(*(room.sweep().sweep() for _ in range(3)))
    assert sum(looked) == 1
    await room.comes_to_its_day(case)
    assert sum(await asyncio.gather(*(room.sweep().sweep() for _ in range(3)))) == 1
    assert await room.sweeps() == 0
    assert await room.reads(case) == Moderated(TITLE, ANSWER)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Sudah kami sampaikan kepada ibu Sumarni di Petung.", HeldFor.WORDS),
        ("Lampu di depan rumah Zulkarnaen sudah menyala.", HeldFor.WORDS),
        ("Petugas datang pada 14 Desember dan jalan sudah ditambal.", HeldFor.WORDS),
    ],
)
async def test_an_answer_that_may_name_somebody_waits_for_a_moderator(
    room: Newsroom, answer: str, found: HeldFor
) -> None:
    await room.hires()
    await room.crowd()
    case = await room.closed(answer)
    await room.sweeps()
    one = await room.stands(case)
    assert one is not None
    assert (one.state, one.held_for, one.publish_at) == (PublicationState.HELD, found, None)
    room.office.gate.world.clock.passes(timedelta(days=30))
    await room.sweeps()
    assert await room.reads(case) is None


async def test_where_few_reported_it_nothing_is_published(room: Newsroom) -> None:
    await room.hires()
    case = await room.closed()
    await room.sweeps()
    one = await room.stands(case)
    assert one is not None
    assert (one.state, one.held_for) == (PublicationState.HELD, HeldFor.FEW)


async def test_one_person_with_many_reports_is_one(room: Newsroom) -> None:
    await room.hires()
    await room.crowd(reporter="telegram:tari")
    case = await room.closed()
    await room.sweeps()
    one = await room.stands(case)
    assert one is not None
    assert one.held_for is HeldFor.FEW


@pytest.mark.thorough
async def test_a_place_is_named_only_where_enough_reported(room: Newsroom) -> None:
    await room.hires()
    await room.crowd(location=Location(district=DISTRICT, village="64.09.01.1001"))
    case = await room.closed("Jalan sudah kami tambal dengan aspal.")
    await room.sweeps()
    one = await room.stands(case)
    assert one is not None
    assert (one.state, one.title) == (PublicationState.PROPOSED, "Jalan rusak, Penajam")
    other = await room.closed("Jalan di Petung sudah kami tambal dengan aspal.")
    await room.sweeps()
    named = await room.stands(other)
    assert named is not None
    assert named.held_for is HeldFor.WORDS


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("category", "title"), [("jalan", TITLE), ("bantuan_sosial", "Urusan bantuan sosial, Penajam")]
)
async def test_what_stands_in_the_street_is_anybodys_and_what_concerns_a_person_is_not(
    room: Newsroom, category: str, title: str
) -> None:
    await room.hires()
    await room.crowd(location=Location(district=DISTRICT, village="64.09.01.1001"), category=category)
    await room.crowd(category="parkir")
    case = await room.closed("Urusan ini sudah kami selesaikan di kantor desa hari Rabu.", category=category)
    await room.sweeps()
    one = await room.stands(case)
    assert one is not None
    assert one.title == title


async def test_what_is_no_complaint_is_called_by_its_category(room: Newsroom) -> None:
    await room.hires()
    await room.crowd()
    case = await room.closed(type=ReportType.ASPIRATION)
    await room.sweeps()
    one = await room.stands(case)
    assert one is not None
    assert one.title == "Jalan & jembatan, Petung"


@pytest.mark.thorough
@pytest.mark.parametrize(
    "changes", [{"category": None}, {"category": "pungli_korupsi"}, {"secret": True}, {"sensitive": True}]
)
async def test_neither_secret_nor_sensitive_nor_unclear_cases_are_ever_proposed(
    room: Newsroom, changes: dict[str, object]
) -> None:
    await room.hires()
    await room.crowd()
    case = await room.office.files(**{"words": Words(STORY), **changes})
    async with room.office.gate.database.writing() as connection:  # as if it had been noted by mistake
        await note_closed(connection, [case.ticket], room.office.gate.now())
    await room.sweeps()
    assert await room.stands(case) is None


async def hides(room: Newsroom, case: Case) -> None:
    await room.does(case, CaseAction.HIDE, MODI, words="Menunjuk seseorang")


async def reopens(room: Newsroom, case: Case) -> None:
    await room.does(case, CaseAction.REOPEN, REPORTER, words="Rusak lagi setelah hujan")


async def forgets(room: Newsroom, case: Case) -> None:
    gate = room.office.gate
    async with gate.database.writing() as connection:
        book, service = SqlCaseBook(connection), gate.house.service
        await forget_reporter(book, service.regency, case.reporter, gate.now(), service.effect_runner.chance)
        await book.flush()


@pytest.mark.thorough
@pytest.mark.parametrize("leaves", [hides, reopens, forgets])
async def test_what_leaves_the_public_is_read_by_nobody_at_once(room: Newsroom, leaves: object) -> None:
    case = await room.published()
    assert callable(leaves)
    await leaves(room, case)
    assert await room.reads(case) in {None, Moderated()}
    assert await room.stands(case) is None
    room.office.gate.world.clock.passes(timedelta(days=30))
    await room.sweeps()
    assert await room.reads(case) in {None, Moderated()}


@pytest.mark.thorough
async def test_a_case_that_is_answered_again_is_proposed_again(room: Newsroom) -> None:
    case = await room.published()
    await reopens(room, case)
    liaison = Actor(Role.LIAISON, "97", case.agency)
    again = "Jalan di Petung sudah kami tambal lagi dengan aspal."
    await room.does(case, CaseAction.ANSWER, liaison, words=again, enclosures=PROOF)
    await room.does(case, CaseAction.CONFIRM, REPORTER)
    assert await room.reads(case) is None
    await room.sweeps()
    one = await room.stands(case)
    assert one is not None
    assert one.state is PublicationState.PROPOSED
