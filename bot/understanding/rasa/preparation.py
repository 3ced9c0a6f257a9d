"""Makes the language model ready to be served: installs it, trains it when what it is made from changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.understanding.rasa import child_process
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment, require_program
from bot.understanding.rasa.model_files import ModelFolders, TrainedModel, find_model, forget_old_models

_MENDS = (
    (
        r"MemoryError|Cannot allocate memory|bad_alloc",
        "It wants more memory than data/gate.toml allows: allow it more there, or give it less to learn",
    ),
    (
        r"No space left on device|os error 28|Disk quota exceeded",
        "The disk is full: the language model needs about 4 GB, make room for it",
    ),
    (
        r"No interpreter found|cpython-3\.10|Python downloads are",
        "The language model needs Python 3.10, and there is none: bring it with `uv python install 3.10`",
    ),
    (
        (
            r"dns error|tcp connect error|Failed to fetch|error sending request|Network is unreachable"
            r"|Network connectivity is disabled|timed? ?out|Connection re(?:fused|set)"
        ),
        "The packages of the language model cannot be fetched: connect this machine to the internet",
    ),
    (
        r"Permission denied|os error 13|Read-only file system",
        "A folder of the language model cannot be written: give its owner the right to",
    ),
)
_KILLED = frozenset({137, 143})


def say_what_failed(what: str, exit_code: int, output: str, log: str) -> str:
    """One sentence for a step that failed.

    Args:
        what: the step, as the beginning of a sentence: "Installing the language model".
        exit_code: of its process.
        output: what the process said.
        log: where all of it stands, for the reader.
    """
    for pattern, mend in _MENDS:
        if re.search(pattern, output, re.IGNORECASE):
            return f"{mend} (see {log})."
    if exit_code in _KILLED:
        return f"{what} was ended from outside, perhaps for want of memory: it needs 2 GB (see {log})."
    return f"{what} failed: {_telling_line(output) or f'exit code {exit_code}'} (see {log})."


def _telling_line(output: str) -> str:
    """The line that says most: uv's first `error:`, else the last one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("error:").strip() for line in lines if line.startswith("error:")]
    return (errors[:1] or lines[-1:] or [""])[0].rstrip(".")


class PreparationStage(StrEnum):
    """The stages of preparing the language model."""

    INSTALLING = "installing"
    TRAINING = "training"
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PreparationNews:
    """News of the language model. `detail`: a sentence for the operator; empty: the stage says it all."""

    stage: PreparationStage
    detail: str = ""


Progress = Callable[[PreparationNews], None]


async def prepare(rasa_environment: RasaEnvironment, progress: Progress) -> TrainedModel:
    """The model of today's data and configuration; installed and trained first if need be (minutes, 2.5 GB).

    Args:
        rasa_environment: where it is made.
        progress: told when installing or training begins, not when there is nothing to do.

    Raises:
        PreparationFailed: with one sentence on why, and how to mend it.
    """
    if not await is_installed(rasa_environment):
        progress(PreparationNews(PreparationStage.INSTALLING, "About 2.5 GB and some minutes, this first time only."))
        await _do(rasa_environment, rasa_environment.sync(), "Installing the language model")
    made_from = await fingerprint(rasa_environment.folders)
    model = find_model(rasa_environment.folders, made_from)
    if model is None:
        progress(
            PreparationNews(
                PreparationStage.TRAINING, "One or two minutes; again only when its data or configuration change."
            )
        )
        model = await _train(rasa_environment, made_from)
    return model


async def is_installed(rasa_environment: RasaEnvironment) -> bool:
    """Whether the model's environment holds all that its lock names; nobody outside this machine is asked.

    Raises:
        PreparationFailed: the log cannot be written.
    """
    code, _ = await rasa_environment.run(rasa_environment.sync("--check", "--offline", "--quiet"))
    return code == 0


async def fingerprint(folders: ModelFolders) -> str:
    """The hash of all that a model is made from; takes less than 0.1 s.

    Raises:
        PreparationFailed: there is no training data, or a file of it cannot be read, or no program to train with.
    """
    require_program(folders)
    code, told, complained = await child_process.told_by_python(folders.program / "fingerprint.py", *_data(folders))
    if code != 0:
        reasons = complained.strip().splitlines()
        raise PreparationFailed(reasons[-1] if reasons else "The training data cannot be read.")
    return told.strip()


async def _train(rasa_environment: RasaEnvironment, made_from: str) -> TrainedModel:
    folders = rasa_environment.folders
    out = str(folders.archive_for(made_from))
    training = rasa_environment.python("train.py", *_data(folders), "--out", out)
    await _do(rasa_environment, training, "Training the language model")
    model = find_model(folders, made_from)
    if model is None:
        raise PreparationFailed("The training data changed while it was being learned: train again.")
    forget_old_models(model)
    return model


async def _do(rasa_environment: RasaEnvironment, command: list[str], what: str) -> None:
    code, output = await rasa_environment.run(command)
    if code != 0:
        raise PreparationFailed(say_what_failed(what, code, output, str(rasa_environment.folders.log)))


def _data(folders: ModelFolders) -> list[str]:
    return [word for folder in folders.training_data() for word in ("--data", str(folder))]
