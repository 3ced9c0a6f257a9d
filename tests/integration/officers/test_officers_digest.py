"""Every working morning a group hears once what waits for its agency; and nothing makes a sound at night."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from actions.store.engine.database import Database
from actions.store.engine.tables import outbox
from bot.messaging.pruning import Pruner
from bot.messaging.records import read_outgoing
from bot.officers.digest import Digests
from tests.integration.officers.bureau import ROADS, Bureau

EIGHT, SEVEN, EVENING, SATURDAY = (
    datetime(2026, 11, 26, 0, 0, tzinfo=UTC),
    datetime(2026, 11, 25, 23, 59, tzinfo=UTC),
    datetime(2026, 11, 26, 12, 0, tzinfo=UTC),
    datetime(2026, 11, 28, 2, 0, tzinfo=UTC),
)
"""Eight hours later there: Thursday at 08:00, Wednesday at 07:59, Thursday at 20:00, Saturday at 10:00."""


def digests(bureau: Bureau, database: Database | None = None) -> Digests:
    return Digests(database or bureau.database, bureau.service.officers_service, bureau.world.clock, lambda _: None)


async def hears(bureau: Bureau) -> list[str]:
    await digests(bureau).look()
    await bureau.works()
    return bureau.news(bureau.group)


async def a_group_with_work(bureau: Bureau) -> list[str]:
    """Three cases: one that came weeks ago, one of last week, one of yesterday."""
    await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    tickets = []
    for at in (datetime(2026, 10, 20, 2, tzinfo=UTC), datetime(2026, 11, 5, 2, tzinfo=UTC), SEVEN):
        bureau.world.clock.now = at
        tickets.append((await bureau.files()).ticket)
    bureau.news(bureau.group)
    return tickets


@pytest.mark.manual("head-digest")
async def test_a_group_hears_what_is_new_due_late_and_oldest(bureau: Bureau) -> None:
    oldest, due, newest = await a_group_with_work(bureau)
    bureau.world.clock.now = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
    assert (await bureau.case(due)).deadline.isoformat() == "2026-11-25"
    [text] = await hears(bureau)
    assert text.splitlines() == [
        "Ringkasan hari ini. Dinas Pekerjaan Umum dan Penataan Ruang: 3 laporan belum dijawab.",
        "Baru: 1",
        "Jawaban jatuh tempo hari ini: 1",
        "Jawaban terlambat: 1",
        f"Paling lama: {oldest}, diterima Selasa, 20 Oktober 2026, 10.00",
        f"{oldest} · Jalan & jembatan: penerimaan, paling lambat Kamis, 22 Oktober 2026",
        f"{due} · Jalan & jembatan: penerimaan, paling lambat Senin, 9 November 2026",
        f"{newest} · Jalan & jembatan: penerimaan, paling lambat Senin, 30 November 2026",
    ]


@pytest.mark.manual("head-digest")
async def test_it_comes_at_eight_once_and_not_on_a_day_off(bureau: Bureau) -> None:
    await a_group_with_work(bureau)
    meaning = {}
    for name, at in (("seven", SEVEN), ("eight", EIGHT), ("later", EIGHT + timedelta(hours=1)), ("off", SATURDAY)):
        bureau.world.clock.now = at
        meaning[name] = len(await hears(bureau))
    assert meaning == {"seven": 0, "eight": 1, "later": 0, "off": 0}


async def test_a_service_that_was_down_in_the_morning_says_it_later_but_not_in_the_evening(bureau: Bureau) -> None:
    await a_group_with_work(bureau)
    bureau.world.clock.now = EVENING
    assert await hears(bureau) == []
    bureau.world.clock.now = EVENING - timedelta(hours=1)
    assert len(await hears(bureau)) == 1


async def test_several_processes_and_restarts_say_it_once(bureau: Bureau) -> None:
    await a_group_with_work(bureau)
    bureau.world.clock.now = EIGHT
    another = Database(str(bureau.database.url.set(drivername="sqlite")))
    await asyncio.gather(*(digests(bureau, one).look() for one in (bureau.database, another)))
    await another.close()
    await bureau.restarts()
    await digests(bureau).look()
    await bureau.works()
    assert len(bureau.news(bureau.group)) == 1


async def test_a_group_with_nothing_to_do_hears_nothing(bureau: Bureau) -> None:
    await bureau.binds()
    bureau.world.clock.now = EIGHT
    assert await hears(bureau) == []


@pytest.mark.thorough
async def test_a_digest_counts_no_secret_or_sensitive_or_hidden_case(bureau: Bureau) -> None:
    ina = await bureau.officer("Ina", agency="inspektorat")
    await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    await bureau.files(secret=True)
    await bureau.presses(ina, "Teruskan")
    await bureau.presses(ina, "Dinas Pekerjaan Umum dan Penataan Ruang")
    await bureau.presses(ina, "Kirim")
    bureau.world.clock.now = EIGHT
    assert await hears(bureau) == []


async def silent(bureau: Bureau) -> list[bool]:
    query = select(outbox.c.message).where(outbox.c.chat == str(bureau.group.id)).order_by(outbox.c.id)
    async with bureau.database.reading() as connection:
        return [read_outgoing(row).is_silent for row in (await connection.execute(query)).scalars()]


async def test_a_card_that_comes_at_night_or_on_a_day_off_makes_no_sound(bureau: Bureau) -> None:
    await bureau.binds()
    for at in (EIGHT, SEVEN, EVENING, SATURDAY):
        bureau.world.clock.now = at
        await bureau.files()
    assert await silent(bureau) == [False, True, True, True]
    sent = [call for call in bureau.telegram.calls_of("sendMessage") if int(call.given["chat_id"]) == bureau.group.id]
    assert [bool(call.given.get("disable_notification")) for call in sent] == [False, True, True, True]


async def test_a_card_is_still_changed_in_place_after_old_messages_were_removed(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    bureau.world.clock.passes(timedelta(days=40))
    await bureau.files()
    await Pruner(bureau.database, bureau.world.clock, keep_days=2, shown_from_rows={"web"}).sweep()
    await bureau.presses(rina, "Terima", bureau.group, ticket=case.ticket)
    assert [line.text.splitlines()[0] for line in bureau.group.screen if case.ticket in line.text] == [
        f"{case.ticket} · Sedang dikerjakan"
    ]
