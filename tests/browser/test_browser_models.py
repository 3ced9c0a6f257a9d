"""A model's whole way in Chromium: misunderstood, labelled, trained with Rasa, compared, promoted, taken back."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from actions.store.engine.database import Database
from bot.configuration.secret_key import secret_key
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.visitors import Visitor
from tests.integration.process.commands import lapor
from tests.integration.process.service import Service, running_service
from tests.unit.models.made_models import a_model, a_workbench, worse
from tests.unit.people.officers import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.rasa]
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
WORDS = "obor tiang di muka langgar petung kada benderang lagi"
"""A lamp on a pole, as nobody in the training data calls it."""
TRAINING_SECONDS, COMPARING_SECONDS = 1200, 180


@in_one_loop
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running_service(tmp_path, nlu="compiled") as running:
        for name, role in (("Rina", "trainer"), ("Sari", "trainer"), ("Adi", "admin")):
            words = ("officer", "add", name, "--role", role, "--password-stdin")
            assert (await lapor(tmp_path, *words, told=PASSWORD)).code == 0
        yield running


async def signed_in(
    arrive: Arrive, service: Service, name: str, page: str = "/trainer/models", **wishes: object
) -> Visitor:
    visitor = await arrive(f"{service.address}{page}", **wishes)
    await visitor.signs_in(name, PASSWORD)
    await visitor.page.wait_for_url(f"**{page}")
    return visitor


async def shot(page: Page, name: str) -> None:
    if SHOTS:
        await page.screenshot(path=f"{SHOTS}/models-{name}.png", full_page=True)


async def hears(arrive: Arrive, service: Service, kategori: str) -> Visitor:
    """A citizen writes these words, and reads on the card what the bot makes of them."""
    citizen = await arrive(service.address)
    await citizen.says(WORDS)
    await citizen.reads(f"Kategori: {kategori}")
    return citizen


async def files(citizen: Visitor) -> None:
    """She does not know the category, and files."""
    await citizen.button("Tidak tahu").click()
    await citizen.button("Kirim").click()
    await citizen.reads("LP-")


async def label(trainer: Page) -> bool:
    """What she wrote is about a street lamp; whether that is decided, or asked of another trainer, too."""
    sample = trainer.locator(".sample").first
    while not await sample.is_visible():
        await trainer.reload()
    await expect(sample).to_contain_text(WORDS)
    await shot(trainer, "inbox")
    await sample.get_by_role("button", name="Penerangan jalan").click()
    said = trainer.get_by_role("status").filter(has_text="tercatat")
    await expect(said).to_be_visible()
    return "seorang pelatih lain" not in await said.inner_text()


def link(trainer: Page, name: str) -> Locator:
    """Of the navigation."""
    return trainer.get_by_role("navigation", name="Halaman pelatih").get_by_role("link", name=name, exact=True)


async def save(trainer: Page) -> None:
    """What was decided goes into the data, once its check finds nothing wrong."""
    await link(trainer, "Data").click()
    await expect(trainer.get_by_text("Sudah diperiksa: tidak ada yang salah.")).to_be_visible()
    await shot(trainer, "data")
    await trainer.get_by_role("button", name="Simpan perubahan").click()
    await expect(trainer.get_by_role("status")).to_contain_text("Tersimpan: 1 kalimat baru")


async def train(trainer: Page) -> None:
    """A model of all that is in the data, with Rasa."""
    await (
        trainer.get_by_role("navigation", name="Halaman pelatih").get_by_role("link", name="Model", exact=True).click()
    )
    await trainer.get_by_role("button", name="Mulai melatih").click()
    await expect(trainer.get_by_role("progressbar")).to_be_visible()
    await shot(trainer, "training")
    status = trainer.locator("#training").get_by_role("status")
    await expect(trainer.get_by_role("progressbar")).to_have_count(0, timeout=TRAINING_SECONDS * 1000)
    await expect(status).to_contain_text("Latihan selesai.")
    await status.get_by_role("link").click()


async def test_words_that_were_misunderstood_are_understood_once_a_trainer_has_taught_them(
    service: Service, arrive: Arrive
) -> None:
    await files(await hears(arrive, service, "pilih yang paling cocok"))
    rina = (await signed_in(arrive, service, "Rina", "/trainer")).page
    if not await label(rina):
        await label((await signed_in(arrive, service, "Sari", "/trainer")).page)
    await save(rina)
    await train(rina)
    await expect(rina.get_by_text("Model ini boleh dipakai.")).to_be_visible()
    await shot(rina, "compared")
    await rina.get_by_role("button", name="Pakai model ini").click()
    await expect(rina.get_by_text("Model itu sekarang dipakai.")).to_be_visible()
    await shot(rina, "promoted")
    await hears(arrive, service, "Penerangan jalan")
    await rina.get_by_role("button", name="Kembalikan ke Model bawaan").click()
    await expect(rina.get_by_text("Model sebelumnya dipakai kembali.")).to_be_visible()
    await hears(arrive, service, "pilih yang paling cocok")


async def test_a_worse_model_is_stopped_by_the_gate_and_only_an_admin_overrules_it(
    service: Service, arrive: Arrive
) -> None:
    await puts_a_worse_model(service)
    rina = (await signed_in(arrive, service, "Rina")).page
    await rina.get_by_role("link", name="Model 2", exact=True).click()
    await rina.get_by_role("button", name="Bandingkan dengan model yang dipakai").click()
    await expect(rina.get_by_text("Sedang dibandingkan")).to_be_visible()
    await expect(rina.get_by_text("Model ini ditahan gerbang.")).to_be_visible(timeout=COMPARING_SECONDS * 1000)
    await expect(rina.get_by_text("jalan depan pasar berlubang besar").first).to_be_visible()
    await expect(rina.get_by_role("button", name="Pakai")).to_have_count(0)
    await shot(rina, "stopped")
    citizen = await arrive(service.address)
    await citizen.says("jalan depan pasar berlubang besar sampai motor saya jatuh")
    await citizen.reads("Kategori: Jalan")
    adi = (await signed_in(arrive, service, "Adi", "/trainer/models/2")).page
    await adi.get_by_label("Alasan").fill("Latihan pemulihan: kami kembalikan sesudah ini.")
    await adi.get_by_role("button", name="Pakai walaupun ditahan").click()
    await expect(adi.get_by_text("Walaupun ditahan gerbang, dengan alasan: Latihan pemulihan")).to_be_visible()
    await expect(adi.get_by_text("Model 2 mulai dipakai oleh Adi.")).to_be_visible()
    await adi.get_by_role("button", name="Kembalikan ke Model bawaan").click()
    await expect(adi.get_by_text("Model sebelumnya dipakai kembali.")).to_be_visible()


async def test_the_pages_on_models_can_be_read_by_everyone(service: Service, arrive: Arrive) -> None:
    await puts_a_worse_model(service)
    assert (await lapor(service.folder, "nlu", "compare", "2", nlu="compiled")).code == 0
    for width, scheme in ((320, "light"), (1000, "dark")):
        wishes = {"viewport": {"width": width, "height": 640}, "color_scheme": scheme}
        phone = await signed_in(arrive, service, "Adi", **wishes)
        for name in ("models", "models/2", "watch"):
            await phone.page.goto(f"{service.address}/trainer/{name}")
            await shot(phone.page, f"{name.replace('/', '-')}-{width}")
            assert await phone.is_as_wide_as_the_window(), name
            assert await phone.barriers() == [], name


async def puts_a_worse_model(service: Service) -> None:
    """One that takes roads for rubbish stands in the registry, as if it had been trained here; its number is 2."""
    data = service.folder / "var"
    database = Database(f"sqlite:///{service.database}")
    bench = a_workbench(database, data, secret_key(None, data))
    await bench.model_in_service()
    await a_model(bench, "a", worse)
    await database.close()
