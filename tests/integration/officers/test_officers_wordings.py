"""What officers read where they are refused, greeted and reminded, as they read it in Telegram."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from actions.people.handlers import add_person
from actions.people.roles import Role
from actions.people.secrets import code_digest
from actions.store.messages.groups import SqlGroups
from actions.store.people.people import SqlPeople
from bot.officers.digest import Digests
from tests.integration.officers.bureau import CODE, ROADS, Bureau

DAYS = 30
TO_TAKE = re.compile(r"Terima( LP-\w{4}-\w{4})?")


async def test_who_is_refused_reads_who_may(bureau: Bureau) -> None:
    wawan = await bureau.officer("Wawan", agency="dlh")
    await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    answer = await bureau.presses(wawan, "Terima", bureau.group)
    assert (
        answer == "Untuk laporan ini hanya petugas instansi yang memegangnya, atau pimpinannya, yang bisa melakukannya."
    )
    assert (await bureau.case(case.ticket)).assignee == ""
    await bureau.says(wawan, "/lepas", bureau.group)
    assert bureau.group.screen[-1].text == (
        "Hanya petugas Dinas Pekerjaan Umum dan Penataan Ruang, atau admin layanan, yang bisa melepas grup ini."
    )
    async with bureau.database.reading() as connection:
        assert await SqlGroups(connection).agency_of(str(bureau.group.id)) == ROADS


async def test_who_ties_her_account_is_greeted_by_name_and_told_what_to_type(bureau: Bureau) -> None:
    rina = bureau.telegram.citizen("Rina")
    rina.private.closed = None
    agencies, now = bureau.service.regency.agencies, bureau.world.clock()
    async with bureau.database.writing() as connection:
        book = SqlPeople(connection)
        person = await add_person(book, "Rina", {Role.LIAISON}, ROADS, agencies, now, "terminal:test")
        await book.set_code(person.id, code_digest(CODE), now + timedelta(hours=1))
    case = await bureau.files()
    await bureau.says(rina, f"/masuk {CODE}")
    assert rina.private.screen[-1].text == (
        "Selamat datang, Rina. Ketik /tugas untuk melihat laporan yang menunggu Anda."
    )
    await bureau.says(rina, "/tugas")
    assert any(case.ticket in text for text in bureau.news(rina.private))


@pytest.mark.thorough
async def test_a_group_s_month_with_an_untouched_case_is_three_reminders_and_digests_each_with_its_button(
    bureau: Bureau,
) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.officer("Ade", Role.AGENCY_ADMIN, agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    digests = Digests(bureau.database, bureau.service.officers_service, bureau.world.clock, lambda _: None)
    for _ in range(DAYS):
        await bureau.passes(1)
        await digests.look()
        await bureau.works()
    about_it = [line for line in bureau.group.screen if line.from_bot and case.ticket in line.text]
    digest = [line for line in about_it if line.text.startswith("Ringkasan hari ini")]
    reminders = [line for line in about_it if line not in digest]
    assert len(reminders) == 3
    assert len(digest) > len(reminders)
    assert [line.labels for line in about_it if not any(map(TO_TAKE.fullmatch, line.labels))] == []
    number, button = bureau.group.button("Terima", reminders[1].message_id) or (0, {})
    await bureau.taps(rina, button["callback_data"], number, bureau.group)
    assert (await bureau.actions(case.ticket))[-1] == "accept"
