"""A day after her last word: what is due goes as a template or waits, and her next word brings it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from actions.regency.prices import Prices
from actions.store.engine.tables import outbox
from actions.store.messages.costs import message_costs
from actions.store.messages.reply_windows import reply_windows
from bot.services.last_traces import LastTraces
from tests.fakes.whatsapp import WINDOW_SHUT
from tests.integration.whatsapp.stages import STORY, a_filed_report, a_stage
from tests.talks.acts import OfficeActs, Presses, Says, TimePasses
from tests.talks.whatsapp import WhatsAppStage
from tests.talks.world import tickets

TICKET = tickets()[0]
LATER = TimePasses(timedelta(days=2))
ACCEPTS = OfficeActs("petugas", "terima", TICKET)
ASKS = OfficeActs("petugas", "tanya", TICKET, "Berapa tiang yang mati?")
ANSWERS = OfficeActs("petugas", "jawab", TICKET, "Lampu di Petung sudah diganti hari Kamis")


async def states(stage: WhatsAppStage) -> list[str]:
    async with stage.database.reading() as connection:
        return [*(await connection.execute(select(outbox.c.state).order_by(outbox.c.id))).scalars()]


async def units(stage: WhatsAppStage) -> dict[str, int]:
    async with stage.database.reading() as connection:
        query = select(message_costs.c.kind, message_costs.c.units).where(message_costs.c.channel == "whatsapp")
        return {row[0]: row[1] for row in await connection.execute(query)}


def template_in(sent: dict[str, Any]) -> tuple[str, list[str]]:
    given = sent["template"]
    return given["name"], [one["text"] for part in given["components"] for one in part["parameters"]]


async def test_within_a_day_a_question_comes_as_it_is(filed: WhatsAppStage) -> None:
    [asked] = await filed.plays([ASKS])
    assert "Berapa tiang yang mati?" in asked.text


async def test_later_a_question_is_announced_and_her_next_word_brings_it(filed: WhatsAppStage) -> None:
    await filed.plays([LATER, ASKS])
    assert template_in(filed.provider.sent[-1]) == ("lapor_ada_pertanyaan", [TICKET])
    assert (await states(filed))[-1] == "held"
    [asked, *_] = await filed.plays([Says("ya")])
    assert "Berapa tiang yang mati?" in asked.text
    assert not filed.provider.refused
    assert "held" not in await states(filed)


async def test_an_answer_has_its_own_template(filed: WhatsAppStage) -> None:
    await filed.plays([LATER, ACCEPTS, ANSWERS])
    assert template_in(filed.provider.sent[-1])[0] == "lapor_sudah_dijawab"


async def test_what_fits_no_template_waits_for_her_next_word(filed: WhatsAppStage) -> None:
    note = OfficeActs("petugas", "catat", TICKET, "Kami menunggu lampu dari gudang sampai Senin depan")
    await filed.plays([ACCEPTS])
    assert await filed.plays([LATER, note]) == []
    assert (await states(filed))[-1] == "held"
    [noted, *_] = await filed.plays([Says("apa kabar laporan saya")])
    assert "gudang" in noted.text


async def test_a_window_that_only_the_provider_knows_to_be_shut_is_believed() -> None:
    async with a_filed_report() as stage:
        stage.provider.refuses = [WINDOW_SHUT]
        await stage.plays([ASKS])
        assert template_in(stage.provider.sent[-1])[0] == "lapor_ada_pertanyaan"
        [asked, *_] = await stage.plays([Says("ya")])
        assert "Berapa tiang" in asked.text


async def test_a_window_that_was_shut_by_a_status_sends_the_message_another_way() -> None:
    async with a_filed_report() as stage:
        stage.provider.forgets_who_wrote()
        stage.provider.says_late = True
        await stage.plays([ACCEPTS, ASKS])
        assert await stage.provider.posts_statuses(stage.web, *stage.provider.late, times=2) == [200, 200]
        await stage.sends()
        assert template_in(stage.provider.sent[-1])[0] == "lapor_ada_pertanyaan"


async def test_a_template_that_is_not_approved_leaves_the_message_waiting(filed: WhatsAppStage) -> None:
    filed.provider.paused = {"lapor_ada_pertanyaan"}
    assert await filed.plays([LATER, ASKS]) == []
    assert (await states(filed))[-1] == "held"
    assert filed.state.name == "template"
    [asked, *_] = await filed.plays([Says("ya")])
    assert "Berapa tiang yang mati?" in asked.text


# The bill -------------------------------------------------------------------------------------------------------


async def test_each_message_is_counted_by_what_the_provider_bills() -> None:
    async with a_filed_report(Prices(free={"whatsapp": 1})) as stage:
        await stage.plays([LATER, ASKS])
        assert len(stage.provider.sent) == 3
        assert await units(stage) == {"free": 1, "billed": 1, "template": 1}


async def test_above_the_ceiling_answers_go_and_notices_wait() -> None:
    prices = Prices(per_unit={("whatsapp", "billed"): 360.0}, ceilings={"whatsapp": 360.0})
    async with a_stage(prices) as stage:
        [card] = await stage.plays([Says(STORY)])
        assert card.labels
        assert await stage.plays([Presses("Kirim")])
        assert await stage.plays([ACCEPTS, ASKS]) == []
        assert (await states(stage))[-1] == "held"
        await stage.plays([TimePasses(timedelta(days=8))])
        assert template_in(stage.provider.sent[-1])[0] == "lapor_ada_pertanyaan"


async def test_whoever_is_forgotten_is_told_so_and_then_it_is_forgotten_when_she_wrote(filed: WhatsAppStage) -> None:
    [asked] = await filed.plays([Says("hapus data saya")])
    [told] = await filed.plays([Presses(asked.labels[0])])
    assert told.text.startswith("Data Anda sudah dihapus.")
    await LastTraces(filed.database, filed.clock, ()).finish(filed.clock())
    async with filed.database.reading() as connection:
        assert (await connection.execute(select(reply_windows))).all() == []
