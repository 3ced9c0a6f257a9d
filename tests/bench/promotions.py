"""Understanding under load while ten models are promoted: `python -m tests.bench.promotions [--data-dir DIR]`.

Two hundred texts a second are read as turns read them, in the loop that also follows the registry, first for a while
without and then with a promotion a second. Three models take turns, so that each is loaded anew: the baseline, altered,
or with `--data-dir` the three that were made last in that data folder. A text that keywords read counts as failed.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import shutil
import tempfile
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.training.models import Model, SqlModels
from bot.configuration.secret_key import secret_key
from bot.training.models.comparing import compare_with_service
from bot.training.models.model_context import ModelContext, entry
from bot.training.models.model_loaders import CompiledStore
from bot.training.models.promotion import promote, try_here
from bot.training.models.serving import PromotedModel
from bot.understanding.fallback import SteadyUnderstanding
from bot.understanding.keywords import KeywordUnderstanding
from bot.understanding.model.model_file import read_signed
from bot.understanding.model.model_registry import CompiledModelCache
from tests.bench.machine import machine
from tests.integration.nlu.authored_texts import authored
from tests.unit.models.made_models import a_model, a_workbench

PROMOTIONS = 10
TEXTS_A_SECOND = 200


@dataclass
class Counted:
    """Seconds that each text took, and how many were not read by a model."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def read(self, by: str, texts: int, seconds: float) -> None:
        """Heard by the clock of whoever asked."""
        self.failed += texts if by == "keywords" else 0

    def not_read(self, why: str, texts: int) -> None:
        """Keywords answer instead."""

    def told(self) -> str:
        """In a sentence."""
        times = sorted(self.seconds)
        cuts = ", ".join(f"p{part} {1000 * times[len(times) * part // 100]:.2f} ms" for part in (50, 90, 99))
        return f"{len(times)} texts, {self.failed} failed; {cuts}, longest {1000 * times[-1]:.1f} ms"


async def measure(data_dir: Path | None) -> None:
    """Run it and print what came of it."""
    with tempfile.TemporaryDirectory(prefix="lapor-promotions-") as folder:
        bench = await the_bench(Path(folder), data_dir)
        models = await three_models(bench, data_dir)
        texts = itertools.cycle(authored())
        file_registry = CompiledModelCache(bench.folders, bench.key, lambda _: None)
        process = PromotedModel(bench, file_registry, CompiledStore(bench), lambda _: None, serves=True)
        quiet, busy = Counted(), Counted()
        async with process:
            await load(process, bench, quiet, texts, asyncio.sleep(PROMOTIONS))
            took = asyncio.ensure_future(promotions(bench, process, models))
            await load(process, bench, busy, texts, took)
        await bench.database.close()
    print(machine())
    print(f"models of {', '.join(f'{model.bytes / 1e6:.1f} MB' for model in models)}")
    print(f"without a promotion: {quiet.told()}")
    print(f"during {PROMOTIONS} promotions: {busy.told()}")
    print(f"a promotion, loaded and tried in this process, took {1000 * max(took.result()):.0f} ms at most")


async def load(
    process: PromotedModel, bench: ModelContext, counted: Counted, texts: Iterator[str], until: Awaitable[object]
) -> None:
    """Ask as often as that, until this is over."""
    steady = SteadyUnderstanding(process, KeywordUnderstanding(bench.known), meter=counted)
    await steady.start()
    over = asyncio.ensure_future(until)
    asking = set()
    while not over.done():
        asking.add(asyncio.create_task(ask(steady, next(texts), counted)))
        await asyncio.sleep(1 / TEXTS_A_SECOND)
    await asyncio.gather(*asking)
    await steady.stop()


async def ask(steady: SteadyUnderstanding, text: str, counted: Counted) -> None:
    """One text, and how long its reading took."""
    began = time.perf_counter()
    await steady.understand([text])
    counted.seconds.append(time.perf_counter() - began)


async def promotions(bench: ModelContext, process: PromotedModel, models: list[Model]) -> list[float]:
    """Ten, a second apart; the seconds that each took."""
    took = []
    for model in itertools.islice(itertools.cycle(models), PROMOTIONS):
        began = time.perf_counter()
        await promote(bench, model, "bench", process.ready, may_overrule=True, reason="bench")
        await process.look()
        took.append(time.perf_counter() - began)
        await asyncio.sleep(1)
    return took


async def the_bench(folder: Path, data_dir: Path | None) -> ModelContext:
    """A model context on a database of its own, with the key of the data folder."""
    database = Database(f"sqlite:///{folder / 'lapor.db'}")
    await schema.upgrade(database)
    bench = a_workbench(database, folder, secret_key(None, data_dir or folder))
    if data_dir:
        shutil.copytree(data_dir / "models", folder / "models")
    return bench


async def three_models(bench: ModelContext, data_dir: Path | None) -> list[Model]:
    """Those that take turns, each compared with the one that it follows; the first is in service."""
    models = await (trained(bench) if data_dir else altered(bench))
    for model in [*models, models[0]]:
        await compare_with_service(bench, model, [], "bench")
        await promote(bench, model, "bench", partial(try_here, bench), may_overrule=True, reason="bench")
    return [*models[1:], models[0]]


async def altered(bench: ModelContext) -> list[Model]:
    """The baseline three times."""
    return [await a_model(bench, letter) for letter in "abc"]


async def trained(bench: ModelContext) -> list[Model]:
    """The three that were made last."""
    files = sorted(bench.folders.models.glob("model-*.lapor"), key=lambda file: file.stat().st_mtime)[-3:]
    found = []
    for file in files:
        made_from = read_signed(file, bench.key).header.made_from
        made = entry(
            name=file.name, file=file, made_from=made_from, data_hash="", about={}, who="bench", at=bench.clock()
        )
        async with bench.database.writing() as connection:
            found.append(await SqlModels(connection).add(made))
    return found


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data-dir", type=Path)
    asyncio.run(measure(options.parse_args().data_dir))
