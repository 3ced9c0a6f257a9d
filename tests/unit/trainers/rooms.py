"""A room for trainers: citizens who write, the pages, and who may open them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from httpx import AsyncClient, Response
from sqlalchemy import insert, select

from actions.people.roles import Role
from actions.store.training.inbox import inbox_page
from actions.store.training.samples import Sample, samples
from actions.store.training.turn_samples import save_turn_samples
from bot.main.training_wiring import importer
from bot.training.corpus.corpus import CorpusReader
from bot.training.corpus.folder import DataFolder
from bot.training.samples.gathering import Gatherer
from bot.training.samples.import_jobs import ImportJobs, ImportWork
from bot.training.samples.labelling import LabellingRules
from bot.training.samples.labelling_service import LabellingService
from bot.training.samples.suspicion import Suspicions
from bot.training.samples.worth import Learned
from bot.web.account.routes import sign_in_router
from bot.web.chat.routes import chat_router
from bot.web.shared.app import make_app
from bot.web.shared.response_headers import GuardHeaders
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.routes import trainer_routers
from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse
from tests.unit.web.doors import BASE as ADDRESS

BASE = {
    "category/jalan.yml": [("complaint", "jalan", ["jalan di depan pasar bolong", "aspal mengelupas"])],
    "category/sampah.yml": [("complaint", "sampah", ["sampah menumpuk di gang kami"])],
    "intent/greet.yml": [("greet", None, ["selamat pagi", "assalamualaikum"])],
}


def write_data(folder: Path, files: dict[str, list[tuple[str, str | None, list[str]]]]) -> None:
    """Training data, as it is written by hand."""
    for name, blocks in files.items():
        lines = ['version: "3.1"', "nlu:"]
        for intent, category, texts in blocks:
            lines.append(f"- intent: {intent}")
            lines += [] if category is None else ["  metadata:", f"    category: {category}"]
            lines += ["  examples: |", *(f"    - {text}" for text in texts)]
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")


@dataclass(slots=True)
class OfficersSession:
    """The pages, the handlers behind them, and where the data lies."""

    gate: Gatehouse
    handlers: LabellingService
    gatherer: Gatherer
    imports: ImportJobs
    suspicions: Suspicions
    base: Path
    own: Path

    async def hears(self, text: str, **changes: Any) -> None:
        """Somebody wrote this, and it became no case."""
        meaning = {"intent": ["complaint", 0.9], "categories": [["jalan", 0.6], ["sampah", 0.3]], "sure": False}
        chosen = {"chosen": changes.pop("chosen", {})}
        note = {"ticket": "", "words": text, "channel": "web", "at": self.gate.now()}
        async with self.gate.database.writing() as connection:
            await save_turn_samples(connection, [{**note, "meaning": json.dumps({**meaning, **chosen, **changes})}])

    async def gathers(self, *texts: str, **changes: Any) -> list[Sample]:
        """They wrote these; returns the inbox as a trainer who has said nothing yet would see it."""
        for text in texts:
            await self.hears(text, **changes)
        await self.gatherer.gather()
        async with self.gate.database.writing() as connection:
            await connection.execute(samples.update().values(wanted=1))
        return await self.inbox()

    async def inbox(self, who: str = "nobody") -> list[Sample]:
        """What is open, in its order."""
        async with self.gate.database.reading() as connection:
            return await inbox_page(connection, who, 100)

    async def rows(self) -> list[Any]:
        """Every sample."""
        async with self.gate.database.reading() as connection:
            return list(await connection.execute(select(samples).order_by(samples.c.id)))

    async def trainer(self, name: str = "Rina", *roles: Role) -> AsyncClient:
        """The browser of a trainer who has signed in."""
        await self.gate.hires(name, *(roles or (Role.TRAINER,)))
        return await self.gate.signed_in(name)

    async def goes_to_two(self, number: int) -> None:
        """This one is asked of two trainers."""
        async with self.gate.database.writing() as connection:
            await connection.execute(samples.update().where(samples.c.id == number).values(wanted=2))

    async def has_many(self, rows: list[dict[str, Any]]) -> None:
        """So many were gathered before."""
        async with self.gate.database.writing() as connection:
            await connection.execute(insert(samples), rows)

    def passes(self, span: timedelta) -> None:
        """It is so much later."""
        self.gate.world.clock.passes(span)

    def file(self, name: str) -> str:
        """One of our own files; "" where there is none."""
        path = self.own / name
        return path.read_text("utf-8") if path.exists() else ""


async def looks(out: Path) -> None:
    """What a language model would find in this data."""
    shares = {"given_share": 0.04, "likely_share": 0.91, "usual_share": 0.7}
    row = {"text": "aspal mengelupas", "category": "jalan", "likely": "sampah", **shares, "like": ["sampah menumpuk"]}
    out.write_text(json.dumps([row]), "utf-8")


async def a_room(folder: Path, database: Path, public_url: str = ADDRESS) -> OfficersSession:
    """One with three files of data."""
    gate = await a_gatehouse(folder / "house", database, public_url=public_url)
    base, own = folder / "base", folder / "own"
    write_data(base, BASE)
    (base / "README.md").write_text("# Aturan\n\n| tentang | label |\n| --- | --- |\n| lubang | `jalan` |\n", "utf-8")
    service = gate.house.service
    data = DataFolder(CorpusReader(base, own), frozenset(leaf.slug for leaf in service.regency.leaves()))
    handlers = LabellingService(gate.database, data, gate.now)
    reader = replace(importer(service, data), home=folder / "imports")
    jobs = ImportJobs(reader, ImportWork(reader, handlers))
    suspicions = Suspicions(folder, looks)
    context = TrainerContext(gate.context, handlers, LabellingRules(base, own), jobs, suspicions)
    gate.house.app = make_app(
        [chat_router(gate.house.context), sign_in_router(gate.context), *trainer_routers(context)]
    )
    gate.house.app.add_middleware(GuardHeaders, addresses=gate.house.context.addresses, public_url=public_url)
    known = frozenset({"jalan", "depan", "pasar", "bolong"})
    gatherer = Gatherer(gate.database, gate.now, lambda: Learned(known, {"jalan": 300, "sampah": 300}))
    return OfficersSession(gate, handlers, gatherer, jobs, suspicions, base, own)


async def labels(browser: AsyncClient, number: int, choice: str, **fields: str) -> Response:
    """Press a key of a card."""
    return await browser.post(f"/trainer/samples/{number}", data={"choice": choice, **fields})


def texts_of(page: str) -> list[str]:
    """The messages on a page."""
    return re.findall(r'<blockquote class="words">(.*?)</blockquote>', page, re.DOTALL)
