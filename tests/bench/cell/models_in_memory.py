"""What the model that came with this version costs in memory when many regencies of one process read it.

`python -m tests.bench.cell.models_in_memory [--readers 60]`
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import psutil

from bot.shipped import PROJECT
from bot.understanding.model.model_registry import CompiledModelCache, ModelUpdate
from bot.understanding.rasa.model_files import ModelFolders
from tests.bench.machine import machine


def a_reader(folder: Path, number: int) -> CompiledModelCache:
    """One of a regency that has a folder and a key of its own, and no model that was trained there."""
    folders = ModelFolders(PROJECT, PROJECT / "data", folder / str(number))
    reader = CompiledModelCache(folders, f"key {number}".encode(), _heard)
    reader.look()
    return reader


def _heard(update: ModelUpdate) -> None:
    if update.refused:
        raise SystemExit(update.words)


def main() -> None:
    """Make them one after the other, and print what the first and all of them took."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cell.models_in_memory")
    parser.add_argument("--readers", type=int, default=60)
    wanted, process = parser.parse_args().readers, psutil.Process()
    before, began, readers = process.memory_info().rss, time.process_time(), []
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, wanted + 1):
            readers.append(a_reader(Path(folder), number))
            if number in {1, wanted}:
                more = (process.memory_info().rss - before) / 2**20
                print(f"{number} readers: {more:.1f} MiB more, {time.process_time() - began:.2f} CPU-seconds")


if __name__ == "__main__":
    main()
