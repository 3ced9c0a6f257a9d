"""A group that is divided into topics has one for each case, and everything about the case stands there."""

from __future__ import annotations

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case
from actions.cases.officer_handlers import Wish
from actions.people.roles import REPORTER, Actor, Role
from actions.store.messages.topics import SqlTopics
from tests.fakes.telegram_people import Citizen
from tests.integration.officers.bureau import ROADS, Bureau


async def divided(bureau: Bureau) -> Citizen:
    """The group has topics, is the agency's, and an officer has written in it."""
    rina = await bureau.officer("Rina", agency=ROADS)
    bureau.group.about["is_forum"] = True
    await bureau.binds()
    await bureau.says(rina, "/tugas", bureau.group)
    return rina


def topic_of(bureau: Bureau, case: Case) -> int:
    """The number of the case's topic."""
    [number] = [number for number, name in bureau.group.topics().items() if name.startswith(case.ticket)]
    return number


async def test_each_case_has_a_topic_that_says_what_it_is_about(bureau: Bureau) -> None:
    await divided(bureau)
    first, second = await bureau.files(), await bureau.files("jalan di depan sekolah retak")
    assert list(bureau.group.topics().values()) == [f"{case.ticket} Jalan & jembatan" for case in (first, second)]
    [card] = bureau.group.in_topic(topic_of(bureau, second))
    assert "depan sekolah retak" in card


async def test_all_that_an_officer_says_and_reads_about_a_case_stands_in_its_topic(bureau: Bureau) -> None:
    rina = await divided(bureau)
    case = await bureau.files()
    await bureau.presses(rina, "Terima", bureau.group)
    await bureau.presses(rina, "Minta data", bureau.group)
    await bureau.replies(rina, "Di sisi kiri atau kanan?", bureau.group, to="Minta data")
    there = bureau.group.in_topic(topic_of(bureau, case))
    assert "Sedang dikerjakan" in there[0]
    assert any("bertanya tentang laporan" in text for text in there)
    assert list(bureau.group.topics().values()) == [f"{case.ticket} Jalan & jembatan"]


async def test_what_officers_say_to_each_other_in_a_topic_is_left_in_peace(bureau: Bureau) -> None:
    rina = await divided(bureau)
    case = await bureau.files()
    before = len(bureau.group.meaning)
    await rina.sends({"text": "siapa yang ke sana?", "message_thread_id": topic_of(bureau, case)}, chat=bureau.group)
    await bureau.works()
    assert len(bureau.group.meaning) == before


async def test_a_topic_that_somebody_has_deleted_is_opened_anew(bureau: Bureau) -> None:
    rina = await divided(bureau)
    case = await bureau.files()
    bureau.group.delete(topic_of(bureau, case))
    await bureau.presses(rina, "Minta data", bureau.group)
    assert any("Minta data" in text for text in bureau.group.in_topic(topic_of(bureau, case)))


async def test_where_the_bot_may_open_none_the_card_stands_in_the_group_and_it_is_tried_again(bureau: Bureau) -> None:
    rina = await divided(bureau)
    bureau.group.may_open_topics = False
    case = await bureau.files()
    assert case.ticket in bureau.group.screen[-1].text
    assert await SqlTopics(bureau.database).thread(str(bureau.group.id), case.ticket) is None
    bureau.group.may_open_topics = True
    await bureau.says(rina, "/tugas", bureau.group)
    assert topic_of(bureau, await bureau.files("jalan di depan sekolah retak"))


async def test_a_group_without_topics_has_none(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    await bureau.says(rina, "/tugas", bureau.group)
    await bureau.files()
    assert not bureau.group.topics()


def of_siti(bureau: Bureau, case: Case, action: CaseAction) -> Wish:
    """Something that only the reporter does."""
    return Wish(
        ticket=case.ticket, command=CaseCommand(action=action), who=REPORTER, reporter=f"telegram:{bureau.siti.id}"
    )


async def test_a_topic_is_closed_when_its_case_ends(bureau: Bureau) -> None:
    await divided(bureau)
    case, other = await bureau.files(), await bureau.files("jalan di depan sekolah retak")
    assert bureau.group.closed_topics == set()
    await bureau.does(of_siti(bureau, case, CaseAction.WITHDRAW))
    assert bureau.group.closed_topics == {topic_of(bureau, case)}
    assert topic_of(bureau, other) not in bureau.group.closed_topics


async def test_a_case_that_comes_back_to_the_group_opens_its_topic_again(bureau: Bureau) -> None:
    await divided(bureau)
    case = await bureau.files()
    topic = topic_of(bureau, case)
    returned = CaseCommand(action=CaseAction.RETURN, words="Ini jalan provinsi, bukan wewenang kami")
    await bureau.does(Wish(ticket=case.ticket, command=returned, who=Actor(Role.AGENCY_ADMIN, "1", ROADS)))
    assert bureau.group.closed_topics == {topic}
    forwarded = CaseCommand(action=CaseAction.FORWARD, agency=ROADS, why="by-hand")
    await bureau.does(Wish(ticket=case.ticket, command=forwarded, who=Actor(Role.VERIFIER, "2")))
    assert bureau.group.closed_topics == set()
    assert topic_of(bureau, case) == topic
    assert "depan pasar" in bureau.group.in_topic(topic)[-1]


async def test_where_the_bot_may_not_close_a_topic_the_card_changes_all_the_same(bureau: Bureau) -> None:
    await divided(bureau)
    case = await bureau.files()
    before = bureau.group.in_topic(topic_of(bureau, case))
    bureau.group.may_open_topics = False
    await bureau.does(of_siti(bureau, case, CaseAction.WITHDRAW))
    assert bureau.group.in_topic(topic_of(bureau, case))[0] != before[0]
    assert bureau.group.closed_topics == set()
