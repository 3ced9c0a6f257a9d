"""The inbox refills, is searched, and gives one label to what is much alike."""

from __future__ import annotations

import re

import pytest
from httpx import AsyncClient

from tests.unit.trainers.rooms import OfficersSession, texts_of

HTMX = {"hx-request": "true"}
TWELVE = (
    "aspal mengelupas depan masjid",
    "selokan mampet di gang mawar",
    "lampu padam dekat jembatan",
    "kucing liar masuk dapur",
    "pohon tumbang menimpa pagar",
    "antrean ktp lama sekali",
    "guru jarang masuk kelas",
    "obat puskesmas habis terus",
    "air ledeng keruh berbau",
    "parkir liar menutup trotoar",
    "pupuk subsidi sulit dicari",
    "sapi berkeliaran merusak kebun",
)
ALIKE = (
    "lampu penerangan padam total di gang kenanga",
    "gang kenanga gelap, lampu penerangan padam lagi sejak kemarin malam",
    "tolong gang kenanga lampu penerangan masih padam pak",
)


def shown_in(page: str) -> list[str]:
    """The numbers of the samples on a page."""
    return re.findall(r'name="shown" value="(\d+)"', page)


async def found(browser: AsyncClient, **asked: str) -> list[str]:
    """The messages that a search finds."""
    return sorted(texts_of((await browser.get("/trainer", params=asked)).text))


async def test_after_ten_messages_the_next_ones_come(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    await labelling_service.gathers(*TWELVE)
    first = (await browser.get("/trainer")).text
    asked = [("shown", number) for number in shown_in(first)]
    further = (await browser.get("/trainer/next", params=asked, headers=HTMX)).text
    assert len(texts_of(first)) == 10
    assert sorted(texts_of(first) + texts_of(further)) == sorted(TWELVE)
    assert "Tidak ada pesan lagi" in further


@pytest.mark.thorough
async def test_the_counter_counts_down(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    found = await labelling_service.gathers(*TWELVE)
    assert "12 pesan menunggu" in (await browser.get("/trainer")).text
    fields = {"choice": "category:jalan", "type": "complaint"}
    answer = await browser.post(f"/trainer/samples/{found[0].id}", data=fields, headers=HTMX)
    assert "11 pesan menunggu" in answer.text
    assert "1 Anda labeli hari ini" in answer.text


@pytest.mark.thorough
async def test_messages_are_found_by_words_guess_doubt_source_and_day(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    await labelling_service.gathers("jalan rusak 100% di kebun", sure=True, categories=[["jalan", 0.95]])
    await labelling_service.gathers("sampah di kebun belakang", categories=[["sampah", 0.5]])
    assert await found(browser, kata="KEBUN belakang") == ["sampah di kebun belakang"]
    assert await found(browser, kata="100%") == ["jalan rusak 100% di kebun"]
    assert await found(browser, tebakan="category:sampah") == ["sampah di kebun belakang"]
    assert await found(browser, ragu="tidak") == ["jalan rusak 100% di kebun"]
    assert await found(browser, saluran="telegram") == []
    assert len(await found(browser, saluran="web", dari="2000-01-01", sampai="2999-12-31")) == 2
    assert await found(browser, sampai="2000-01-01") == []
    assert len(await found(browser, dari="kemarin")) == 2
    assert await found(browser, kata="\x00") == []


@pytest.mark.thorough
async def test_similar_messages_are_one_card_and_get_one_label(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    await labelling_service.gathers(*ALIKE, "sapi berkeliaran merusak kebun")
    page = (await browser.get("/trainer")).text
    assert len(texts_of(page)) == 2
    [card] = [part for part in page.split("<article")[1:] if 'name="also"' in part]
    first, *others = shown_in(card)
    assert len(others) == 2
    fields = {"choice": "category:jalan", "type": "complaint", "also": others[:1]}
    answer = await browser.post(f"/trainer/samples/{first}", data=fields, headers=HTMX)
    assert "untuk 2 pesan tercatat" in answer.text
    assert sorted(row.state for row in await labelling_service.rows()) == ["done", "done", "open", "open"]
    again = await browser.post("/trainer/undo", data={"sample": [first, *others[:1]]}, headers=HTMX)
    assert shown_in(again.text) == [first, *others[:1]]
    assert {row.state for row in await labelling_service.rows()} == {"open"}


@pytest.mark.thorough
async def test_a_label_by_hand_comes_back_to_what_was_looked_for(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    [sample] = await labelling_service.gathers("sampah di kebun belakang")
    fields = {"choice": "category:sampah"}
    answer = await browser.post(f"/trainer/samples/{sample.id}?kata=kebun", data=fields, follow_redirects=False)
    assert answer.headers["location"] == "/trainer?kata=kebun"
