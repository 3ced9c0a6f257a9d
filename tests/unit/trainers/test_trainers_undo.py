"""A change of the training data is read as sentences, and taken back, whatever came after it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from actions.store.people.people import SqlPeople
from actions.store.training.data_changes import latest_changes
from bot.training.corpus.edits import Addition, CorpusChange
from bot.training.corpus.notes import ReplacedSentences
from bot.training.samples.labels import SampleLabel
from tests.unit.trainers.rooms import OfficersSession, labels


async def save_label(room: OfficersSession, text: str, slug: str, **fields: str) -> int:
    """Rina labels a message and saves it; returns the number of the change."""
    browser = await room.gate.signed_in("Rina")
    found = await room.gathers(text)
    sample = next(one for one in found if one.text == text)
    await labels(browser, sample.id, f"category:{slug}", type="complaint")
    replaced = {"replace": str(sample.id)} if "replace" in fields else {}
    await browser.post("/trainer/data", data={"act": "save", "why": text, **replaced})
    return max(row.change for row in await room.rows() if row.change)


async def mends(room: OfficersSession, text: str, slug: str) -> int:
    """Rina says that what the data has is something else; returns the number of the change."""
    folder = room.handlers.folder
    known = tuple(folder.corpus().by_words()[text])
    change = CorpusChange("Rina", "salah", room.gate.now(), (Addition(text, SampleLabel("complaint", slug)),), known)
    async with room.gate.database.reading() as connection:
        [rina] = [one for one in await SqlPeople(connection).everybody() if one.name == "Rina"]
    await room.handlers.change(rina, "mended", change)
    async with room.gate.database.reading() as connection:
        return (await latest_changes(connection, 1))[0].id


async def test_what_will_change_is_read_by_category_with_who_labelled_it(labelling_service: OfficersSession) -> None:
    browser, other = await labelling_service.trainer(), await labelling_service.trainer("Budi")
    [sample] = await labelling_service.gathers("selokan mampet di gang mawar")
    await labels(other, sample.id, "category:drainase_banjir", type="complaint")
    page = (await browser.get("/trainer/data")).text
    section = page[page.index("<h3") :]
    assert section.index("Drainase") < section.index("selokan mampet di gang mawar") < section.index("label dari Budi")
    assert re.search(r"<details class=\"sheet\"><summary>[^<]*YAML", page)
    await browser.post("/trainer/data", data={"act": "save", "why": "kata warga"})
    assert re.search(
        r"^# .* · Budi · kata warga · #\w{8}$", labelling_service.file("category/drainase_banjir.yml"), re.MULTILINE
    )


@pytest.mark.thorough
async def test_a_change_is_taken_back_also_after_others_came(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    first = await save_label(labelling_service, "paving ambles dekat masjid", "jalan")
    await save_label(labelling_service, "jembatan kayu lapuk sekali", "jalan")
    answer = await browser.post(f"/trainer/data/changes/{first}/undo")
    assert "Diambil kembali: 1 kalimat keluar dari data, 0 dipakai lagi" in answer.text
    data = labelling_service.file("category/jalan.yml")
    assert "paving ambles" not in data
    assert "jembatan kayu lapuk sekali" in data
    assert "paving ambles dekat masjid" in answer.text, "it waits to be saved anew"
    assert "sudah diambil kembali" in (await browser.post(f"/trainer/data/changes/{first}/undo")).text


@pytest.mark.thorough
async def test_what_a_change_withdrew_and_replaced_comes_back(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    withdrawing = await save_label(labelling_service, "Aspal mengelupas!", "sampah", replace="yes")
    replacing = await mends(labelling_service, "aspal mengelupas", "drainase_banjir")
    assert "Aspal mengelupas!" not in labelling_service.file("category/sampah.yml")
    refused = await browser.post(f"/trainer/data/changes/{withdrawing}/undo")
    assert "kini berlabel lain: aspal mengelupas" in refused.text
    await browser.post(f"/trainer/data/changes/{replacing}/undo")
    assert "    - Aspal mengelupas!\n" in labelling_service.file("category/sampah.yml")
    corpus = labelling_service.handlers.folder.corpus()
    assert [one.category for one in corpus.by_words()["aspal mengelupas"]] == ["sampah"]
    await browser.post(f"/trainer/data/changes/{withdrawing}/undo")
    corpus = labelling_service.handlers.folder.corpus()
    assert labelling_service.file("withdrawn.jsonl") == ""
    assert [one.category for one in corpus.by_words()["aspal mengelupas"]] == ["jalan"]


@pytest.mark.thorough
async def test_what_was_replaced_is_forgotten_by_its_days_and_then_the_change_stays(
    labelling_service: OfficersSession,
) -> None:
    browser, own = await labelling_service.trainer(), labelling_service.handlers.folder.own
    await save_label(labelling_service, "paving ambles dekat masjid", "jalan")
    at = labelling_service.gate.now()
    replacing = await mends(labelling_service, "paving ambles dekat masjid", "drainase_banjir")
    replaced = ReplacedSentences(own)
    assert (replaced.count(at), replaced.forget(at)) == (0, 0)
    later = at + timedelta(days=1)
    assert (replaced.count(later), replaced.forget(later), replaced.count(later)) == (1, 1, 0)
    assert not {"paving", "Rina"} & set(re.findall(r"\w+", labelling_service.file("replaced.jsonl")))
    refused = await browser.post(f"/trainer/data/changes/{replacing}/undo")
    assert (refused.status_code, "sudah tidak disimpan lagi" in refused.text) == (409, True)
    assert "paving ambles dekat masjid" in labelling_service.file("category/drainase_banjir.yml")


@pytest.mark.thorough
async def test_a_change_that_is_not_there_changes_nothing(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    for number in ("7", "x", "99999999999999999999"):
        assert (await browser.post(f"/trainer/data/changes/{number}/undo")).status_code == 200
    assert labelling_service.file("category/jalan.yml") == ""
