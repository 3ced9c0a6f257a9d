"""Has a trained model written as the one file that needs no Rasa, and signs it."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from bot.understanding.acts.own_training import add_own_acts
from bot.understanding.model import baseline as compiled_baseline
from bot.understanding.model.model_file import UnusableModel, read_known, sign
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import TrainedModel
from bot.understanding.rasa.preparation import say_what_failed
from bot.understanding.weights_file import say_hash


async def export(rasa_environment: RasaEnvironment, model: TrainedModel, key: bytes) -> Path:
    """The signed file of a trained model, in the models' folder; nobody uses it before it is promoted.

    Args:
        rasa_environment: where it was trained.
        model: as `prepare` gave it.
        key: the installation's secret.

    Raises:
        PreparationFailed: it cannot be compiled, or not be written.
    """
    signed = rasa_environment.folders.compiled_for(model.made_from)
    unsigned = signed.with_name(f".{signed.name}.unsigned")
    try:
        await _compile(rasa_environment, model, unsigned)
        await add_own_acts(rasa_environment, unsigned)
        await asyncio.to_thread(sign, unsigned, signed, key)
    except (UnusableModel, OSError) as error:
        raise PreparationFailed(f"The compiled model cannot be written: {error}.") from error
    finally:
        unsigned.unlink(missing_ok=True)
    return signed


async def export_baseline(rasa_environment: RasaEnvironment, model: TrainedModel, file: Path, code: Path) -> str:
    """Write the baseline of this version, and its hash into the code; returns the hash.

    Args:
        rasa_environment: where it was trained.
        model: trained from the project's own data.
        file: where the baseline goes.
        code: the module that knows its hash.

    Raises:
        PreparationFailed: it cannot be compiled, is too large, or cannot be written.
    """
    await _compile(rasa_environment, model, file, "--small")
    try:
        return await asyncio.to_thread(_made_known, file, code)
    except (UnusableModel, OSError) as error:
        raise PreparationFailed(f"The baseline cannot be written: {error}.") from error


async def _compile(rasa_environment: RasaEnvironment, model: TrainedModel, out: Path, *options: str) -> None:
    command = rasa_environment.python("export.py", "--model", str(model.archive), "--out", str(out), *options)
    code, output = await rasa_environment.run(command)
    if code != 0:
        raise PreparationFailed(
            say_what_failed("Compiling the language model", code, output, str(rasa_environment.folders.log))
        )


def _made_known(file: Path, code: Path) -> str:
    """Write the hash of a baseline that can be read and is small enough into the code, and return it."""
    whole = file.read_bytes()
    if len(whole) > compiled_baseline.LARGEST_BYTES:
        raise UnusableModel(f"{file.name} has {len(whole):,} bytes, more than {compiled_baseline.LARGEST_BYTES:,}")
    read_known(file, hashlib.sha256(whole).hexdigest())
    return say_hash(whole, code)
