"""Messages of talks are labelled by what they do, saved into the data of this installation, and taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from actions.store.training.act_samples import act_samples, add_act_samples
from actions.store.training.data_changes import latest_changes
from bot.understanding.acts.rows import read_rows
from tests.unit.trainers.rooms import OfficersSession, texts_of

HTMX = {"hx-request": "true"}
DOUBTFUL = "hm yang itu belum pas kayaknya"
LIKELY = '[["skip", 0.4], ["correct_story", 0.35], ["small_talk", 0.1]]'


async def said_in_talks(room: OfficersSession, *words: str, asked: str = "card", **changes: Any) -> list[int]:
    """These wait; returns their numbers."""
    fixed = {"ticket": None, "channel": "web", "at": room.gate.now(), "asked": asked, "likely": LIKELY}
    rows = [
        {**fixed, "words": text, "kin": text[:16], "worth": 0.9 - number / 100, **changes}
        for number, text in enumerate(words)
    ]
    async with room.gate.database.writing() as connection:
        await add_act_samples(connection, rows)
        return list((await connection.execute(select(act_samples.c.id).order_by(act_samples.c.id))).scalars())


async def labels(browser: AsyncClient, number: int, **fields: str) -> str:
    return (await browser.post(f"/trainer/acts/{number}", data=fields, headers=HTMX)).text


async def states(room: OfficersSession) -> list[tuple[str, str]]:
    async with room.gate.database.reading() as connection:
        query = select(act_samples.c.state, act_samples.c.label).order_by(act_samples.c.id)
        return [(state, act) for state, act in await connection.execute(query)]


async def saves(browser: AsyncClient, why: str = "kata warga") -> str:
    return (await browser.post("/trainer/data", data={"act": "save_acts", "why": why})).text


@pytest.mark.manual("trainer-talks")
async def test_a_message_stands_below_what_was_asked_with_the_models_guess_first(
    labelling_service: OfficersSession,
) -> None:
    browser = await labelling_service.trainer()
    await said_in_talks(labelling_service, DOUBTFUL)
    page = (await browser.get("/trainer/acts")).text
    assert texts_of(page) == [DOUBTFUL]
    assert "laporan tampil, tinggal dikirim" in page
    assert "Tebakan: melewati, 40 %" in page
    buttons = re.findall(r'name="choice" value="(\w+)" data-key="(\d)"', page)
    assert (buttons[:2], len(buttons)) == ([("skip", "1"), ("correct_story", "2")], 9)
    assert len(re.findall(r'<option value="\w', page)) == 25 - 9, "every act that occurs at the card, and no other"
    assert 'value="answer"' not in page


@pytest.mark.manual("trainer-talks")
async def test_the_inbox_says_how_many_wait_beside_it(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    await said_in_talks(labelling_service, "satu", "dua", "tiga")
    assert "Percakapan (3)" in (await browser.get("/trainer")).text


@pytest.mark.manual("trainer-talks")
async def test_a_label_counts_down_and_is_taken_back(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    first, _ = await said_in_talks(labelling_service, DOUBTFUL, "yang kedua")
    answer = await labels(browser, first, choice="correct_story")
    assert "membetulkan cerita" in answer
    assert "1 pesan menunggu" in answer
    assert await states(labelling_service) == [("done", "correct_story"), ("open", "")]
    again = await browser.post("/trainer/acts/undo", data={}, headers=HTMX)
    assert texts_of(again.text) == [DOUBTFUL]
    assert await states(labelling_service) == [("open", ""), ("open", "")]


@pytest.mark.manual("trainer-talks")
async def test_it_is_put_off_or_put_away(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    first, second = await said_in_talks(labelling_service, "satu", "dua")
    await labels(browser, first, act="skip")
    assert texts_of((await browser.get("/trainer/acts")).text) == ["dua", "satu"]
    await labels(browser, second, act="gone")
    assert texts_of((await browser.get("/trainer/acts")).text) == ["satu"]


async def test_the_next_ones_come(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    every = [f"pesan nomor {number}" for number in range(12)]
    await said_in_talks(labelling_service, *every)
    page = (await browser.get("/trainer/acts")).text
    shown = re.findall(r'name="shown" value="(\d+)"', page)
    further = await browser.get("/trainer/acts/next", params=[("shown", one) for one in shown], headers=HTMX)
    assert [*texts_of(page), *texts_of(further.text)] == every
    assert "Tidak ada pesan lagi" in further.text


@pytest.mark.parametrize("act", ["answer", "weekly", "", "several"])
async def test_an_act_that_does_not_occur_there_is_refused(labelling_service: OfficersSession, act: str) -> None:
    browser = await labelling_service.trainer()
    [number] = await said_in_talks(labelling_service, DOUBTFUL)
    assert "tidak ada untuk pertanyaan ini" in await labels(browser, number, choice=act)
    assert await states(labelling_service) == [("open", "")]


@pytest.mark.manual("trainer-talks")
async def test_what_is_decided_is_saved_as_rows_with_who_labelled_them(labelling_service: OfficersSession) -> None:
    browser, other = await labelling_service.trainer(), await labelling_service.trainer("Budi")
    first, second = await said_in_talks(labelling_service, DOUBTFUL, "- [eh](skip) yang benar dong")
    await labels(browser, first, choice="correct_story")
    await labels(other, second, other="small_talk")
    page = (await browser.get("/trainer/data")).text
    assert "label dari Rina" in page
    assert "Tersimpan: 2 kalimat baru" in await saves(browser)
    written = labelling_service.file("acts/card.yml")
    assert re.search(
        r"^# \S+ \S+ · Rina · kata warga · #[0-9a-f]{8}\n- asked: card\n  act: correct_story\n", written, re.MULTILINE
    )
    assert "· Budi · kata warga · #" in written
    rows = read_rows(labelling_service.own / "acts")
    assert [(row.moment, row.acts) for row in rows] == [("card", ("correct_story",)), ("card", ("small_talk",))]
    assert rows[0].text == DOUBTFUL
    assert await labelling_service.handlers.acts.pending() == type(await labelling_service.handlers.acts.pending())()


async def test_a_saved_change_is_taken_back_by_another_also_after_others_came(
    labelling_service: OfficersSession,
) -> None:
    browser, other = await labelling_service.trainer(), await labelling_service.trainer("Budi")
    first, second = await said_in_talks(labelling_service, DOUBTFUL, "yang kedua itu lho")
    await labels(browser, first, choice="correct_story")
    await saves(browser)
    await labels(browser, second, choice="small_talk")
    await saves(browser)
    async with labelling_service.gate.database.reading() as connection:
        [_, change] = await latest_changes(connection, 9)
    undone = await other.post(f"/trainer/data/changes/{change.id}/undo")
    assert undone.status_code == 200
    assert [row.text for row in read_rows(labelling_service.own / "acts")] == ["yang kedua itu lho"]
    assert [one.words for one in (await labelling_service.handlers.acts.pending()).samples] == [DOUBTFUL]
    await other.post(f"/trainer/data/changes/{change.id}/undo")
    async with labelling_service.gate.database.reading() as connection:
        assert [one.what for one in await latest_changes(connection, 9)] == ["undone", "acts", "acts"]


async def test_what_the_data_has_as_something_else_stops_the_saving(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    known = next(
        row
        for row in read_rows(labelling_service.handlers.acts.folder.version)
        if row.moment == "card" and len(row.acts) == 1
    )
    wrong = "small_talk" if known.acts != ("small_talk",) else "send"
    [number] = await said_in_talks(labelling_service, known.text.upper())
    await labels(browser, number, choice=wrong)
    refused = await browser.post("/trainer/data", data={"act": "save_acts"})
    assert refused.status_code == 409
    assert "di data: " in refused.text
    assert labelling_service.file("acts/card.yml") == ""
    await browser.post("/trainer/data/undo", data={"said": str(number)})
    assert await states(labelling_service) == [("open", "")]


async def test_personal_data_that_slipped_through_stops_it_too(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    [number] = await said_in_talks(labelling_service, "telepon saja 0812 3456 7890 ya")
    await labels(browser, number, choice="small_talk")
    assert (await browser.post("/trainer/data", data={"act": "save_acts"})).status_code == 409
    assert labelling_service.file("acts/card.yml") == ""


async def test_to_who_is_no_trainer_there_is_no_such_page(labelling_service: OfficersSession) -> None:
    await said_in_talks(labelling_service, DOUBTFUL)
    stranger = labelling_service.gate.house.browser().client
    for answer in (
        await stranger.get("/trainer/acts"),
        await stranger.post("/trainer/acts/1", data={"choice": "send"}),
    ):
        assert answer.status_code in {303, 401, 403}
    assert await states(labelling_service) == [("open", "")]
