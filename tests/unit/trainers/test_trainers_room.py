"""From what citizens wrote to training data: order, near-equals, labels of one and of two, and saving."""

from __future__ import annotations

import pytest

from tests.unit.trainers.rooms import OfficersSession, labels, texts_of


async def test_personal_data_is_covered_before_it_is_stored_for_trainers(labelling_service: OfficersSession) -> None:
    [sample] = await labelling_service.gathers("jalan bolong, hubungi saya di 0812-3456-7890")
    assert sample.text == "jalan bolong, hubungi saya di [PHONE_1]"


@pytest.mark.thorough
async def test_what_teaches_most_comes_first(labelling_service: OfficersSession) -> None:
    sure = [["jalan", 0.97], ["sampah", 0.01]]
    await labelling_service.gathers("jalan depan pasar bolong", categories=sure)
    await labelling_service.gathers("gapura kelurahan miring kena angin", categories=sure)
    await labelling_service.gathers(
        "jalan pasar depan bolong lagi terus", categories=[["jalan", 0.4], ["sampah", 0.39]]
    )
    await labelling_service.gathers("bolong di depan", categories=sure, chosen={"category": "sampah"})
    assert [sample.text for sample in await labelling_service.inbox()] == [
        "bolong di depan",
        "jalan pasar depan bolong lagi terus",
        "gapura kelurahan miring kena angin",
        "jalan depan pasar bolong",
    ]


@pytest.mark.thorough
async def test_near_equal_messages_are_shown_once(labelling_service: OfficersSession) -> None:
    shown = await labelling_service.gathers(
        "lampu jalan di depan balai desa mati", "Lampu jln di depan balai desa mati!!", "tabung gas langka di warung"
    )
    assert sorted(sample.text for sample in shown) == [
        "lampu jalan di depan balai desa mati",
        "tabung gas langka di warung",
    ]


@pytest.mark.thorough
async def test_a_correction_of_a_near_equal_message_is_not_lost(labelling_service: OfficersSession) -> None:
    await labelling_service.gathers("lampu jalan di depan balai desa mati")
    [sample] = await labelling_service.gathers(
        "lampu jalan di depan balai desa mati", chosen={"category": "penerangan_jalan"}
    )
    assert (sample.chosen_category, sample.reason) == ("penerangan_jalan", "corrected")


@pytest.mark.thorough
@pytest.mark.manual("trainer-label", "trainer-save")
async def test_one_key_labels_a_message_and_saving_writes_it(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    [sample] = await labelling_service.gathers("gorong gorong mampet", chosen={"category": "drainase_banjir"})
    assert texts_of((await browser.get("/trainer")).text) == ["gorong gorong mampet"]
    await labels(browser, sample.id, "category:drainase_banjir", type="complaint")
    assert texts_of((await browser.get("/trainer")).text) == []
    assert "<ins>+    - gorong gorong mampet</ins>" in (await browser.get("/trainer/data")).text
    assert labelling_service.file("category/drainase_banjir.yml") == ""
    answer = await browser.post("/trainer/data", data={"act": "save", "why": "warga memilih"})
    assert "Tersimpan: 1 kalimat baru" in answer.text
    assert labelling_service.file("category/drainase_banjir.yml").splitlines()[2:] == [
        "# 2026-03-02 09:41 · Rina · warga memilih"
        if False
        else labelling_service.file("category/drainase_banjir.yml").splitlines()[2],
        "- intent: complaint",
        "  metadata:",
        "    category: drainase_banjir",
        "  examples: |",
        "    - gorong gorong mampet",
    ]
    assert "Tidak ada yang menunggu disimpan" in (await browser.get("/trainer/data")).text


@pytest.mark.thorough
@pytest.mark.manual("trainer-label")
async def test_what_was_said_last_is_taken_back(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    [sample] = await labelling_service.gathers("selokan mampet")
    await labels(browser, sample.id, "intent:greet")
    await browser.post("/trainer/undo")
    assert [one.id for one in await labelling_service.inbox()] == [sample.id]


@pytest.mark.thorough
async def test_a_skipped_message_is_left_to_others(labelling_service: OfficersSession) -> None:
    browser, other = await labelling_service.trainer(), await labelling_service.trainer("Budi")
    [sample] = await labelling_service.gathers("selokan mampet")
    await browser.post(f"/trainer/samples/{sample.id}", data={"act": "skip"})
    assert texts_of((await browser.get("/trainer")).text) == []
    assert texts_of((await other.get("/trainer")).text) == ["selokan mampet"]


@pytest.mark.thorough
async def test_two_trainers_who_agree_decide(labelling_service: OfficersSession) -> None:
    browser, other = await labelling_service.trainer(), await labelling_service.trainer("Budi")
    [sample] = await labelling_service.gathers("selokan mampet")
    await labelling_service.goes_to_two(sample.id)
    await labels(browser, sample.id, "category:drainase_banjir", type="complaint")
    assert [row.state for row in await labelling_service.rows()] == ["open"]
    assert texts_of((await browser.get("/trainer")).text) == []
    await labels(other, sample.id, "category:drainase_banjir", type="complaint")
    assert [row.state for row in await labelling_service.rows()] == ["done"]


@pytest.mark.thorough
async def test_two_trainers_who_differ_leave_it_to_be_settled(labelling_service: OfficersSession) -> None:
    browser, other = await labelling_service.trainer(), await labelling_service.trainer("Budi")
    [sample] = await labelling_service.gathers("selokan mampet")
    await labelling_service.goes_to_two(sample.id)
    await labels(browser, sample.id, "category:drainase_banjir", type="complaint")
    await labels(other, sample.id, "category:sampah", type="complaint")
    assert [row.state for row in await labelling_service.rows()] == ["settle"]


@pytest.mark.thorough
@pytest.mark.manual("trainer-save")
async def test_a_message_that_is_something_else_already_waits_until_it_is_said_which_is_right(
    labelling_service: OfficersSession,
) -> None:
    browser = await labelling_service.trainer()
    [sample] = await labelling_service.gathers("Aspal mengelupas!")
    await labels(browser, sample.id, "category:sampah", type="complaint")
    page = (await browser.get("/trainer/data")).text
    assert "Bertentangan dengan data" in page
    assert "category/jalan.yml:8" in page
    assert (await browser.post("/trainer/data", data={"act": "save"})).status_code == 409
    assert labelling_service.file("category/sampah.yml") == ""
    answer = await browser.post("/trainer/data", data={"act": "save", "replace": str(sample.id)})
    assert "Tersimpan: 1 kalimat baru, 1 tidak dipakai lagi" in answer.text
    assert "Aspal mengelupas!" in labelling_service.file("category/sampah.yml")
    assert '"text": "aspal mengelupas"' in labelling_service.file("withdrawn.jsonl")
    assert not labelling_service.handlers.folder.corpus().by_words()["aspal mengelupas"][1:]


@pytest.mark.thorough
async def test_two_matters_become_two_sentences_where_they_can_be_told_apart(
    labelling_service: OfficersSession,
) -> None:
    browser = await labelling_service.trainer()
    [sample] = await labelling_service.gathers("1. jalan depan sekolah bolong besar 2. sampah tidak diangkut seminggu")
    fields = {"type": "complaint", "second": "category:sampah"}
    await labels(browser, sample.id, "category:jalan", **fields)
    await browser.post("/trainer/data", data={"act": "save"})
    assert "    - jalan depan sekolah bolong besar\n" in labelling_service.file("category/jalan.yml")
    assert "    - sampah tidak diangkut seminggu\n" in labelling_service.file("category/sampah.yml")


@pytest.mark.thorough
async def test_marked_words_reach_the_data(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    [sample] = await labelling_service.gathers("lubang di jl provinsi sejak kemarin")
    await labels(browser, sample.id, "category:jalan", type="complaint", marks="time:21:35,place:10:21")
    assert [row.state for row in await labelling_service.rows()] == ["done"]
    await browser.post("/trainer/data", data={"act": "save"})
    assert "    - lubang di [jl provinsi](place) [sejak kemarin](time)\n" in labelling_service.file(
        "category/jalan.yml"
    )


@pytest.mark.thorough
async def test_several_get_one_label(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    found = await labelling_service.gathers(
        "lubang di simpang tiga", "jembatan kayu lapuk sekali", "paving ambles dekat masjid"
    )
    await browser.post(
        "/trainer/bulk", data={"other": "category:jalan", "type": "complaint", "ids": [one.id for one in found[:2]]}
    )
    assert sorted(row.state for row in await labelling_service.rows()) == ["done", "done", "open"]


@pytest.mark.thorough
async def test_a_label_that_cannot_be_changes_nothing(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    [sample] = await labelling_service.gathers("selokan mampet")
    for fields in (
        {"choice": "category:tidak_ada"},
        {"choice": "intent:nonsense"},
        {},
        {"choice": "category:jalan", "marks": "x"},
    ):
        await browser.post(f"/trainer/samples/{sample.id}", data={"type": "complaint", **fields})
    assert [row.state for row in await labelling_service.rows()] == ["open"]
