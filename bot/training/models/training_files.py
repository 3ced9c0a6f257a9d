"""The files of a training: a copy of the data that is learned from, what was said, and models that nobody uses."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from actions.store.training.models import SqlModels
from bot.training.models.kept_apart import keep_apart
from bot.training.models.model_context import ModelContext, learned_file
from bot.understanding.rasa.environment import PreparationFailed
from bot.understanding.rasa.model_files import KEPT, ModelFolders, description_file, kept_archive

COPY = ".learned-now"
"""Where the training data is copied to."""
FILES_KEPT = 5
LONGEST_LOG = 8_000
"""Letters of the log that are kept in the row."""
LEARNING = (0.1, 0.85)
"""How far a training is when Rasa begins to learn, and when it has learned."""
_PHASE = re.compile(r"^\[(\d+)/(\d+)\]", re.MULTILINE)
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def end_of_log(log: Path, begins: int) -> str:
    """The end of what a log says from this byte on; all of it where it was begun anew."""
    if not log.exists():
        return ""
    with log.open("rb") as opened:
        size = opened.seek(0, 2)
        opened.seek(max(begins if size >= begins else 0, size - LONGEST_LOG))
        return _COLOURS.sub("", opened.read().decode(errors="replace"))


def learned_share(log: str) -> float:
    """How far a training is whose log says so much, 0 to 1."""
    phases = _PHASE.findall(log)
    if not phases:
        return LEARNING[0]
    reached, of = (int(number) for number in phases[-1])
    return LEARNING[0] + (LEARNING[1] - LEARNING[0]) * (reached - 1) / max(of, 1)


async def forget_old(bench: ModelContext) -> None:
    """Delete the files of models that are neither in service, former nor shadow, nor among those made last."""
    async with bench.database.reading() as connection:
        book = SqlModels(connection)
        now, models = await book.in_service(), await book.newest()
    used = {now.model, now.former, now.shadow}
    kept = {model.file for model in models if model.id in used} | {model.file for model in models[:FILES_KEPT]}
    for file in bench.folders.models.glob("model-*.lapor"):
        if file.name not in kept:
            file.unlink(missing_ok=True)
            learned_file(file).unlink(missing_ok=True)
    archives = {kept_archive(bench.folders, model.made_from) for model in models if model.id in used}
    for archive in set(bench.folders.models.glob(f"{KEPT}*.tar.gz")) - archives:
        archive.unlink(missing_ok=True)
        description_file(archive).unlink(missing_ok=True)


@contextlib.contextmanager
def copied(folders: ModelFolders) -> Iterator[ModelFolders]:
    """Folders with a copy of today's training data, which nobody changes while it is learned.

    Raises:
        PreparationFailed: it cannot be copied.
    """
    home = folders.models / COPY
    try:
        shutil.rmtree(home, ignore_errors=True)  # of a training that was killed
        copies = tuple(
            Path(shutil.copytree(folder, home / str(number), ignore=shutil.ignore_patterns("baseline")))
            for number, folder in enumerate(folders.training_data())
        )
        for added in copies[1:]:
            keep_apart(added)
        yield replace(folders, copied=copies)
    except OSError as error:
        raise PreparationFailed(f"The training data cannot be copied: {error.strerror}.") from error
    finally:
        shutil.rmtree(home, ignore_errors=True)
