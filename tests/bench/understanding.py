"""Time that the compiled model takes for a text: `python -m tests.bench.understanding [--csv FILE.csv] [--small]`.

Intent and category of each authored sentence (or of each `text` of a CSV file), one after the other, in processor
time of this process; place and time of a message apart. `--small` measures the baseline instead of the newest model
that was trained here.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.configuration.settings import read_settings
from bot.main.understanding_wiring import key_of, model_folders
from bot.understanding.model.baseline import SHA256, baseline_file
from bot.understanding.model.compiled_model import CompiledModel, CompiledUnderstanding
from bot.understanding.model.model_file import read_known, read_signed
from tests.bench.machine import machine
from tests.integration.nlu.authored_texts import authored

PROJECT = Path(__file__).resolve().parents[2]
WARM_UP_TEXTS = 500


def measure(understanding: CompiledUnderstanding, texts: Sequence[str]) -> None:
    """Print what came of it."""
    for text in texts[:WARM_UP_TEXTS]:
        understanding.read(text)
    times = [seconds(understanding.read, text) * 1_000 for text in texts]
    words = statistics.median(len(text.split()) for text in texts)
    cuts = statistics.quantiles(times, n=100)
    print(machine())
    print(f"{len(texts)} texts of {words:g} words (median); the model has {len(understanding.model.weights):,} grams")
    print(
        f"a text: mean {statistics.fmean(times):.3f} ms, median {cuts[49]:.3f} ms, p99 {cuts[98]:.3f} ms of processor"
    )


def seconds(work: Callable[[str], object], text: str) -> float:
    """Processor time that the work on one text takes."""
    began = time.process_time_ns()
    work(text)
    return (time.process_time_ns() - began) / 1e9


def the_model(*, small: bool) -> CompiledUnderstanding:
    """The baseline, or the model that was trained here last."""
    if small:
        return CompiledUnderstanding(CompiledModel.of(read_known(baseline_file(PROJECT), SHA256)))
    settings = read_settings()
    trained = list(model_folders(settings).models.glob("*.lapor"))
    if not trained:
        raise SystemExit("There is no model to be measured: ./lapor nlu train makes one.")
    newest = max(trained, key=lambda file: file.stat().st_mtime)
    return CompiledUnderstanding(CompiledModel.of(read_signed(newest, key_of(settings))))


def texts_of(file: Path | None) -> list[str]:
    """The texts of a file; the authored ones without one."""
    if file is None:
        return authored()
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return [row["text"] for row in csv.DictReader(opened)]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--csv", type=Path)
    options.add_argument("--small", action="store_true")
    asked = options.parse_args()
    measure(the_model(small=asked.small), texts_of(asked.csv))
