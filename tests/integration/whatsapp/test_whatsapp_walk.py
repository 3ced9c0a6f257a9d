"""From her first words to her ticket and its status, over HTTP both ways: a card with three buttons, and one tap."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions.store.engine.tables import outbox
from tests.fakes.whatsapp import SITI, choices_of, status
from tests.integration.whatsapp.stages import STORY
from tests.talks.acts import Presses, Says, SendsFiles, SharesPlace
from tests.talks.whatsapp import WhatsAppStage
from tests.talks.world import tickets

TICKET = tickets()[0]


async def test_a_clear_report_takes_one_tap(stage: WhatsAppStage) -> None:
    [card] = await stage.plays([Says(STORY)])
    assert card.labels == ("Kirim", "Ubah", "Pilihan lain")
    filed = await stage.plays([Presses("Kirim")])
    assert TICKET in "".join(message.text for message in filed)
    [case] = await stage.cases()
    assert (case.ticket, case.channel, case.reporter) == (TICKET, "whatsapp", f"whatsapp:{SITI}")
    [shown] = await stage.plays([Says(TICKET)])
    assert TICKET in shown.text


async def test_what_has_no_place_on_the_card_stands_in_a_list(stage: WhatsAppStage) -> None:
    await stage.plays([Says(STORY)])
    [listed] = await stage.plays([Presses("Pilihan lain")])
    assert listed.text == "Pilih salah satu:"
    assert "Rahasiakan" in listed.labels
    assert not {"Kirim", "Ubah", "Pilihan lain"} & {*listed.labels}
    [card] = await stage.plays([Presses("Rahasiakan")])
    assert card.labels == ("Kirim", "Ubah", "Pilihan lain")
    await stage.plays([Presses("Kirim")])
    [case] = await stage.cases()
    assert case.visibility == "secret"


@pytest.mark.thorough
@pytest.mark.parametrize("words", ["kirim", "1", "Kirim!"])
async def test_words_and_numbers_press_what_is_shown(stage: WhatsAppStage, words: str) -> None:
    await stage.plays([Says(STORY)])
    await stage.plays([Says(words)])
    assert len(await stage.cases()) == 1


async def test_the_list_opens_by_its_words_and_a_number_on_it_presses(stage: WhatsAppStage) -> None:
    await stage.plays([Says(STORY)])
    await stage.plays([Says("pilihan lain")])
    titles = [title for title, _ in choices_of(stage.provider.sent[-1])]
    number = next(title.partition(".")[0] for title in titles if title.endswith("Rahasiakan"))
    await stage.plays([Says(number), Says("kirim")])
    [case] = await stage.cases()
    assert case.visibility == "secret"


async def test_a_button_that_is_tapped_twice_files_once(stage: WhatsAppStage) -> None:
    await stage.plays([Says(STORY)])
    await stage.plays([Presses("Kirim"), Presses("Kirim")])
    assert len(await stage.cases()) == 1


async def test_a_place_is_asked_for_with_a_button_that_shares_it(stage: WhatsAppStage) -> None:
    await stage.plays([Says("lampu jalan mati sudah seminggu")])
    asked = stage.provider.sent[-1]["interactive"]
    assert asked["type"] == "location_request_message"
    assert asked["body"]["text"].splitlines()[-2:] == ["1) Lewati", "2) Batal"]
    [card] = await stage.plays([SharesPlace(-1.2571, 116.6712)])
    assert card.labels == ("Kirim", "Ubah", "Pilihan lain")


async def test_a_photo_goes_into_the_report(stage: WhatsAppStage) -> None:
    await stage.plays([Says(STORY)])
    await stage.plays([SendsFiles("photo")])
    await stage.plays([Presses("Kirim")])
    [case] = await stage.cases()
    assert [one.kind for one in case.attachments] == ["photo"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("words", "state", "receipt"),
    [
        (["sent", "delivered", "read"], "sent", "delivered"),
        (["read", "sent", "delivered", "delivered"], "sent", "delivered"),
        (["sent"], "sent", ""),
        (["failed", "failed"], "failed", "failed"),
        (["delivered", "failed"], "sent", "delivered"),
        (["failed", "read"], "sent", "delivered"),
    ],
)
async def test_what_became_of_a_message_stands_in_the_outbox(
    stage: WhatsAppStage, words: list[str], state: str, receipt: str
) -> None:
    await stage.plays([Says(STORY)])
    wamid = stage.provider.sent[-1]["wamid"]
    for word in words:
        codes = [131026] if word == "failed" else []
        assert await stage.provider.posts_statuses(stage.web, status(wamid, word, SITI, *codes), times=2) == [200, 200]
    async with stage.database.reading() as connection:
        assert [tuple(row) for row in await connection.execute(select(outbox.c.state, outbox.c.receipt))] == [
            (state, receipt)
        ]
