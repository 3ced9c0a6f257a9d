"""Disagreements are decided by somebody, and a changed rule opens again what it concerns."""

from __future__ import annotations

import pytest

from tests.unit.trainers.rooms import OfficersSession, labels, texts_of


async def a_dispute(labelling_service: OfficersSession) -> int:
    browser, other = await labelling_service.trainer("Rina"), await labelling_service.trainer("Budi")
    [sample] = await labelling_service.gathers("selokan mampet")
    await labelling_service.goes_to_two(sample.id)
    await labels(browser, sample.id, "category:drainase_banjir", type="complaint")
    await labels(other, sample.id, "category:sampah", type="aspiration")
    return sample.id


async def test_what_waits_for_somebody_else_is_not_counted_for_who_had_her_say(
    labelling_service: OfficersSession,
) -> None:
    browser, other = await labelling_service.trainer("Rina"), await labelling_service.trainer("Budi")
    [sample] = await labelling_service.gathers("selokan mampet")
    await labelling_service.goes_to_two(sample.id)
    await labels(browser, sample.id, "category:drainase_banjir", type="complaint")
    pages = [(await trainer.get("/trainer")).text for trainer in (browser, other)]
    assert ["0 pesan menunggu" in pages[0], "1 pesan menunggu" in pages[1]] == [True, True]


@pytest.mark.thorough
@pytest.mark.manual("trainer-settle")
async def test_both_opinions_are_shown_and_one_of_them_decides(labelling_service: OfficersSession) -> None:
    number = await a_dispute(labelling_service)
    judge = await labelling_service.trainer("Sari")
    page = (await judge.get("/trainer/settle")).text
    assert texts_of(page) == ["selokan mampet"]
    assert "<summary>Aturan</summary>" in page
    assert "Pengaduan · Drainase" in page
    assert "Aspirasi · Sampah" in page
    answer = await judge.post(f"/trainer/settle/{number}", data={"choice": "category:sampah", "type": "aspiration"})
    assert answer.status_code == 303
    assert texts_of((await judge.get("/trainer/settle")).text) == []
    [row] = await labelling_service.rows()
    assert (row.state, row.label) == ("done", '{"intent":"aspiration","category":"sampah"}')


@pytest.mark.thorough
async def test_what_cannot_be_decides_nothing(labelling_service: OfficersSession) -> None:
    number = await a_dispute(labelling_service)
    judge = await labelling_service.trainer("Sari")
    assert (await judge.post(f"/trainer/settle/{number}", data={})).status_code == 422
    assert (await judge.post("/trainer/settle/x", data={})).status_code == 422
    assert [row.state for row in await labelling_service.rows()] == ["settle"]


@pytest.mark.thorough
@pytest.mark.manual("trainer-rules")
async def test_a_changed_rule_lists_what_was_labelled_by_it_and_opens_it_again(
    labelling_service: OfficersSession,
) -> None:
    browser = await labelling_service.trainer()
    found = await labelling_service.gathers("lubang di simpang tiga", "bau busuk dari tempat sampah")
    for sample in found:
        slug = "jalan" if "lubang" in sample.text else "sampah"
        await labels(browser, sample.id, f"category:{slug}", type="complaint")
    page = (await browser.get("/trainer/rules")).text
    assert "<td>Jalan &amp; jembatan</td>" in page
    assert "<code>jalan</code>" not in page
    rules = "# Aturan\n\n| tentang | label |\n| --- | --- |\n| lubang di jalan raya saja | `jalan` |\n"
    answer = await browser.post("/trainer/rules", data={"act": "save", "text": rules})
    assert "lubang di simpang tiga" in answer.text
    assert "bau busuk" not in answer.text
    assert labelling_service.file("README.md") == rules
    ids = [str(sample.id) for sample in found if "lubang" in sample.text]
    answer = await browser.post("/trainer/rules", data={"act": "reopen", "ids": ids})
    assert "Yang dipilih ada lagi di kotak masuk." in answer.text
    assert [sample.text for sample in await labelling_service.inbox()] == ["lubang di simpang tiga"]


@pytest.mark.thorough
async def test_rules_run_nothing_in_the_browser(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    text = "# <script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>\n"
    page = (await browser.post("/trainer/rules", data={"act": "save", "text": text})).text
    shown = page.partition('class="sheet prose"')[2].partition("</div>")[0]
    assert "<script" not in shown
    assert "<img" not in shown
    assert "href" not in shown
