"""Somebody sets the clock an hour back or forward: nothing is stuck for an hour, and nothing happens twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_server import FILE
from tests.integration.faults.house import CARD, STORY, House, a_house, hears, sends_it, tells, times_heard
from tests.integration.faults.visitor import visitor
from tests.integration.process.surroundings import until
from tests.unit.files.parts import jpeg

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

HOUR_SECONDS = 3600
JUMPS = pytest.mark.parametrize("seconds", [-HOUR_SECONDS, HOUR_SECONDS], ids=["back", "forward"])
KEPT = "SELECT count(*) FROM files WHERE chat = ? AND state = 'kept'"


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of the service, as a test sets it."""

    file: Path

    def is_off_by(self, seconds: float) -> None:
        """Set it."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str(seconds), encoding="utf-8")
        fresh.replace(self.file)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def the_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    folder = tmp_path_factory.mktemp("clock")
    async with a_house(folder, test_clock=folder / "shift") as house:
        yield house


@pytest_asyncio.fixture(loop_scope="module")
async def clock(the_house: House) -> AsyncIterator[Clock]:
    clock = Clock(the_house.service.folder / "shift")
    clock.is_off_by(0)
    yield clock
    the_house.telegram.mend()


@pytest_asyncio.fixture(loop_scope="module")
async def house(the_house: House, clock: Clock) -> House:
    return the_house


@JUMPS
async def test_a_report_that_was_begun_before_is_filed_after_and_the_next_one_too(
    house: House, clock: Clock, seconds: int
) -> None:
    siti = house.citizen()
    told = await tells(siti)
    clock.is_off_by(seconds)
    first = await sends_it(siti, told)
    told = await tells(siti, "sampah menumpuk di pasar Petung sudah seminggu")
    clock.is_off_by(0)
    second = await sends_it(siti, told, first)
    assert house.cases_of(siti) == [first, second]
    assert [filed_off_by(house, ticket) for ticket in (first, second)] == [seconds, 0]


def filed_off_by(house: House, ticket: str) -> int:
    """How far from now a case was filed by the service's clock, to the hour."""
    question = "SELECT strftime('%s', filed_at) - strftime('%s', 'now') FROM cases WHERE ticket = ?"
    [(seconds,)] = house.rows(question, ticket)
    return round(int(seconds) / HOUR_SECONDS) * HOUR_SECONDS


@JUMPS
async def test_a_message_that_telegram_put_off_comes_when_telegram_said(
    house: House, clock: Clock, seconds: int
) -> None:
    siti, budi = house.citizen("Siti"), house.citizen("Budi")
    house.telegram.refuse("sendMessage", 429, retry_after=2, chat=siti.id)
    await siti.says(STORY)
    await until(lambda: any(call.status == 429 for call in house.telegram.calls_of("sendMessage")), "it is put off")
    clock.is_off_by(seconds)
    await tells(budi)
    await hears(siti, CARD)
    await house.is_at_rest()
    assert times_heard(siti, CARD) == 1


@JUMPS
async def test_a_photo_that_could_not_be_fetched_is_fetched_after(house: House, clock: Clock, seconds: int) -> None:
    siti = house.citizen()
    await tells(siti)
    house.telegram.refuse(FILE, 500)
    await siti.sends_photo(content=jpeg())
    await hears(siti)
    await until(lambda: house.rows("SELECT 1 FROM files WHERE chat = ? AND attempts = 1", str(siti.id)), "it failed")
    clock.is_off_by(seconds)
    await until(lambda: house.rows(KEPT, str(siti.id)) == [(1,)], "the photo is kept", 40)


@JUMPS
async def test_the_web_chat_keeps_the_order_in_which_she_wrote(house: House, clock: Clock, seconds: int) -> None:
    async with visitor(house) as ani:
        await ani.says(STORY)
        clock.is_off_by(seconds)
        await ani.says("tiangnya juga miring")
        await house.is_at_rest()
        page = await ani.reads()
    assert page.index(STORY) < page.index("tiangnya juga miring")


@JUMPS
async def test_what_waited_when_the_service_ended_is_sent_when_it_starts_under_another_clock(
    tmp_path: Path, seconds: int
) -> None:
    clock = Clock(tmp_path / "shift")
    async with FakeTelegram() as telegram:
        siti = telegram.citizen()
        async with a_house(tmp_path, telegram, test_clock=clock.file) as house:
            told = await tells(siti)
            telegram.refuse(FILE, 500)
            await siti.sends_photo(content=jpeg())
            await hears(siti)
            await until(lambda: house.rows("SELECT 1 FROM files WHERE attempts = 1"), "it failed")
            telegram.refuse("sendMessage", 429, retry_after=30, chat=siti.id)
            await siti.says("/bantuan")
            await until(
                lambda: house.rows("SELECT 1 FROM outbox WHERE attempts = 1 AND state = 'new'"), "it is put off"
            )
        clock.is_off_by(seconds)
        async with a_house(tmp_path, telegram, test_clock=clock.file) as house:
            await hears(siti)
            await until(lambda: house.rows(KEPT, str(siti.id)) == [(1,)], "the photo is kept", 40)
            ticket = await sends_it(siti, told)
            assert house.cases_of(siti) == [ticket]
