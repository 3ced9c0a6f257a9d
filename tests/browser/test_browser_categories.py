"""A category in an afternoon, in Chromium: a trainer, a second one and an admin, and a citizen who chooses it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from actions.store.engine.database import Database
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.visitors import Visitor
from tests.integration.process.commands import lapor
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import CHECKOUT, until
from tests.unit.models.category_house import TYPED
from tests.unit.models.test_model_watching import a_sample
from tests.unit.people.officers import PASSWORD

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
SECRET = "a-secret-key-of-a-test-that-opens-nothing"
HOME = "/trainer/categories"
MESSAGES = ("blantik pasar hewan main atur harga kambing", "sapi di pasar hewan kehujanan", "lampu jalan mati total")
STORY = "timbangan sapi di pasar hewan petung tidak pernah ditera"
PARKED = "parkir sembarangan di depan pasar petung setiap pagi bikin macet"
PEOPLE = (("Rina", "trainer"), ("Sari", "trainer"), ("Adi", "admin"))


@in_one_loop
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    own = tmp_path / "regency"
    shutil.copytree(CHECKOUT / "data", own, ignore=shutil.ignore_patterns("nlu", "held_back"))
    async with running_service(tmp_path, nlu="compiled", config_dir=own, secret_key=SECRET) as running:
        for name, role in PEOPLE:
            words = ("officer", "add", name, "--role", role, "--password-stdin")
            assert (await lapor(tmp_path, *words, told=PASSWORD, secret_key=SECRET, config_dir=own)).code == 0
        database = Database(f"sqlite:///{running.database}")
        for text in MESSAGES:
            await a_sample(database, text, at=datetime.now(UTC))
        await database.close()
        yield running


async def signed_in(arrive: Arrive, service: Service, name: str, width: int, address: str = HOME) -> Visitor:
    visitor = await arrive(f"{service.address}{address}", viewport={"width": width, "height": 800})
    await visitor.signs_in(name, PASSWORD)
    await expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    return visitor


async def looks_right(visitor: Visitor, name: str) -> None:
    if SHOTS:
        await visitor.page.screenshot(path=f"{SHOTS}/categories-{name}.png", full_page=True)
    assert await visitor.is_as_wide_as_the_window(), name
    assert await visitor.barriers() == [], name


async def fills_in(page: Page) -> None:
    """The form of a new category."""
    await page.get_by_label("Nama (id)").fill("Pasar hewan")
    await page.get_by_label("Nama (en)").fill("Livestock markets")
    await page.get_by_label("Kelompok").select_option("kerja_dan_usaha")
    await page.get_by_label("Instansi yang menjawab").fill("Dinas Pertanian")
    await page.get_by_label("Tentang apa, dan sampai di mana").fill("los, timbangan dan karcis di pasar hewan")
    await page.get_by_text("Bukan yang ini").click()
    await page.get_by_label("Pasar & UMKM").check()
    await page.get_by_label("Kata-kata penanda").fill("pasar hewan, blantik")
    await page.get_by_label("Alasan").fill("pasar baru di Petung")


@pytest.mark.parametrize("width", [1366, 390])
async def test_a_category_is_made_by_two_trainers_and_an_admin_and_a_citizen_chooses_it(
    service: Service, arrive: Arrive, width: int
) -> None:
    rina = await signed_in(arrive, service, "Rina", width)
    page = rina.page
    await looks_right(rina, f"list-{width}")
    await page.get_by_role("link", name="Kategori baru").click()
    await fills_in(page)
    await looks_right(rina, f"new-{width}")
    await page.get_by_role("button", name="Simpan dan kumpulkan contoh").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Kategori baru: Pasar hewan")
    await page.get_by_label(MESSAGES[0]).check()
    await page.get_by_label(MESSAGES[1]).check()
    await expect(page.get_by_label(MESSAGES[2])).to_have_count(0)
    await page.get_by_role("button", name="Jadikan contoh").click()
    await expect(page.get_by_role("status")).to_have_text("2 contoh ditambahkan.")
    await page.get_by_role("button", name="Ajukan ke admin").click()
    await expect(page.get_by_role("alert")).to_contain_text("perlu 30 contoh")
    rina.was_refused("422")
    await looks_right(rina, f"collecting-{width}")

    sari = await signed_in(arrive, service, "Sari", width)
    await sari.page.get_by_role("link", name="Kategori baru: Pasar hewan").click()
    await sari.page.get_by_label("Satu pesan per baris").fill(TYPED)
    await sari.page.get_by_role("button", name="Tambahkan").click()
    await expect(sari.page.get_by_role("status")).to_have_text("29 contoh ditambahkan.")
    await sari.page.get_by_role("button", name="Ajukan ke admin").click()
    await expect(sari.page.get_by_role("heading", name="Menunggu admin")).to_be_visible()
    await looks_right(sari, f"submitted-{width}")

    adi = await signed_in(arrive, service, "Adi", width)
    await adi.page.get_by_role("link", name="Kategori baru: Pasar hewan").click()
    await expect(adi.page.get_by_text("akan diteruskan ke dan dibaca oleh")).to_contain_text("Dinas Pertanian")
    await looks_right(adi, f"before-the-admin-{width}")
    await adi.page.get_by_role("button", name="Terima dan berlakukan").click()
    await expect(adi.page.get_by_role("heading", name="Diterima")).to_be_visible()
    await until(lambda: service.stdout.count("lapor serves") == 2, "it has begun anew")
    await adi.page.reload()
    await expect(adi.page.get_by_text("Sudah berlaku")).to_be_visible()
    await looks_right(adi, f"accepted-{width}")
    await adi.page.goto(f"{service.address}{HOME}")
    row = adi.page.get_by_role("row").filter(has_text="Pasar hewan")
    await expect(row).to_contain_text("belum bisa; warga memilihnya dengan tombol")
    await expect(row).to_contain_text("31")

    siti = await arrive(service.address, viewport={"width": width, "height": 800})
    await siti.page.get_by_label("Tulis pesan").fill(STORY)
    await siti.page.get_by_role("button", name="Kirim pesan").click()
    await siti.log.get_by_role("button", name="Pasar hewan").click()
    await siti.log.get_by_role("button", name="Kirim", exact=True).click()
    await expect(siti.log).to_contain_text("Ditangani oleh: Dinas Pertanian")
    assert await siti.barriers() == []


@pytest.mark.parametrize("width", [1366, 390])
async def test_a_category_is_renamed_and_another_merged_and_a_card_with_it_is_filed_as_it_says(
    service: Service, arrive: Arrive, width: int
) -> None:
    siti = await arrive(service.address, viewport={"width": width, "height": 800})
    await siti.page.get_by_label("Tulis pesan").fill(PARKED)
    await siti.page.get_by_role("button", name="Kirim pesan").click()
    await expect(siti.log).to_contain_text("Kategori: Parkir")
    rina = await signed_in(arrive, service, "Rina", width, f"{HOME}/change/parkir")
    page = rina.page
    await looks_right(rina, f"change-{width}")
    merge = page.get_by_role("form", name="Gabung ke kategori lain")
    await merge.get_by_label("Digabung ke").select_option("lalu_lintas_transportasi")
    await merge.get_by_label("Alasan").fill("satu dinas")
    await merge.get_by_role("button").click()
    await expect(page.get_by_role("heading", name="Menunggu admin")).to_be_visible()
    await page.goto(f"{service.address}{HOME}/change/pertanahan")
    rename = page.get_by_role("form", name="Ubah nama")
    await rename.get_by_label("Nama (id)").fill("Tanah & sertifikat")
    await rename.get_by_label("Alasan").fill("lebih jelas")
    await rename.get_by_role("button").click()
    adi = await signed_in(arrive, service, "Adi", width)
    for begun, title in ((2, "Gabung Parkir ke"), (3, "Ubah nama Pertanahan")):
        await adi.page.goto(f"{service.address}{HOME}")
        await adi.page.get_by_role("link", name=title).click()
        await adi.page.get_by_role("button", name="Terima dan berlakukan").click()
        await expect(adi.page.get_by_role("heading", name="Diterima")).to_be_visible()
        await until(lambda wanted=begun: service.stdout.count("lapor serves") == wanted, "it has begun anew")
    await adi.page.goto(f"{service.address}{HOME}")
    await expect(adi.page.get_by_role("row").filter(has_text="tidak ditawarkan lagi")).to_contain_text("Lalu lintas")
    await expect(adi.page.get_by_role("row").filter(has_text="Tanah & sertifikat")).to_be_visible()
    await looks_right(adi, f"changed-{width}")
    await siti.page.reload()
    await siti.log.get_by_role("button", name="Kirim", exact=True).click()
    await expect(siti.log).to_contain_text("Urusan Parkir ditangani instansi ini")
    await expect(siti.log).to_contain_text("Ditangani oleh: Dinas Perhubungan")
    assert await siti.barriers() == []
