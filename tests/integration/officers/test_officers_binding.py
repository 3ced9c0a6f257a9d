"""A group is bound to an agency with a one-time code, by somebody of that agency, and can be bound anew and let go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.people.roles import Role
from actions.people.secrets import code_digest
from actions.store.engine.tables import inbox
from actions.store.messages.groups import SqlGroups
from tests.integration.officers.bureau import ROADS, Bureau

RIGHT, WRONG = "3456-789C-DFGH", "2222-2222-2222"


async def a_code(bureau: Bureau, agency: str = ROADS) -> None:
    async with bureau.database.writing() as connection:
        until = bureau.world.clock() + timedelta(hours=24)
        await SqlGroups(connection).set_code(agency, code_digest(RIGHT), until)


async def bound(bureau: Bureau) -> dict[str, str]:
    async with bureau.database.reading() as connection:
        return dict(await SqlGroups(connection).chats())


@pytest.mark.manual("head-group")
async def test_the_code_binds_the_group_and_holds_once(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await a_code(bureau)
    await bureau.says(rina, f"/ikat {RIGHT.lower()}", bureau.group)
    assert "menerima laporan untuk Dinas Pekerjaan Umum" in bureau.group.screen[-1].text
    assert await bound(bureau) == {ROADS: str(bureau.group.id)}
    other = bureau.telegram.group("Lain")
    other.closed = None
    await bureau.says(rina, f"/ikat {RIGHT}", other)
    assert "tidak berlaku" in other.screen[-1].text
    assert await bound(bureau) == {ROADS: str(bureau.group.id)}


async def test_the_code_of_another_agency_is_none_but_for_an_admin(bureau: Bureau) -> None:
    wawan = await bureau.officer("Wawan", agency="dlh")
    anita = await bureau.officer("Anita", Role.ADMIN)
    await a_code(bureau)
    await bureau.says(wawan, f"/ikat {RIGHT}", bureau.group)
    assert await bound(bureau) == {}
    await bureau.says(anita, f"/ikat {RIGHT}", bureau.group)
    assert await bound(bureau) == {ROADS: str(bureau.group.id)}


async def test_whoever_has_no_account_binds_nothing(bureau: Bureau) -> None:
    await a_code(bureau)
    await bureau.says(bureau.siti, f"/ikat {RIGHT}", bureau.group)
    assert "/masuk KODE" in bureau.group.screen[-1].text
    assert await bound(bureau) == {}


async def test_five_wrong_codes_and_then_a_pause_in_which_not_even_the_right_one_counts(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await a_code(bureau)
    for _ in range(5):
        await bureau.says(rina, f"/ikat {WRONG}", bureau.group)
        assert "tidak berlaku" in bureau.group.screen[-1].text
    await bureau.says(rina, f"/ikat {RIGHT}", bureau.group)
    assert "Terlalu banyak percobaan" in bureau.group.screen[-1].text
    assert await bound(bureau) == {}
    bureau.world.clock.passes(timedelta(minutes=1))
    await bureau.says(rina, f"/ikat {RIGHT}", bureau.group)
    assert await bound(bureau) == {ROADS: str(bureau.group.id)}


async def test_a_code_is_over_after_a_day_and_a_new_one_takes_its_place(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await a_code(bureau)
    bureau.world.clock.passes(timedelta(hours=24))
    await bureau.says(rina, f"/ikat {RIGHT}", bureau.group)
    assert await bound(bureau) == {}
    await a_code(bureau)
    await bureau.says(rina, f"/ikat@LaporBot {RIGHT}", bureau.group)
    assert await bound(bureau) == {ROADS: str(bureau.group.id)}


async def test_an_agency_has_one_group_and_a_group_one_agency(bureau: Bureau) -> None:
    anita = await bureau.officer("Anita", Role.ADMIN)
    other = bureau.telegram.group("Lain")
    other.closed = None
    for agency, chat in ((ROADS, bureau.group), ("dlh", bureau.group), (ROADS, bureau.group), (ROADS, other)):
        await a_code(bureau, agency)
        await bureau.says(anita, f"/ikat {RIGHT}", chat)
    assert await bound(bureau) == {ROADS: str(other.id)}


async def test_a_group_is_let_go_by_word_and_when_the_bot_is_put_out(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    await bureau.says(bureau.telegram.citizen("Dedi"), "/lepas", bureau.group)
    assert await bound(bureau) == {ROADS: str(bureau.group.id)}
    await bureau.says(rina, "/lepas", bureau.group)
    assert await bound(bureau) == {}
    await bureau.binds()
    await rina.removes_bot(bureau.group)
    await bureau.works()
    assert await bound(bureau) == {}
    case = await bureau.files()
    assert case.ticket in rina.private.screen[-1].text


async def test_a_group_that_becomes_a_supergroup_stays_bound(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    grown = bureau.telegram.group("Bidang Bina Marga")
    grown.closed = None
    await rina.sends({"migrate_to_chat_id": grown.id}, chat=bureau.group)
    await bureau.works()
    assert await bound(bureau) == {ROADS: str(grown.id)}
    other = await bureau.files()
    assert other.ticket in grown.screen[-1].text
    assert case.ticket not in grown.screen[-1].text


async def test_of_what_is_said_in_a_group_of_nobody_nothing_is_kept(bureau: Bureau) -> None:
    await bureau.siti.adds_bot(bureau.group)
    await bureau.works()
    greeting = bureau.group.screen[-1].message_id
    await bureau.siti.says("tetangga saya Pak Budi mencuri", chat=bureau.group, reply_to=greeting)
    await bureau.works()
    async with bureau.database.reading() as connection:
        kept = list((await connection.execute(select(inbox.c.event))).scalars())
    assert not [row for row in kept if "Budi" in row]


async def test_in_a_bound_group_the_bot_leaves_talk_among_officers_alone(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    seen = len(bureau.group.meaning)
    await bureau.says(rina, "siapa yang piket besok?", bureau.group)
    await bureau.says(rina, "@LaporBot halo", bureau.group)
    assert len(bureau.group.meaning) == seen
