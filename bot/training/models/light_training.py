"""Trains without Rasa: in a process of its own, in the service's Python, with scikit-learn from a group of packages.

What comes out is the file that Rasa's training is compiled to; `nlu/tests/test_light.py` holds the two together.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path

from bot.understanding.acts.own_training import add_own_acts
from bot.understanding.model.model_file import UnusableModel, sign
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.preparation import fingerprint, say_what_failed

GROUP = "light"
"""Of `pyproject.toml`: what a training needs, some 200 MB."""
OWN_ENVIRONMENT = ".venv-light"
"""Beside the training's program: the packages of the service that runs stay as they are."""


async def train_light(environment: RasaEnvironment, key: bytes) -> tuple[Path, dict[str, object]]:
    """Train on the data of these folders; the signed file, and what the training tells of it.

    Args:
        environment: where it is trained; its Python 3.10 is not used.
        key: the installation's secret, which signs the file.

    Raises:
        PreparationFailed: it failed; one sentence says why.
    """
    folders = environment.folders
    signed = folders.compiled_for(await fingerprint(folders))
    unsigned = signed.with_name(f"unsigned-{signed.name}")
    beside = unsigned.with_suffix(".json")
    try:
        await _run(environment, unsigned)
        about: dict[str, object] = await asyncio.to_thread(lambda: json.loads(beside.read_text(encoding="utf-8")))
        if folders.compiled_for(str(about["hash"])) != signed:
            raise PreparationFailed("The training data changed while it was being learned: train again.")
        await add_own_acts(environment, unsigned)
        await asyncio.to_thread(sign, unsigned, signed, key)
    except (UnusableModel, OSError, ValueError, KeyError) as error:
        raise PreparationFailed(f"The trained model cannot be used: {error}.") from error
    finally:
        unsigned.unlink(missing_ok=True)
        beside.unlink(missing_ok=True)
    return signed, about


async def _run(environment: RasaEnvironment, out: Path) -> None:
    apart = str(environment.folders.program / OWN_ENVIRONMENT)
    process = replace(environment, environment={**environment.environment, "UV_PROJECT_ENVIRONMENT": apart})
    code, output = await process.run(_command(environment.uv, environment.folders, out))
    if code != 0:
        raise PreparationFailed(
            say_what_failed("Training the language model", code, output, str(environment.folders.log))
        )


def _command(uv: Path, folders: ModelFolders, out: Path) -> list[str]:
    data = [word for folder in folders.training_data() for word in ("--data", str(folder))]
    return [
        *(str(uv), "run", "--directory", str(folders.program), "--project", str(folders.project)),
        *("--frozen", "--only-group", GROUP, "--python", sys.executable),
        *("python", "train.py", "--light", *data, "--out", str(out)),
    ]
