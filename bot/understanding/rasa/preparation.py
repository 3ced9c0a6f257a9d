"""Makes the language model ready to be served: installs it, trains it when what it is made from changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.understanding.rasa import child_process
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import ModelFolders, TrainedModel, find_model, forget_old_models
from bot.understanding.rasa.preparation_mends import say_what_failed


class PreparationStage(StrEnum):
    """How far the language model is."""

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
        PreparationFailed: there is no training data, or a file of it cannot be read.
    """
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
