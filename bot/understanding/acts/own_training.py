"""Has the rows that trainers added learned with each new language model, whose file then holds what came of it."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from dataclasses import replace
from pathlib import Path

from bot.shipped import PROGRAM
from bot.understanding.model.acts_part import put_acts
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.preparation import say_what_failed

FOLDER = "acts"


def own_rows(folders: ModelFolders) -> list[Path]:
    """The folders of rows that were added here and are to be learned; empty where there are none."""
    added = (folder / FOLDER for folder in folders.training_data()[1:])
    return [folder for folder in added if any(folder.glob("*.yml"))]


async def add_own_acts(environment: RasaEnvironment, unsigned: Path) -> None:
    """Learns the acts with a language model that is not signed yet, and puts them into its file.

    Args:
        environment: whose folders are learned from; nothing is done where nothing was added here.
        unsigned: the file of the language model.

    Raises:
        PreparationFailed: it failed; one sentence says why.
        UnusableModel: the file makes no sense.
        OSError: it cannot be read or written.
    """
    folders = environment.folders
    own = own_rows(folders)
    if not own:
        return
    out = unsigned.with_name(f"{unsigned.name}.acts")
    try:
        sha256 = hashlib.sha256(await asyncio.to_thread(unsigned.read_bytes)).hexdigest()
        process = replace(environment, environment={**environment.environment, "PYTHONPATH": str(PROGRAM)})
        code, output = await process.run(_command(folders, own, unsigned, sha256, out))
        if code != 0:
            raise PreparationFailed(say_what_failed("Learning what messages do", code, output, str(folders.log)))
        await asyncio.to_thread(put_acts, unsigned, await asyncio.to_thread(out.read_bytes))
    finally:
        out.unlink(missing_ok=True)


def _command(folders: ModelFolders, own: list[Path], model: Path, sha256: str, out: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "bot.understanding.acts.train_own"),
        *("--model", str(model), "--sha256", sha256),
        *("--version", str(folders.project / "data" / "nlu" / FOLDER)),
        *(word for folder in own for word in ("--own", str(folder))),
        *("--config", str(folders.config_dir), "--out", str(out)),
    ]
