"""Nobody is flooded, nothing waits where nobody works, and whoever decides next reads why the case is with her."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Severity
from actions.cases.event_words import Enclosure
from actions.cases.officer_handlers import Wish
from actions.people.roles import REPORTER, Actor, Role
from actions.store.engine.tables import outbox
from actions.store.people.people import SqlPeople
from actions.store.people.substitutes import Leave, begin_leave
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.records import read_outgoing
from bot.officers.digest import Digests
from tests.fakes.telegram_chats import FakeChat
from tests.integration.officers.bureau import ROADS, Bureau

MORNING = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


async def sent(bureau: Bureau, chat: FakeChat, kind: OutboxMessageKind) -> list[OutboxMessage]:
    """What was ever sent into a chat, or edited there, but for digests."""
    query = select(outbox.c.message).where(outbox.c.chat == str(chat.id), ~outbox.c.ref.startswith("digest"))
    async with bureau.database.reading() as connection:
        rows = [read_outgoing(row) for row in (await connection.execute(query.order_by(outbox.c.id))).scalars()]
    return [one for one in rows if one.kind is kind]


async def number_of(bureau: Bureau, name: str) -> str:
    async with bureau.database.reading() as connection:
        everybody = await SqlPeople(connection).everybody()
    return str(next(one.id for one in everybody if one.name == name))


async def assigns(bureau: Bureau, ticket: str, by: str, to: str, role: Role = Role.AGENCY_ADMIN) -> None:
    giver, taker = await number_of(bureau, by), await number_of(bureau, to)
    command = CaseCommand(action=CaseAction.ASSIGN, assignee=taker)
    await bureau.does(Wish(ticket=ticket, command=command, who=Actor(role, giver, ROADS)))


@pytest.mark.thorough
async def test_a_group_hears_of_an_untouched_case_three_times_in_a_month_each_with_a_button(bureau: Bureau) -> None:
    for name, role in (("Rina", Role.LIAISON), ("Ade", Role.AGENCY_ADMIN)):
        await bureau.officer(name, role, agency=ROADS)
    modi = await bureau.officer("Modi", Role.MODERATOR)
    await bureau.binds()
    await bureau.files()
    await bureau.passes(30)
    messages = await sent(bureau, bureau.group, OutboxMessageKind.MESSAGE)
    assert len(messages) == 3
    assert all(one.rows[0][0].words == "Terima" for one in messages)
    assert len({one.text for one in await sent(bureau, bureau.group, OutboxMessageKind.EDIT)}) == len(
        await sent(bureau, bureau.group, OutboxMessageKind.EDIT)
    )
    assert len(await sent(bureau, modi.private, OutboxMessageKind.MESSAGE)) == 1
    assert not await sent(bureau, modi.private, OutboxMessageKind.EDIT)


@pytest.mark.thorough
async def test_nobody_reads_a_reminder_twice_and_each_answers_with_its_button(bureau: Bureau) -> None:
    ade = await bureau.officer("Ade", Role.LIAISON, Role.AGENCY_ADMIN, agency=ROADS)
    case = await bureau.files()
    await bureau.passes(60)
    reminders = (await sent(bureau, ade.private, OutboxMessageKind.MESSAGE))[1:]
    assert len(reminders) == len({one.text for one in reminders})
    assert len(reminders) <= 6  # three a month
    await bureau.presses(ade, "Terima", ticket=case.ticket)
    assert (await bureau.case(case.ticket)).assignee == await number_of(bureau, "Ade")


async def test_a_digest_lists_what_is_first_with_a_button_each(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    bureau.world.clock.now = MORNING
    await Digests(bureau.database, bureau.service.officers_service, bureau.world.clock, lambda _: None).look()
    await bureau.works()
    await bureau.presses(rina, f"Terima {case.ticket}", bureau.group)
    assert (await bureau.actions(case.ticket))[-1] == "accept"


@pytest.mark.thorough
async def test_an_urgent_case_rings_the_next_person_every_hour_also_at_night(bureau: Bureau) -> None:
    await bureau.officer("Rina", agency=ROADS)
    ade = await bureau.officer("Ade", Role.AGENCY_ADMIN, agency=ROADS)
    top = await bureau.officer("Tuti", Role.AGENCY_ADMIN, agency="admin_ppu")
    await bureau.binds()
    bureau.world.clock.now = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)  # Saturday, at eleven in the evening there
    case = await bureau.files(severity=Severity.URGENT)
    for chat in (bureau.group, ade.private, top.private):
        bureau.news(chat)
    heard = []
    for _ in range(3):
        bureau.world.clock.passes(timedelta(hours=1))
        await bureau.passes(0)
        await bureau.service.sweeper(lambda _: None).sweep()
        await bureau.works()
        heard.append([any(case.ticket in text for text in bureau.news(chat)) for chat in (ade.private, top.private)])
    assert heard[:2] == [[True, False], [False, True]]
    rung = await sent(bureau, ade.private, OutboxMessageKind.MESSAGE)
    assert not rung[-1].is_silent
    assert rung[-1].text.startswith("MENDESAK")


@pytest.mark.thorough
async def test_where_nobody_works_the_agency_above_has_the_card_and_acts_in_its_place(bureau: Bureau) -> None:
    await bureau.officer("Rina", agency=ROADS)
    vera = await bureau.officer("Vera", Role.VERIFIER)
    tuti = await bureau.officer("Tuti", Role.AGENCY_ADMIN, agency="admin_ppu")
    case = await bureau.files("ada bangkai hewan di sungai", category=None)
    await bureau.presses(vera, "Teruskan", ticket=case.ticket)
    while "Dinas Lingkungan Hidup" not in bureau.labels(vera.private, case.ticket):
        await bureau.presses(vera, "Berikutnya")
    await bureau.presses(vera, "Dinas Lingkungan Hidup")
    assert any("belum ada petugas" in text for text in bureau.news(vera.private))
    await bureau.presses(vera, "Kirim")
    assert (await bureau.case(case.ticket)).agency == "dlh"
    await bureau.presses(tuti, "Terima", ticket=case.ticket)
    await bureau.presses(tuti, "Jawab", ticket=case.ticket)
    await bureau.replies(tuti, "Bangkainya sudah diangkat petugas kebersihan pagi ini", to="tulis isinya", photo=True)
    await bureau.presses(tuti, "Kirim")
    assert (await bureau.case(case.ticket)).status == "answered"


async def test_whoever_is_given_a_case_is_told_once_and_her_substitute_while_she_is_away(bureau: Bureau) -> None:
    await bureau.officer("Ade", Role.AGENCY_ADMIN, agency=ROADS)
    rina, budi = [await bureau.officer(name, agency=ROADS) for name in ("Rina", "Budi")]
    await bureau.binds()
    case = await bureau.files()
    await assigns(bureau, case.ticket, "Ade", "Rina")
    assert [text for text in bureau.news(rina.private) if "ditugaskan" in text] == [
        f"Laporan {case.ticket} sekarang ditugaskan kepada Anda."
    ]
    today = bureau.world.clock().date()
    async with bureau.database.writing() as connection:
        leave = Leave(await number_of(bureau, "Rina"), await number_of(bureau, "Budi"), today + timedelta(days=7))
        await begin_leave(connection, leave)
    await assigns(bureau, case.ticket, "Ade", "Ade")
    await assigns(bureau, case.ticket, "Ade", "Rina")
    assert any("ditugaskan" in text for text in bureau.news(budi.private))
    assert not any("ditugaskan" in text for text in bureau.news(rina.private))


@pytest.mark.thorough
async def test_why_it_was_sent_back_ruled_on_and_contested_stands_on_the_card(bureau: Bureau) -> None:
    vera = await bureau.officer("Vera", Role.VERIFIER)
    await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    why = CaseCommand(action=CaseAction.RETURN, words="Ini jalan provinsi")
    await bureau.does(Wish(ticket=case.ticket, command=why, who=Actor(Role.AGENCY_ADMIN, "9", ROADS)))
    assert any("Alasan dikembalikan: “Ini jalan provinsi”" in text for text in bureau.news(vera.private))
    again = CaseCommand(action=CaseAction.FORWARD, agency=ROADS, why="lagi")
    await bureau.does(Wish(ticket=case.ticket, command=again, who=Actor(Role.VERIFIER, "8")))
    liaison = Actor(Role.LIAISON, "7", ROADS)
    await bureau.does(Wish(ticket=case.ticket, command=CaseCommand(action=CaseAction.ACCEPT), who=liaison))
    photo = (Enclosure("photo", "telegram", "1", "f1"),)
    answer = CaseCommand(action=CaseAction.ANSWER, words="Lubang sudah ditutup aspal")
    await bureau.does(Wish(ticket=case.ticket, command=answer, who=liaison, enclosures=photo))
    bureau.news(bureau.group)
    contest = CaseCommand(action=CaseAction.DISPUTE, words="Masih berlubang di sisi kiri")
    await bureau.does(Wish(ticket=case.ticket, command=contest, who=REPORTER, reporter=f"telegram:{bureau.siti.id}"))
    card = next(text for text in bureau.news(bureau.group) if "Jawaban terakhir" in text)
    assert "Jawaban terakhir: “Lubang sudah ditutup aspal”" in card
    assert "Sanggahan pelapor: “Masih berlubang di sisi kiri”" in card
