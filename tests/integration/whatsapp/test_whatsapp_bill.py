"""What messages cost and the ceiling of a month: on `/metrics`, in doctor, and what waits is dropped nowhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from prometheus_client import generate_latest

from actions.regency.prices import Prices
from actions.store.engine.database import Database
from actions.store.messages.costs import add_units
from actions.store.messages.reply_windows import count_held
from bot.configuration.settings import Settings
from bot.main.health import HealthWatch
from bot.observability.metrics import Metrics
from bot.ops.doctor import look_at_data
from tests.fakes.understandings import SureUnderstanding
from tests.integration.whatsapp.stages import STORY, a_stage
from tests.talks.acts import OfficeActs, Presses, Says, TimePasses
from tests.talks.database import new_database
from tests.talks.whatsapp import WhatsAppStage
from tests.talks.world import tickets

PRICES = Prices(
    per_unit={("whatsapp", "billed"): 360.0, ("whatsapp", "template"): 400.0}, ceilings={"whatsapp": 1000.0}
)
LATE_MONTH = "2999-12"
"""One that is not over."""
TICKET = tickets()[0]
QUESTION = "Berapa tiang yang mati?"
ACCEPTS, ASKS = OfficeActs("petugas", "terima", TICKET), OfficeActs("petugas", "tanya", TICKET, QUESTION)


async def said_by_doctor(prices: Prices, **units: int) -> list[tuple[bool, str]]:
    database = Database(f"sqlite:///{await new_database()}")
    async with database.writing() as connection:
        await add_units(connection, "whatsapp", LATE_MONTH, units)
    found = await look_at_data(Settings(_env_file=None), database, prices=prices)
    return [(one.good, one.words) for one in found if "whatsapp" in one.words]


async def test_doctor_tells_the_units_of_the_month_with_their_price() -> None:
    assert await said_by_doctor(PRICES, free=1000, billed=2, template=0) == [
        (True, f"{LATE_MONTH}, whatsapp: 2 of billed: 720 IDR."),
        (True, f"{LATE_MONTH}, whatsapp: 1000 of free without a price in prices.toml."),
        (True, f"{LATE_MONTH}, whatsapp: 0 of template: 0 IDR."),
    ]


async def test_doctor_says_that_notices_wait_above_the_ceiling_and_what_raises_it() -> None:
    *_, (is_good, words) = await said_by_doctor(PRICES, billed=3)
    assert not is_good
    assert words.startswith("whatsapp has cost 1,080 IDR this month, and 1,000 is its ceiling: answers go on")
    assert "[ceiling] in prices.toml" in words


@asynccontextmanager
async def above_the_ceiling() -> AsyncIterator[WhatsAppStage]:
    """Siti has reported, and what that took is as much as a month may cost."""
    async with a_stage(PRICES) as stage:
        await stage.plays([Says(STORY)])
        await stage.plays([Presses("Kirim")])
        await stage.plays([Says("laporanku")])
        assert len(stage.provider.sent) == 3
        yield stage


async def test_numbers_show_what_was_billed_and_what_waits() -> None:
    async with above_the_ceiling() as stage:
        assert await stage.plays([ACCEPTS, ASKS]) == []
        metrics = Metrics()
        await HealthWatch(stage.database, SureUnderstanding(), dict, metrics, stage.clock).look()
    shown = generate_latest(metrics.registry).decode()
    assert 'lapor_billed_units{channel="whatsapp",kind="billed"} 3.0' in shown
    assert 'lapor_held_messages{channel="whatsapp"} 2.0' in shown


@pytest.mark.thorough
async def test_above_the_ceiling_she_is_answered_and_what_waits_comes_in_the_next_month() -> None:
    async with above_the_ceiling() as stage:
        assert await stage.plays([ACCEPTS, ASKS]) == []
        for words in ("laporanku", TICKET, "terima kasih"):
            assert await stage.plays([Says(words)])
            async with stage.database.reading() as connection:
                assert await count_held(connection) == {"whatsapp": 2}
        await stage.plays([TimePasses(timedelta(days=8))])
        read = await stage.plays([Says("halo")])
        assert any(QUESTION in one.text for one in read)
