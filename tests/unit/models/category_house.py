"""The pages of categories over a regency's own folder, its training data and a model in service."""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from httpx import AsyncClient, Response

from actions.people.roles import Role
from actions.regency.files import load
from actions.regency.model import Regency
from bot.main.assembly import DEFAULTS
from bot.training.corpus.corpus import CorpusReader
from bot.training.corpus.folder import DataFolder
from bot.training.models.subprocesses import Commands
from bot.training.samples.labelling import LabellingRules
from bot.training.samples.labelling_service import LabellingService
from bot.web.account.routes import sign_in_router
from bot.web.desk.settings.files import RegencyFiles
from bot.web.shared.app import make_app
from bot.web.trainer.categories.context import CategoriesContext
from bot.web.trainer.categories.one import proposal_router
from bot.web.trainer.categories.routes import categories_router
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.data.routes import data_router
from bot.web.trainer.models.context import ModelsContext
from tests.unit.models.conftest import KEY
from tests.unit.models.made_models import a_workbench
from tests.unit.models.test_model_watching import a_sample
from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse

HOME = "/trainer/categories"
OWN_FILES = (
    "regency.toml",
    "regions.geojson",
    "categories.csv",
    "agencies.csv",
    "routing.csv",
    "hotlines.csv",
    "deadlines.toml",
)
TYPED = "\n".join(f"timbangan sapi los {number} di pasar hewan tidak pernah ditera" for number in range(1, 30))
WISH = {
    "label_id": "Pasar hewan",
    "label_en": "Livestock markets",
    "parent": "kerja_dan_usaha",
    "agency": "Dinas Pertanian",
    "about": "los, timbangan dan karcis di pasar hewan",
    "but_not": "ekonomi_umkm",
    "words": "pasar hewan, blantik",
    "why": "pasar baru di Petung",
}


@dataclass
class AskedRestart:
    """Counts how often the service was asked to begin anew."""

    times: int = 0
    fails: list[Exception] = field(default_factory=list)

    @property
    def is_asked(self) -> bool:
        return self.times > 0

    def ask(self) -> None:
        for error in self.fails:
            raise error
        self.times += 1


@dataclass
class CategoryHouse:
    """The pages, and what lies behind them."""

    gate: Gatehouse
    folder: Path
    own: Path
    restart: AskedRestart
    rules: LabellingRules
    app: Any = None

    async def enters(self, name: str, *roles: Role) -> AsyncClient:
        await self.gate.hires(name, *(roles or (Role.TRAINER,)))
        return await self.gate.signed_in(name)

    def regency(self) -> Regency:
        """As a start would read it now."""
        return load(self.folder, DEFAULTS)

    def begins_anew(self) -> None:
        """The pages as they are after a start: with the regency's files as they are now."""
        regency, self.restart = self.regency(), AskedRestart()
        self.app = app_of(self, regency)

    async def hears(self, *texts: str) -> None:
        for text in texts:
            await a_sample(self.gate.database, text, at=self.gate.now())

    def data(self, slug: str) -> str:
        """What this installation has added to a category's examples."""
        path = self.own / "category" / f"{slug}.yml"
        return path.read_text("utf-8") if path.exists() else ""

    def folder_of_data(self, regency: Regency) -> DataFolder:
        reader = CorpusReader(DEFAULTS / "nlu", self.own)
        return DataFolder(reader, frozenset(leaf.slug for leaf in regency.offered()))


def app_of(house: CategoryHouse, regency: Regency) -> Any:
    gate = house.gate
    service = LabellingService(gate.database, house.folder_of_data(regency), gate.now)
    missing = cast("Any", None)
    trainer = TrainerContext(gate.context, service, house.rules, missing, missing)
    offered = frozenset(leaf.slug for leaf in regency.offered())
    bench = replace(a_workbench(gate.database, house.own.parent, KEY, gate.now), known=offered)
    models = ModelsContext(trainer, Commands(missing, bench))
    files = RegencyFiles(house.folder, DEFAULTS, house.own.parent / "lock", regency.languages)
    context = CategoriesContext(models, regency, files, house.restart)
    routers = [sign_in_router(gate.context), categories_router(context), proposal_router(context), data_router(trainer)]
    return make_app(routers)


async def a_category_house(tmp_path: Path, database_file: Path) -> CategoryHouse:
    """One with the project's regency in a folder of its own."""
    folder, own = tmp_path / "regency", tmp_path / "nlu"
    folder.mkdir()
    for name in OWN_FILES:
        shutil.copy(DEFAULTS / name, folder / name)
    gate = await a_gatehouse(tmp_path / "house", database_file)
    rules = LabellingRules(DEFAULTS / "nlu", own)
    house = CategoryHouse(gate, folder, own, AskedRestart(), rules)
    house.begins_anew()

    async def door(scope: Any, receive: Any, send: Any) -> None:
        await house.app(scope, receive, send)

    gate.house.app = cast("Any", door)
    return house


async def proposes(trainer: AsyncClient, **changes: str) -> str:
    """A new category, written down; returns the address of its page."""
    answer = await trainer.post(f"{HOME}/new", data={**WISH, **changes})
    assert answer.status_code == 303, said(answer)
    return answer.headers["location"]


async def submits(trainer: AsyncClient, page: str) -> None:
    """With thirty messages of her own."""
    written = await trainer.post(f"{page}/examples", data={"act": "write", "texts": TYPED, "intent": "complaint"})
    assert "29 contoh ditambahkan" in written.text
    more = {"act": "write", "texts": "minta dibuatkan los baru di pasar hewan", "intent": "aspiration"}
    await trainer.post(f"{page}/examples", data=more)
    answer = await trainer.post(page, data={"act": "submit"})
    assert answer.status_code == 303, said(answer)


async def decides(admin: AsyncClient, page: str, act: str = "accept", **fields: str) -> Response:
    """An admin presses one of the two buttons of the page as she has read it."""
    read = await admin.get(page)
    found = re.search(r'name="version" value="(\d+)"', read.text)
    version = found[1] if found else "1"
    return await admin.post(f"{page}/decision", data={"act": act, "version": version, **fields})


def said(answer: Response) -> str:
    """What a page says in its alert."""
    found = re.search(r'<p class="wrong" role="alert">(.*?)</p>', answer.text, re.DOTALL)
    return html.unescape(found[1]) if found else answer.text[:300]
