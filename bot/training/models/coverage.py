"""Which of the regency's categories the model in service cannot predict, and what to do about it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from actions.store.training.models import Model
from bot.training.corpus.corpus import CorpusReader
from bot.training.corpus.faults import FEWEST_OF_CATEGORY
from bot.training.models.model_context import BASELINE, ModelContext, NoModel
from bot.understanding.model import baseline as compiled_baseline
from bot.understanding.model.model_file import UnusableModel, known_header, read_signed
from bot.understanding.rasa.model_files import ModelFolders

MOST_NAMED = 5


async def unpredicted(bench: ModelContext) -> tuple[str, ...]:
    """Slugs of the regency's categories that the model in service does not know, in order of the alphabet.

    There are none where no model of ours can be asked: with `LAPOR_NLU=off` or an address, or while no model can be
    used. Takes up to 0.2 s the first time, and writes nothing.
    """
    try:
        return tuple(sorted(bench.known - await _predicted(bench))) if bench.mode in {"compiled", "rasa"} else ()
    except (NoModel, UnusableModel, OSError):
        return ()


def what_to_do(slugs: Sequence[str]) -> str:
    """One line for the person at the terminal on categories that the model in service cannot predict."""
    named = ", ".join(slugs[:MOST_NAMED]) + (f" and {len(slugs) - MOST_NAMED} more" if slugs[MOST_NAMED:] else "")
    file, they = (slugs[0], "it") if len(slugs) == 1 else ("<slug>", "them")
    return (
        f"The language model in service cannot predict {named}; only the list of all categories offers {they}. "
        f"Mend it with {FEWEST_OF_CATEGORY} examples in data/nlu/category/{file}.yml, ./lapor nlu train and "
        "./lapor nlu promote."
    )


async def _predicted(bench: ModelContext) -> frozenset[str]:
    model = await _promoted(bench)
    if model is None and bench.mode == "rasa":  # which then serves what today's data make
        return await asyncio.to_thread(_taught, bench.folders)
    return await asyncio.to_thread(_known_to, bench, model)


async def _promoted(bench: ModelContext) -> Model | None:
    file = bench.database.file
    if file is not None and not file.exists():  # asking would make it
        return None
    try:
        _, model = await bench.promoted()
    except SQLAlchemyError:  # nobody has brought it to today's schema yet
        return None
    return model


def _known_to(bench: ModelContext, promoted: Model | None) -> frozenset[str]:
    model = promoted or bench.found()
    if model.file == BASELINE:
        return _categories_of(bench.file_of(model), compiled_baseline.SHA256, None)
    return _categories_of(bench.file_of(model), model.sha256, bench.key)


@lru_cache(maxsize=16)
def _categories_of(file: Path, sha256: str, key: bytes | None) -> frozenset[str]:
    """What the header of a model says; the one that came with this version has no key."""
    header = known_header(file, sha256) if key is None else read_signed(file, key).header
    return frozenset(header.categories)


def _taught(folders: ModelFolders) -> frozenset[str]:
    return frozenset(CorpusReader(folders.base_data, folders.data_dir / "nlu").read().counts())
