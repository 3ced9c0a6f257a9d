"""Models as tests of the registry want them: the baseline, altered and signed, as if it had been trained here."""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from actions.cases.ports import Clock
from actions.store.engine.database import Database
from actions.store.training.models import Model, SqlModels
from bot.training.models.gate import read_gate
from bot.training.models.model_context import ModelContext, entry
from bot.understanding.model.baseline import baseline_file
from bot.understanding.model.model_file import FIRST_LINE, sign
from bot.understanding.rasa.model_files import ModelFolders

PROJECT = Path(__file__).resolve().parents[3]
BODY = len(FIRST_LINE) + 65

type Alter = Callable[[dict[str, Any]], None]


def alike(header: dict[str, Any]) -> None:
    """As good as the baseline: it is the baseline."""


def worse(header: dict[str, Any]) -> None:
    """Takes roads for rubbish and the other way round."""
    slugs = header["categories"]
    one, other = slugs.index("jalan"), slugs.index("sampah")
    slugs[one], slugs[other] = slugs[other], slugs[one]


def overconfident(header: dict[str, Any]) -> None:
    """As right as the baseline, and sure of everything."""
    header["category_sharpness"] *= 40
    header["confidence_cap"] = header["confidence_power"] = 1.0


def a_model_file(folders: ModelFolders, key: bytes, made_from: str, alter: Alter = alike) -> Path:
    """A signed file; what it was made from tells it from others."""
    folders.models.mkdir(parents=True, exist_ok=True)
    plain = folders.models / "plain"
    plain.write_bytes(_altered(made_from, alter))
    signed = folders.compiled_for(made_from)
    sign(plain, signed, key)
    plain.unlink()
    return signed


@cache
def _altered(made_from: str, alter: Alter) -> bytes:
    whole = baseline_file(PROJECT).read_bytes()
    words, _, numbers = zlib.decompress(whole[BODY:]).partition(b"\n")
    header = json.loads(words)
    header["made_from"] = made_from
    alter(header)
    return whole[:BODY] + zlib.compress(json.dumps(header).encode() + b"\n" + numbers, level=1)


def a_workbench(
    database: Database, data_dir: Path, key: bytes, clock: Clock = lambda: datetime.now(UTC)
) -> ModelContext:
    """With the project's own data."""
    data = PROJECT / "data"
    slugs = frozenset(path.stem for path in (data / "nlu" / "category").glob("*.yml"))
    folders, gate = ModelFolders(PROJECT, data, data_dir), read_gate(data, data)
    return ModelContext(database, clock, folders, key, slugs, gate, groups=groups(data / "categories.csv"))


def groups(file: Path) -> dict[str, str]:
    """The group of each category."""
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["slug"]: row["parent"] for row in csv.DictReader(rows) if row["parent"]}


async def a_model(bench: ModelContext, letter: str, alter: Alter = alike) -> Model:
    """One that stands in the registry."""
    file = a_model_file(bench.folders, bench.key, letter * 64, alter)
    made = entry(
        name=file.name,
        file=file,
        made_from=letter * 64,
        data_hash="d" * 64,
        about={"rows": 7},
        who="person:1",
        at=bench.clock(),
    )
    async with bench.database.writing() as connection:
        return await SqlModels(connection).add(made)
