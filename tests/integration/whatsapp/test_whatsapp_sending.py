"""What the provider refuses: by its code a message waits, ends, or an admin must act; and nothing is dropped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.store.engine.tables import outbox
from bot.channels.meta.errors import CODES, MessageFate, as_sending_failed, meaning_of
from bot.messaging.ports import Impossible, NotNow, SendingFailed, TemplateRefused, WindowShut
from tests.fakes.whatsapp import SITI, status
from tests.integration.whatsapp.stages import STORY
from tests.talks.acts import OfficeActs, Presses, Says, TimePasses
from tests.talks.whatsapp import WhatsAppStage
from tests.talks.world import tickets

TICKET = tickets()[0]
KINDS: dict[MessageFate, type[SendingFailed]] = {
    MessageFate.WAITS: NotNow,
    MessageFate.ALL_WAIT: NotNow,
    MessageFate.ENDS: Impossible,
    MessageFate.WINDOW: WindowShut,
    MessageFate.TEMPLATE: TemplateRefused,
}


async def rows(stage: WhatsAppStage) -> list[tuple[str, int, bool]]:
    async with stage.database.reading() as connection:
        query = select(outbox.c.state, outbox.c.attempts, outbox.c.not_before).order_by(outbox.c.id)
        return [(row.state, row.attempts, row.not_before > 0) for row in await connection.execute(query)]


@pytest.mark.parametrize("code", [*CODES, -1, 999_999])
def test_each_code_says_what_becomes_of_the_message(code: int) -> None:
    meaning = meaning_of(code)
    failed = as_sending_failed(code)
    assert type(failed) is KINDS[meaning.fate]
    if isinstance(failed, NotNow):
        assert (failed.everybody, failed.seconds) == (meaning.fate is MessageFate.ALL_WAIT, meaning.seconds)


def test_an_admin_is_told_of_what_only_she_can_mend() -> None:
    told = {code: meaning.trouble for code, meaning in CODES.items() if meaning.trouble}
    assert told[190] == "refused"
    assert told[131042] == "payment"
    assert told[131031] == "blocked"
    assert told[132001] == "template"
    assert not any(meaning_of(code).trouble for code in (130429, 131056, 131026, 131047))


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("code", "row"),
    [
        (131056, ("new", 1, True)),
        (130429, ("new", 1, True)),
        (131000, ("new", 1, True)),
        (190, ("new", 1, True)),
        (131026, ("failed", 1, False)),
        (999_999, ("new", 1, True)),
    ],
)
async def test_a_refused_answer_waits_or_ends(stage: WhatsAppStage, code: int, row: tuple[str, int, bool]) -> None:
    stage.provider.refuses = [code]
    assert await stage.plays([Says(STORY)]) == []
    assert await rows(stage) == [row]
    if row[0] == "new":
        [card] = await stage.plays([TimePasses(timedelta(minutes=5))])
        assert card.labels
        assert stage.state.is_well


@pytest.mark.thorough
async def test_a_wrong_token_is_said_until_it_is_mended(stage: WhatsAppStage) -> None:
    stage.provider.token = "another"
    await stage.plays([Says(STORY)])
    assert (stage.state.name, stage.state.is_well) == ("refused", False)


async def test_who_is_not_reached_for_a_week_is_left_alone_until_she_writes(filed: WhatsAppStage) -> None:
    for sent in filed.provider.sent:
        await filed.provider.posts_statuses(filed.web, status(sent["wamid"], "failed", SITI, 131026))
    asked = OfficeActs("petugas", "tanya", TICKET, "Berapa tiang yang mati?")
    assert await filed.plays([TimePasses(timedelta(days=8)), asked]) == []
    assert (await rows(filed))[-1][0] == "failed"


# What goes on without her -----------------------------------------------------------------------------------------


@pytest.mark.thorough
async def test_a_message_after_which_she_must_act_has_buttons(filed: WhatsAppStage) -> None:
    answer = OfficeActs("petugas", "jawab", TICKET, "Lampu di Petung sudah diganti hari Kamis")
    *_, notice = await filed.plays([OfficeActs("petugas", "terima", TICKET), answer])
    assert notice.labels[:2] == ("Ya, sudah beres", "Belum beres")
    await filed.plays([Presses("Ya, sudah beres")])
    [case] = await filed.cases()
    assert case.status == "closed"


ACCEPTS = [OfficeActs("petugas", "terima", ticket) for ticket in tickets()[:2]]


async def files_another(stage: WhatsAppStage) -> None:
    await stage.plays([Says("sampah menumpuk di pasar petung sudah dua minggu")])
    await stage.plays([Presses("Kirim")])
    assert len(await stage.cases()) == 2


@pytest.mark.thorough
async def test_mere_progress_is_one_line_a_day(filed: WhatsAppStage) -> None:
    await files_another(filed)
    [line] = await filed.plays([ACCEPTS[0]])
    assert (line.text, line.labels) == (f"Kabar laporan {TICKET}: Sedang dikerjakan.", ())
    assert await filed.plays([ACCEPTS[1]]) == []
    assert (await rows(filed))[-1] == ("held", 0, True)
    [tomorrow] = await filed.plays([TimePasses(timedelta(hours=17))])
    assert tomorrow.text == f"Kabar laporan {tickets()[1]}: Sedang dikerjakan."


async def test_what_went_on_in_several_reports_is_still_one_line(filed: WhatsAppStage) -> None:
    await files_another(filed)
    [line] = await filed.plays(ACCEPTS)
    assert line.text == 'Ada kabar dari 2 laporan Anda. Tulis "laporanku" untuk melihatnya.'


async def test_what_she_did_herself_is_no_news(filed: WhatsAppStage) -> None:
    await filed.plays([Says("tarik laporan saya")])
    await filed.plays([Presses("Ya, tarik")])
    assert not any(sent["type"] == "text" and "Kabar" in sent["text"]["body"] for sent in filed.provider.sent)
