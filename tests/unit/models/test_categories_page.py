"""A category in an afternoon: a trainer proposes, an admin accepts, and nothing is lost when it goes again."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from actions.people.roles import Role
from actions.store.engine.settings_changes import latest_settings_changes
from actions.store.training.data_changes import latest_changes
from actions.store.training.samples import unsaved
from bot.services.declared_words import catalogue_of
from tests.unit.actions.builders import routed
from tests.unit.models.category_house import (
    HOME,
    TYPED,
    WISH,
    CategoryHouse,
    a_category_house,
    decides,
    proposes,
    said,
    submits,
)

NEW = "pasar_hewan"


@pytest.fixture
async def house(tmp_path: Path, database_file: Path) -> AsyncIterator[CategoryHouse]:
    made = await a_category_house(tmp_path, database_file)
    yield made
    await made.gate.house.closes()


@pytest.mark.manual("trainer-category", "admin-category")
async def test_a_category_is_proposed_by_a_trainer_accepted_by_an_admin_and_in_force(house: CategoryHouse) -> None:
    rina, adi = await house.enters("Rina"), await house.enters("Adi", Role.ADMIN)
    await house.hears("blantik pasar hewan main atur harga kambing", "lampu jalan mati total")
    page = await proposes(rina)
    assert "paling mirip" in (await rina.get(page)).text
    found = (await rina.get(page, params={"cari": "blantik"})).text
    assert "main atur harga" in found
    assert "lampu jalan" not in found
    taken = await rina.post(f"{page}/examples", data={"act": "take", "cari": "blantik", "sample": "1"})
    assert "1 contoh ditambahkan" in taken.text
    early = await rina.post(page, data={"act": "submit"})
    assert (early.status_code, "perlu 30 contoh" in said(early)) == (422, True)
    await submits(rina, page)
    assert "akan diteruskan ke dan dibaca oleh Dinas Pertanian" in (await adi.get(page)).text
    assert (await decides(adi, page)).status_code == 303
    regency = house.regency()
    assert regency.categories[NEW].labels["id"] == "Pasar hewan"
    assert regency.categories[NEW].words == ("pasar hewan", "blantik")
    assert routed(regency, category=NEW).agency == "dispertan"
    assert NEW in catalogue_of(regency).groups["kerja_dan_usaha"]
    assert house.data(NEW).count("    - ") == 31
    assert "Rina" in house.data(NEW)
    assert "| los, timbangan dan karcis di pasar hewan | `pasar_hewan` | `ekonomi_umkm` |" in house.rules.text()
    assert house.restart.times == 1
    house.begins_anew()
    listed = (await rina.get(HOME)).text
    assert "belum bisa; warga memilihnya dengan tombol" in listed
    assert "Sudah berlaku" in (await rina.get(page)).text


async def test_records_say_who_proposed_and_who_accepted_and_the_examples_can_be_taken_back(
    house: CategoryHouse,
) -> None:
    rina, adi = await house.enters("Rina"), await house.enters("Adi", Role.ADMIN)
    page = await proposes(rina)
    await submits(rina, page)
    await decides(adi, page)
    async with house.gate.database.reading() as connection:
        files = await latest_settings_changes(connection, 5)
        [change, *_] = await latest_changes(connection, 5)
    assert sorted(one.change.file for one in files) == ["categories.csv", "routing.csv"]
    assert {one.change.name for one in files} == {"Adi"}
    assert "Diajukan Rina: pasar baru di Petung" in files[0].change.why
    assert (change.what, change.name, change.can_be_undone) == ("category", "Adi", True)
    house.begins_anew()
    undone = await rina.post(f"/trainer/data/changes/{change.id}/undo")
    assert "30 " in undone.text
    assert house.data(NEW) == ""


async def test_only_another_person_who_is_an_admin_accepts_and_only_what_she_has_read(house: CategoryHouse) -> None:
    rina, adi = await house.enters("Rina"), await house.enters("Adi", Role.ADMIN, Role.TRAINER)
    page = await proposes(adi)
    await submits(adi, page)
    assert (await decides(rina, page)).status_code == 403
    assert (await decides(adi, page)).status_code == 409
    await rina.post(page, data={"act": "take_back"})
    await rina.post(page, data={**WISH, "agency": "dishub", "act": "change"})
    await rina.post(page, data={"act": "submit"})
    old = await adi.post(f"{page}/decision", data={"act": "accept", "version": "1"})
    assert (old.status_code, "sudah berubah" in said(old)) == (409, True)
    assert NEW not in house.regency().categories
    assert (await decides(adi, page)).status_code == 303
    assert routed(house.regency(), category=NEW).agency == "dishub"
    assert (await decides(adi, page)).status_code == 409


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"label_en": ""}, "isi nama dalam setiap bahasa"),
        ({"label_id": "x" * 31}, "paling banyak 30 huruf"),
        ({"label_id": "Parkir"}, "sudah ada kategori bernama “Parkir”"),
        ({"parent": "parkir"}, "pilih kelompoknya"),
        ({"agency": "Dinas Entah"}, "instansi itu tidak dikenal"),
        ({"about": ""}, "tulis tentang apa"),
        ({"but_not": "entah"}, "tidak ada lagi"),
        ({"why": ""}, "tulis mengapa"),
    ],
)
async def test_what_cannot_be_is_refused_in_words_and_stays_typed(
    house: CategoryHouse, changes: dict[str, str], why: str
) -> None:
    rina = await house.enters("Rina")
    answer = await rina.post(f"{HOME}/new", data={**WISH, **changes})
    assert (answer.status_code, why in said(answer)) == (422, True), said(answer)
    assert "pasar hewan, blantik" in answer.text


async def test_messages_that_cannot_be_learned_are_left_out_with_why(house: CategoryHouse) -> None:
    rina = await house.enters("Rina")
    page = await proposes(rina)
    known = next(one.text for one in house.folder_of_data(house.regency()).corpus().examples if one.category == "jalan")
    texts = f"becek sekali\n{known}\ntimbangan sapi tidak ditera\ntimbangan sapi tidak ditera"
    answer = await rina.post(f"{page}/examples", data={"act": "write", "texts": texts, "intent": "complaint"})
    assert "1 contoh ditambahkan" in answer.text
    assert answer.text.count('<li class="wrong">') == 3
    assert "kurang dari tiga kata" in answer.text
    assert "sudah ada di data atau di daftar ini" in answer.text


async def test_given_back_with_a_reason_it_can_be_mended_and_dropped(house: CategoryHouse) -> None:
    rina, adi = await house.enters("Rina"), await house.enters("Adi", Role.ADMIN)
    page = await proposes(rina)
    await submits(rina, page)
    assert (await decides(adi, page, "refuse")).status_code == 422
    await decides(adi, page, "refuse", reason="ini urusan UMKM")
    assert "ini urusan UMKM" in (await rina.get(page)).text
    await rina.post(page, data={"act": "drop"})
    assert (await rina.get(page)).status_code == 404


@pytest.mark.manual("trainer-category-change")
async def test_a_category_is_renamed_and_its_cases_and_examples_stay(house: CategoryHouse) -> None:
    rina, adi = await house.enters("Rina"), await house.enters("Adi", Role.ADMIN)
    wish = {"kind": "rename", "label_id": "Parkir & juru parkir", "label_en": "Parking", "why": "lebih jelas"}
    answer = await rina.post(f"{HOME}/change/parkir", data=wish)
    assert (await decides(adi, answer.headers["location"])).status_code == 303
    regency = house.regency()
    assert regency.categories["parkir"].labels["id"] == "Parkir & juru parkir"
    assert routed(regency, category="parkir").agency == "dishub"


async def test_two_are_merged_and_what_was_labelled_goes_along(house: CategoryHouse) -> None:
    rina, adi = await house.enters("Rina"), await house.enters("Adi", Role.ADMIN)
    before = house.folder_of_data(house.regency()).corpus().counts()
    await labelled(house, "tukang karcis di terminal minta dobel", "parkir")
    wish = {"kind": "merge", "into": "lalu_lintas_transportasi", "why": "satu dinas"}
    page = (await rina.post(f"{HOME}/change/parkir", data=wish)).headers["location"]
    assert (await decides(adi, page)).status_code == 303
    regency = house.regency()
    assert (regency.categories["parkir"].is_offered, regency.offered_for("parkir")) == (
        False,
        "lalu_lintas_transportasi",
    )
    after = house.folder_of_data(regency).corpus().counts()
    assert after["parkir"] == 0
    assert after["lalu_lintas_transportasi"] == before["lalu_lintas_transportasi"] + before["parkir"]
    async with house.gate.database.reading() as connection:
        [waits] = await unsaved(connection, 10)
        [change] = await latest_changes(connection, 1)
    assert '"lalu_lintas_transportasi"' in waits.label
    house.begins_anew()
    assert "tidak ditawarkan lagi → Lalu lintas" in (await rina.get(HOME)).text
    assert (await rina.get(f"{HOME}/change/parkir")).status_code == 404
    await rina.post(f"/trainer/data/changes/{change.id}/undo")
    assert house.folder_of_data(regency).corpus().counts() == before


async def test_taken_away_it_is_not_learned_any_more_and_labels_that_wait_are_asked_again(
    house: CategoryHouse,
) -> None:
    rina, adi = await house.enters("Rina"), await house.enters("Adi", Role.ADMIN)
    await labelled(house, "tukang karcis di terminal minta dobel", "parkir")
    page = (await rina.post(f"{HOME}/change/parkir", data={"kind": "retire", "why": "dihapus"})).headers["location"]
    assert (await decides(adi, page)).status_code == 303
    regency = house.regency()
    assert regency.offered_for("parkir") is None
    assert routed(regency, category="parkir").agency == "dishub"
    assert house.folder_of_data(regency).corpus().counts()["parkir"] == 0
    async with house.gate.database.reading() as connection:
        assert await unsaved(connection, 10) == []


@pytest.mark.parametrize(
    ("slug", "wish", "why"),
    [
        ("pungli_korupsi", {"kind": "retire"}, "menyangkut laporan yang dirahasiakan"),
        ("parkir", {"kind": "merge", "into": "pungli_korupsi"}, "menyangkut laporan yang dirahasiakan"),
        ("parkir", {"kind": "merge", "into": "parkir"}, "pilih kategori lain"),
        ("parkir", {"kind": "rename", "label_id": "Parkir", "label_en": "Parking"}, "namanya tidak berubah"),
        ("parkir", {"kind": "retire", "why": ""}, "tulis mengapa"),
    ],
)
async def test_a_change_that_cannot_be_is_refused_in_words(
    house: CategoryHouse, slug: str, wish: dict[str, str], why: str
) -> None:
    rina = await house.enters("Rina")
    answer = await rina.post(f"{HOME}/change/{slug}", data={"why": "begitu", **wish})
    assert (answer.status_code, why in said(answer)) == (422, True), said(answer)


@pytest.mark.parametrize("cut_off", ["files", "rule", "data"])
async def test_an_acceptance_that_was_cut_off_is_brought_to_its_end_by_the_same_press(
    house: CategoryHouse, monkeypatch: pytest.MonkeyPatch, cut_off: str
) -> None:
    from bot.web.trainer.categories import accepting

    rina, adi = await house.enters("Rina"), await house.enters("Adi", Role.ADMIN)
    page = await proposes(rina)
    await submits(rina, page)
    after = {"files": "_write_rule", "rule": "_learn", "data": "_by"}[cut_off]

    def dies(*_: object) -> None:
        raise OSError(os.strerror(5))

    with monkeypatch.context() as patched:
        patched.setattr(accepting.Decisions, after, dies)
        assert (await decides(adi, page)).status_code == 409
    assert NEW in house.regency().categories
    assert (await decides(adi, page)).status_code == 303
    assert house.data(NEW).count("    - ") == 30
    assert house.rules.text().count("`pasar_hewan`") == 1
    assert "Diterima" in (await rina.get(page)).text


async def test_a_message_that_became_secret_or_was_labelled_since_is_no_example(house: CategoryHouse) -> None:
    rina, adi = await house.enters("Rina"), await house.enters("Adi", Role.ADMIN)
    await house.hears("blantik pasar hewan main atur harga kambing")
    page = await proposes(rina)
    await rina.post(f"{page}/examples", data={"act": "take", "cari": "blantik", "sample": "1"})
    await submits(rina, page)
    await labelled(house, "", "ekonomi_umkm", number=1)
    assert "blantik" not in (await adi.get(page)).text.partition('<h2 id="examples">')[2]
    await decides(adi, page)
    assert "blantik" not in house.data(NEW)
    assert TYPED.splitlines()[0] in house.data(NEW)


async def labelled(house: CategoryHouse, text: str, slug: str, number: int = 0) -> None:
    """A message that a trainer has labelled, and that waits to be saved."""
    from bot.training.samples.labelling_service import LabellingService
    from bot.training.samples.labels import SampleLabel

    if text:
        await house.hears(text)
    await house.gate.hires("Sari", Role.TRAINER)
    service = LabellingService(house.gate.database, house.folder_of_data(house.regency()), house.gate.now)
    await service.label(house.gate.people["Sari"], number or 1, SampleLabel("complaint", slug))
