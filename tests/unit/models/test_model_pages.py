"""The pages on models and on watching, asked as a browser asks: what they show, and who may do what on them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from httpx import AsyncClient

from actions.people.roles import Role
from actions.store.training.shadows import ShadowCount, add_counts
from actions.store.training.trainings import SqlTrainings, TrainingState
from bot.training.models import comparing
from bot.training.models.acts_compared import frozen_acts
from bot.training.models.comparing import compare_with_service
from bot.training.models.model_context import ModelContext
from bot.training.models.shadowing import CATEGORY
from bot.training.models.subprocesses import Commands
from bot.training.models.training import Doing
from bot.web.account.routes import sign_in_router
from bot.web.shared.app import make_app
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.models.context import ModelsContext
from bot.web.trainer.models.one_model import model_actions_router, model_router
from bot.web.trainer.models.routes import models_router
from bot.web.trainer.watch.routes import watch_router
from tests.unit.models.made_models import a_model, a_workbench, alike, overconfident, worse
from tests.unit.models.test_model_watching import a_sample
from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse

pytestmark = pytest.mark.thorough

KEY = b"the key of this installation"


class WillingCommands(Commands):
    """Does at once, and here, what a child would do."""

    async def begin_comparing(self, model: int, who: str) -> None:
        await super().begin_comparing(model, who)
        await asyncio.gather(*self._waiting)

    async def train(self, who: str) -> int:
        async with self.bench.database.writing() as connection:
            return await SqlTrainings(connection).begin(who, self.bench.clock(), Doing.PREPARING)

    async def compare(self, model: int, who: str) -> bool:
        await compare_with_service(self.bench, await self.bench.model(str(model)), [], who)
        return True


class BusyCommands(WillingCommands):
    """A child that is not done yet, and then says whether it went well."""

    def __init__(self, bench: ModelContext) -> None:
        settings: Any = None
        super().__init__(settings, bench)
        self.ended: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def begin_comparing(self, model: int, who: str) -> None:
        await Commands.begin_comparing(self, model, who)

    async def compare(self, model: int, who: str) -> bool:
        return await self.ended and await super().compare(model, who)

    async def ends(self, *, well: bool) -> None:
        self.ended.set_result(well)
        await asyncio.gather(*self._waiting)


class House:
    """The pages, and the model context behind them."""

    def __init__(self, gate: Gatehouse, bench: ModelContext, context: ModelsContext) -> None:
        self.gate, self.bench, self.context = gate, bench, context

    async def enters(self, name: str, *roles: Role) -> AsyncClient:
        await self.gate.hires(name, *roles)
        return await self.gate.signed_in(name)


@pytest.fixture
async def house(tmp_path: Path, database_file: Path) -> AsyncIterator[House]:
    gate = await a_gatehouse(tmp_path, database_file)
    bench = a_workbench(gate.database, tmp_path, KEY, gate.now)
    trainer: Any = TrainerContext(gate.context, *[cast("Any", None)] * 4)
    settings: Any = None
    context = ModelsContext(trainer, WillingCommands(settings, bench))
    pages = [models_router(context), model_router(context), model_actions_router(context), watch_router(context)]
    gate.house.app = make_app([sign_in_router(gate.context), *pages])
    yield House(gate, bench, context)
    await gate.house.closes()


async def trainings(house: House) -> list[TrainingState]:
    async with house.bench.database.reading() as connection:
        return [each.state for each in await SqlTrainings(connection).newest(house.bench.clock())]


async def test_the_first_page_says_what_is_in_service_and_offers_to_train(house: House) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    page = (await rina.get("/trainer/models")).text
    assert "Dipakai sekarang" in page
    assert "Model bawaan" in page
    assert "Mulai melatih" in page
    assert "Kembalikan ke" not in page


async def test_a_category_that_the_model_in_service_cannot_predict_is_named_with_what_to_do(house: House) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    assert "belum bisa menebak" not in (await rina.get("/trainer/models")).text
    house.context.commands.bench = replace(house.bench, known=house.bench.known | {"pasar_hewan"})
    page = (await rina.get("/trainer/models")).text
    assert "Model yang dipakai belum bisa menebak pasar_hewan." in page
    assert "sedikitnya 120 contoh dalam data/nlu/category/&lt;kode&gt;.yml" in page


@pytest.mark.manual("trainer-train")
async def test_a_training_shows_its_progress_and_is_ended_by_a_button(house: House) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    assert (await rina.post("/trainer/models/train")).status_code == 303
    part = (await rina.get("/trainer/models/training", headers={"hx-request": "true"})).text
    assert 'hx-trigger="every 1s"' in part
    assert "Menyiapkan latihan" in part
    assert "<html" not in part
    again = await rina.post("/trainer/models/train")
    assert again.headers["location"] == "/trainer/models?done=training"
    await rina.post("/trainer/models/cancel", data={"training": "1"})
    async with house.bench.database.writing() as connection:
        assert await SqlTrainings(connection).tell(1, house.bench.clock(), 0.5, Doing.LEARNING, "") is False


async def test_a_training_whose_process_went_silent_makes_room_for_the_next(house: House) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    await rina.post("/trainer/models/train")
    house.gate.world.clock.passes(timedelta(seconds=61))
    assert "Latihan terputus" in (await rina.get("/trainer/models")).text
    await rina.post("/trainer/models/train")
    assert await trainings(house) == [TrainingState.RUNNING, TrainingState.LOST]


@pytest.mark.manual("trainer-train", "trainer-back")
async def test_a_trainer_compares_promotes_and_takes_back(house: House) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    model = await a_model(house.bench, "a", alike)
    address = f"/trainer/models/{model.id}"
    assert "perlu dibandingkan" in (await rina.get(address)).text
    assert (await rina.post(f"{address}/compare")).status_code == 303
    page = (await rina.get(address)).text
    assert "Model ini boleh dipakai." in page
    assert "<svg" in page
    assert (await rina.post(f"{address}/promote")).headers["location"] == "/trainer/models?done=promoted"
    told = (await rina.get("/trainer/models")).text
    assert f"Model {model.id} mulai dipakai oleh Rina." in told
    assert "Kembalikan ke Model bawaan" in told
    assert (await rina.post("/trainer/models/rollback")).headers["location"] == "/trainer/models?done=rolled-back"
    assert (await rina.post("/trainer/models/rollback")).status_code == 409


async def test_a_model_that_is_stopped_is_an_admins_to_overrule(house: House) -> None:
    rina, adi = await house.enters("Rina", Role.TRAINER), await house.enters("Adi", Role.ADMIN)
    model = await a_model(house.bench, "a", worse)
    address = f"/trainer/models/{model.id}"
    await a_sample(house.bench.database, "jalan di depan sekolah berlubang besar", at=house.bench.clock())
    await rina.post(f"{address}/compare")
    page = (await rina.get(address)).text
    assert "Jalan &amp; jembatan: 1 dari 1 pesan" in page
    assert "jalan di depan sekolah berlubang besar" in page
    assert "Model ini ditahan gerbang." in page
    assert "Hanya admin" in page
    assert "Apa yang menjadi lebih buruk" in page
    assert re.search(r"Jalan &amp; lalu lintas: \d+ pesan uji yang dulu dibaca benar kini salah", page)
    assert (await rina.post(f"{address}/promote", data={"reason": "saya mau"})).status_code == 409
    assert (await adi.post(f"{address}/promote")).status_code == 409
    assert (await adi.post(f"{address}/promote", data={"reason": "Uji <b>coba</b>."})).status_code == 303
    assert "Uji &lt;b&gt;coba&lt;/b&gt;." in (await rina.get("/trainer/models")).text


async def test_a_model_with_which_acts_are_heard_worse_is_stopped_with_sentences_of_talks(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "frozen_acts", frozen_acts)
    rina = await house.enters("Rina", Role.TRAINER)
    model = await a_model(house.bench, "a", overconfident)
    address = f"/trainer/models/{model.id}"
    await rina.post(f"{address}/compare")
    page = (await rina.get(address)).text
    assert "Model ini ditahan gerbang." in page
    assert re.search(r"Perbuatan pesan yang didengar benar[^<]*88,8 %", page)
    assert re.search(r"Dari pesan uji dalam percakapan, \d+ yang dulu didengar benar kini salah", page)
    assert re.search(r"<li><p>\w+ · [^<]+</p><span>[^<]+ → ", page)
    numbers = (await rina.get(f"{address}/numbers.csv")).text
    assert re.search(r"^acts,number,right,856,0\.9018\d*,0\.887", numbers, re.MULTILINE)
    assert re.search(r"^,act,act:answer,137,", numbers, re.MULTILINE)


@pytest.mark.parametrize(("ending", "said"), [("well", "Model ini boleh dipakai."), ("badly", "Perbandingan gagal.")])
async def test_a_comparison_goes_on_behind_the_page_which_shows_what_came_of_it(
    house: House, ending: str, said: str
) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    model = await a_model(house.bench, "a", alike)
    busy = house.context.commands = BusyCommands(house.bench)
    begun = await rina.post(f"/trainer/models/{model.id}/compare")
    waiting = (await rina.get(begun.headers["location"])).text
    assert "Sedang dibandingkan" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    await rina.post(f"/trainer/models/{model.id}/compare")
    assert len(busy._waiting) == 1
    await busy.ends(well=ending == "well")
    page = (await rina.get(begun.headers["location"])).text
    assert said in page
    assert "Sedang dibandingkan" not in page


async def test_a_comparison_that_another_process_never_ends_is_given_up(house: House) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    model = await a_model(house.bench, "a", alike)
    house.context.commands = BusyCommands(house.bench)
    begun = await rina.post(f"/trainer/models/{model.id}/compare")
    house.context.commands = BusyCommands(house.bench)
    assert "Sedang dibandingkan" in (await rina.get(begun.headers["location"])).text
    house.gate.world.clock.passes(timedelta(seconds=181))
    assert "Perbandingan gagal." in (await rina.get(begun.headers["location"])).text
    assert (await rina.get(f"/trainer/models/{model.id}?since=1&ends={'9' * 20}")).status_code == 200


async def test_a_candidate_reads_along_until_a_button_ends_it(house: House) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    model = await a_model(house.bench, "a", alike)
    begun = await rina.post(f"/trainer/models/{model.id}/shadow")
    assert begun.headers["location"] == "/trainer/models?done=shadow"
    assert f"Model {model.id} membaca diam-diam." in (await rina.get("/trainer/models")).text
    async with house.bench.database.writing() as connection:
        counts = [("jalan", "jalan", 8), ("jalan", "sampah", 2)]
        day = house.bench.clock().date()
        shadowed = [ShadowCount(model.id, 1, day, CATEGORY, *count) for count in counts]
        await add_counts(connection, shadowed)
    page = (await rina.get(f"/trainer/models/{model.id}")).text
    assert "80,0 %" in page
    assert "Jalan &amp; jembatan → Sampah &amp; kebersihan: 2" in page
    await rina.post("/trainer/models/shadow/end")
    assert "membaca diam-diam." not in (await rina.get("/trainer/models")).text.partition("Yang sudah dilakukan")[0]


async def test_numbers_are_given_as_csv(house: House) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    model = await a_model(house.bench, "a", alike)
    assert (await rina.get(f"/trainer/models/{model.id}/numbers.csv")).headers["content-type"].startswith("text/html")
    await rina.post(f"/trainer/models/{model.id}/compare")
    answer = await rina.get(f"/trainer/models/{model.id}/numbers.csv")
    lines = answer.text.splitlines()
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert lines[0] == "set,kind,label,rows,former,candidate,low,high"
    assert any(line.startswith("frozen,number,macro_f1,") for line in lines)


@pytest.mark.parametrize("number", ["99", "x", "9" * 30])
async def test_a_model_that_there_is_not_is_a_page_that_says_so(house: House, number: str) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    assert (await rina.get(f"/trainer/models/{number}")).status_code == 404
    assert (await rina.post(f"/trainer/models/{number}/promote")).status_code == 404


async def test_the_page_that_watches_is_there_without_a_message(house: House) -> None:
    rina = await house.enters("Rina", Role.TRAINER)
    page = (await rina.get("/trainer/watch")).text
    assert "Belum ada pesan warga" in page
    weeks = await rina.get("/trainer/watch/weeks.csv")
    assert weeks.text.startswith("week,category,texts,unsure,corrected,rerouted")
    assert (await rina.get("/trainer/watch/secrets.csv")).status_code == 404
