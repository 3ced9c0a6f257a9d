"""By SMS nothing is deleted, withdrawn or made open, and no link ends, without six digits sent to that very number."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.cases.case import Case, Status, Visibility
from actions.store.cases.page_links import link_editions
from actions.store.engine.tables import dialogues, inbox, outbox
from tests.talks.acts import Act, Presses, Says, TimePasses
from tests.talks.messages import Message
from tests.talks.plain_text import CODE
from tests.talks.sms import SmsStage
from tests.talks.talk_file import Settings
from tests.talks.world import World, tickets

TICKET = tickets()[0]
STORY = Says("lampu jalan di petung mati sudah seminggu")
DELETES = (Says("hapus data saya"), Says("1"))
WITHDRAWS = (Says(TICKET), Presses("Tarik laporan"), Presses("Ya, tarik"))
WRONG = Says("000000")
"""No digits that chance draws in these talks."""


@asynccontextmanager
async def a_talk(*commands: Act) -> AsyncIterator[SmsStage]:
    stage = SmsStage(World(Settings()), sends_codes_back=False)
    await stage.opens()
    try:
        for command in commands:
            await stage.plays([command])
        yield stage
    finally:
        await stage.closes()


def a_report(*commands: Act) -> AbstractAsyncContextManager[SmsStage]:
    return a_talk(STORY, *commands, Presses("Kirim"))


async def does(stage: SmsStage, *commands: Act) -> list[Message]:
    messages: list[Message] = []
    for command in commands:
        messages = await stage.plays([command])
    return messages


async def is_sent_digits(stage: SmsStage, *commands: Act) -> str:
    [asked] = await does(stage, *commands)
    found = CODE.findall(asked.text)
    assert len(found) == 1, asked.text
    return str(found[0])


async def edition_of_link(stage: SmsStage) -> int:
    async with stage.database.reading() as connection:
        return (await link_editions(connection, [TICKET])).get(TICKET, 0)


async def the_case(stage: SmsStage) -> Case:
    [case] = await stage.cases()
    return case


@pytest.mark.parametrize("commands", [DELETES, WITHDRAWS], ids=["deletes", "withdraws"])
async def test_nothing_changes_before_the_digits_have_come_back(commands: tuple[Act, ...]) -> None:
    async with a_report() as stage:
        before = await the_case(stage)
        await is_sent_digits(stage, *commands)
        assert await the_case(stage) == before


async def test_with_the_digits_a_report_is_withdrawn() -> None:
    async with a_report() as stage:
        digits = await is_sent_digits(stage, *WITHDRAWS)
        [told] = await does(stage, Says(digits))
        assert told.text == f"Laporan {TICKET} sudah ditarik."
        assert (await the_case(stage)).status is Status.WITHDRAWN


@pytest.mark.thorough
@pytest.mark.parametrize("words", ["tautan baru", f"ganti tautan {TICKET}"])
async def test_her_link_opens_her_page_until_the_digits_have_come_back(words: str) -> None:
    async with a_report() as stage:
        digits = await is_sent_digits(stage, Says(words))
        assert await edition_of_link(stage) == 0
        [told] = await does(stage, Says(digits))
        assert told.text.startswith(f"Tautan baru ke halaman laporan {TICKET}")
        assert await edition_of_link(stage) == 1


@pytest.mark.thorough
@pytest.mark.parametrize("written", ["{0}", "kode {0}", "Kode: {0}.", "{1} {2}", "{1}-{2}"])
async def test_with_the_digits_her_data_are_deleted_however_she_writes_them(written: str) -> None:
    async with a_report() as stage:
        digits = await is_sent_digits(stage, *DELETES)
        [told] = await does(stage, Says(written.format(digits, digits[:3], digits[3:])))
        assert told.text.startswith("Data Anda sudah dihapus.")


@pytest.mark.thorough
async def test_a_secret_draft_stays_secret_until_the_digits_have_come_back() -> None:
    async with a_talk(STORY, Presses("Rahasiakan")) as stage:
        digits = await is_sent_digits(stage, Says("tidak usah rahasia"), Presses("Jangan rahasiakan"))
        await does(stage, Presses("Kirim"))
        assert (await the_case(stage)).visibility is Visibility.SECRET
    async with a_talk(STORY, Presses("Rahasiakan")) as stage:
        digits = await is_sent_digits(stage, Says("tidak usah rahasia"), Presses("Jangan rahasiakan"))
        await does(stage, Says(digits), Presses("Kirim"))
        assert (await the_case(stage)).visibility is Visibility.PUBLIC


@pytest.mark.thorough
async def test_three_wrong_tries_end_it() -> None:
    async with a_report() as stage:
        before, digits = await the_case(stage), await is_sent_digits(stage, *WITHDRAWS)
        said = [(await does(stage, WRONG))[0].text for _ in range(3)]
        assert [text.split(".")[0] for text in said] == [
            "Angkanya tidak cocok",
            "Angkanya tidak cocok",
            "Angkanya tidak cocok tiga kali",
        ]
        await does(stage, Says(digits))
        assert await the_case(stage) == before


async def test_after_ten_minutes_the_digits_do_nothing() -> None:
    async with a_report() as stage:
        before, digits = await the_case(stage), await is_sent_digits(stage, *WITHDRAWS)
        [told] = await does(stage, TimePasses(timedelta(minutes=10, seconds=1)), Says(digits))
        assert "lewat 10 menit" in told.text
        assert await the_case(stage) == before


@pytest.mark.thorough
async def test_digits_of_one_wish_grant_no_other() -> None:
    async with a_report() as stage:
        first = await is_sent_digits(stage, *WITHDRAWS)
        second = await is_sent_digits(stage, *DELETES)
        assert first != second
        [told] = await does(stage, Says(first))
        assert told.text.startswith("Angkanya tidak cocok.")
        assert (await the_case(stage)).reporter == "sms:+6281234567890"


@pytest.mark.thorough
async def test_digits_are_sent_five_times_a_day() -> None:
    async with a_report() as stage:
        for _ in range(5):
            await is_sent_digits(stage, *WITHDRAWS)
        [told] = await does(stage, *WITHDRAWS)
        assert told.text.startswith("Angka untuk memastikan sudah beberapa kali dikirim hari ini.")


async def test_her_own_status_needs_no_digits() -> None:
    async with a_report() as stage:
        [status] = await does(stage, Says(TICKET), Presses("Selengkapnya"))
        assert "lampu jalan di petung mati sudah seminggu" in status.text


async def test_the_digits_are_kept_nowhere_once_they_are_sent() -> None:
    async with a_report() as stage:
        digits = await is_sent_digits(stage, *WITHDRAWS)
        async with stage.database.reading() as connection:
            kept = [
                str(text)
                for column in (outbox.c.message, inbox.c.event, dialogues.c.record)
                for text in (await connection.execute(select(column))).scalars()
            ]
        assert [text for text in kept if digits in text] == []
