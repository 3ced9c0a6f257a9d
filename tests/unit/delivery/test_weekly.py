"""The news of a village come once a week, whatever processes and clocks do, and only where something happened."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from actions.cases.actions import CaseAction
from actions.cases.case import Location, Words
from actions.people.roles import REPORTER
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from actions.store.engine.tables import outbox
from actions.store.messages.messages import give_up_chat
from actions.store.messages.weekly_tables import weekly_subscriptions
from bot.conversation.events import Event, Said
from bot.conversation.others_cases.effects import TakeWeekly
from bot.conversation.others_cases.events import WeeklyRefused, WeeklyTaken
from bot.messaging.records import read_outgoing
from bot.messaging.turn_ports import Citizen
from bot.services.weekly import AT_ONCE, WeeklyNews, news_day
from tests.talks.world import declared
from tests.unit.delivery.case_office import ANSWER, PROOF, CaseOffice, liaison

ZONE = ZoneInfo("Asia/Makassar")
TUESDAY = datetime(2026, 11, 24, 16, 0, tzinfo=ZONE)
FRIDAY = datetime(2026, 11, 27, 8, 0, tzinfo=ZONE)
PETUNG = "64.09.01.1003"
IN_PETUNG = Location(district="64.09.01", village=PETUNG, spoken="Petung")
DEWI = Citizen("telegram", "dewi", "id")
A_WEEK = timedelta(days=7)


@pytest.fixture
def office(database: Database) -> CaseOffice:
    """An office on Tuesday afternoon, in whose region Dewi takes the news of Petung."""
    return CaseOffice(database)


def news(office: CaseOffice, database: Database | None = None) -> WeeklyNews:
    known = declared()
    return WeeklyNews(
        database or office.database, known.regency, known.texts, known.signer, office.clock, office.told.update
    )


async def takes(office: CaseOffice, who: Citizen = DEWI, **wish: str) -> Event | None:
    cause = Said(id="e1", at=office.clock(), text="langganan", ref="1")
    async with office.database.writing() as connection:
        book = SqlCaseBook(connection)
        told = await declared().effect_runner.carry_out(book, who, TakeWeekly(**(wish or {"code": PETUNG})), cause)
        await book.flush()
    return told


async def told(office: CaseOffice, chat: str = "dewi") -> list[str]:
    query = select(outbox.c.message).where(outbox.c.chat == chat).order_by(outbox.c.id)
    async with office.database.reading() as connection:
        return [read_outgoing(row).text for row in (await connection.execute(query)).scalars()]


def it_is(office: CaseOffice, moment: datetime) -> None:
    office.clock.now = moment


async def is_solved(office: CaseOffice, **changes: object) -> None:
    case = await office.files(location=IN_PETUNG, **changes)
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(case.agency))
    await office.does(case.ticket, CaseAction.ANSWER, liaison(case.agency), enclosures=PROOF, **ANSWER)
    await office.does(case.ticket, CaseAction.CONFIRM, REPORTER)


async def test_on_friday_morning_she_hears_what_was_new_and_what_is_solved(office: CaseOffice) -> None:
    await takes(office)
    await office.files(location=IN_PETUNG, draft_key="another")
    await is_solved(office)
    it_is(office, FRIDAY)
    await news(office).look()
    assert await told(office) == ["Seminggu ini di Petung: 1 laporan selesai, 2 laporan baru."]
    assert ("telegram", "dewi") in office.told


@pytest.mark.parametrize(
    "moment",
    [FRIDAY - timedelta(minutes=1), FRIDAY - timedelta(days=1), FRIDAY.replace(hour=20), FRIDAY.replace(hour=3)],
)
async def test_not_before_and_not_at_night(office: CaseOffice, moment: datetime) -> None:
    await takes(office)
    await office.files(location=IN_PETUNG)
    it_is(office, moment)
    await news(office).look()
    assert await told(office) == []


async def test_where_nothing_happened_nobody_is_woken(office: CaseOffice) -> None:
    await takes(office)
    await office.files(location=Location(district="64.09.03", village="64.09.03.2001"))
    it_is(office, FRIDAY)
    assert await news(office).look() == 1
    assert await told(office) == []
    assert await news(office).look() == 0


async def test_nothing_secret_sensitive_or_hidden_is_counted(office: CaseOffice) -> None:
    await takes(office)
    await office.files(location=IN_PETUNG, secret=True)
    await office.files(location=IN_PETUNG, sensitive=True, draft_key="another")
    it_is(office, FRIDAY)
    await news(office).look()
    assert await told(office) == []


async def test_once_however_often_and_by_however_many_processes_it_is_looked(
    office: CaseOffice, another_process: Database
) -> None:
    await takes(office)
    await office.files(location=IN_PETUNG)
    it_is(office, FRIDAY)
    await asyncio.gather(news(office).look(), news(office, another_process).look())
    it_is(office, FRIDAY + timedelta(days=3))
    await news(office).look()
    assert len(await told(office)) == 1


async def test_each_week_has_its_own_news(office: CaseOffice) -> None:
    await takes(office)
    await office.files(location=IN_PETUNG)
    it_is(office, FRIDAY)
    await news(office).look()
    await is_solved(office, draft_key="another")
    it_is(office, FRIDAY + A_WEEK)
    await news(office).look()
    assert await told(office) == [
        "Seminggu ini di Petung: 1 laporan baru.",
        "Seminggu ini di Petung: 1 laporan selesai, 1 laporan baru.",
    ]


async def test_a_week_in_which_the_service_was_down_comes_with_the_next(office: CaseOffice) -> None:
    await takes(office)
    await office.files(location=IN_PETUNG)
    it_is(office, FRIDAY + A_WEEK + timedelta(days=2))
    await news(office).look()
    assert await told(office) == ["Sejak Jumat, 20 November 2026 di Petung: 1 laporan baru."]


async def test_a_clock_that_is_set_back_repeats_nothing_and_skips_nothing(office: CaseOffice) -> None:
    await takes(office)
    await office.files(location=IN_PETUNG)
    it_is(office, FRIDAY + A_WEEK)
    await news(office).look()
    it_is(office, FRIDAY)
    await news(office).look()
    await office.files(location=IN_PETUNG, draft_key="another")
    it_is(office, FRIDAY + A_WEEK)
    await news(office).look()
    assert len(await told(office)) == 1
    it_is(office, FRIDAY + 2 * A_WEEK)
    await office.files(location=IN_PETUNG, draft_key="third")
    it_is(office, FRIDAY + 3 * A_WEEK)
    await news(office).look()
    assert len(await told(office)) == 2


async def test_many_are_told_a_few_at_a_time(office: CaseOffice) -> None:
    rows = [
        {"channel": "telegram", "chat": f"c{number}", "village": PETUNG, "language": "id"}
        for number in range(2 * AT_ONCE + 1)
    ]
    since = {"since": office.clock(), "told_until": FRIDAY.date() - A_WEEK}
    async with office.database.writing() as connection:
        await connection.execute(insert(weekly_subscriptions), [row | since for row in rows])
    await office.files(location=IN_PETUNG)
    it_is(office, FRIDAY)
    assert [await news(office).look() for _ in range(4)] == [AT_ONCE, AT_ONCE, 1, 0]
    async with office.database.reading() as connection:
        chats = (await connection.execute(select(outbox.c.chat).where(outbox.c.chat != "siti"))).scalars().all()
    assert sorted(chats) == sorted(str(row["chat"]) for row in rows)


async def test_whoever_cannot_be_reached_any_more_takes_none(office: CaseOffice) -> None:
    await takes(office)
    async with office.database.writing() as connection:
        await give_up_chat(connection, "telegram", "dewi")
        assert (await connection.execute(select(weekly_subscriptions))).all() == []


async def test_in_english_and_with_one_tap_to_end_it(office: CaseOffice) -> None:
    await takes(office, Citizen("telegram", "dewi", "en"))
    await office.files(location=IN_PETUNG, words=Words("jalan rusak"))
    it_is(office, FRIDAY)
    await news(office).look()
    assert await told(office) == ["This week in Petung: one new report."]
    async with office.database.reading() as connection:
        [row] = (await connection.execute(select(outbox.c.message).where(outbox.c.chat == "dewi"))).scalars()
    assert [button.words for line in read_outgoing(row).rows for button in line] == ["Stop the news"]


async def test_a_village_is_found_by_its_name_in_its_district(office: CaseOffice) -> None:
    assert isinstance(await takes(office, village="Petung", district="Penajam"), WeeklyTaken)
    assert isinstance(await takes(office, village="Atlantis"), WeeklyRefused)
    assert isinstance(await takes(office, code="64.09.01"), WeeklyRefused)


async def test_a_text_message_a_week_is_not_sent(office: CaseOffice) -> None:
    refused = await takes(office, Citizen("sms", "0812", "id"))
    assert isinstance(refused, WeeklyRefused)
    assert refused.not_here


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (FRIDAY, "2026-11-27"),
        (FRIDAY - timedelta(minutes=1), "2026-11-20"),
        (FRIDAY + timedelta(days=6, hours=23), "2026-11-27"),
        (TUESDAY, "2026-11-20"),
    ],
)
def test_the_day_of_the_news_is_the_last_friday_whose_morning_has_come(moment: datetime, day: str) -> None:
    assert news_day(moment, declared().regency).isoformat() == day
