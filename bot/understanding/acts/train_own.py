"""Learns the dialogue acts of the version's rows and of this installation's, in a process of its own.

Started by `own_training.py`; it takes as long as learning the version's (`train.py`).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from actions.regency.files import load
from bot.shipped import PROJECT
from bot.understanding.acts.baseline import known_acts
from bot.understanding.acts.own import sealed
from bot.understanding.acts.rows import Row, read_rows
from bot.understanding.acts.train import name_words, trained
from bot.understanding.model.compiled_model import CompiledModel, CompiledUnderstanding
from bot.understanding.model.model_file import read_known


def rows_to_learn(version: Path, own: Sequence[Path]) -> list[Row]:
    """The rows of the version and of this installation; acts and moments that the version has not are left out."""
    acts = known_acts()
    added = [row for folder in own for row in read_rows(folder)]
    return [*read_rows(version), *(row for row in added if row.moment in acts.possible and {*row.acts} <= {*acts.acts})]


def _words(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Learns what messages do in a talk.")
    parser.add_argument("--model", type=Path, required=True, help="the language model, as it was compiled")
    parser.add_argument("--sha256", required=True, help="of its file")
    parser.add_argument("--version", type=Path, required=True, help="the rows that come with the version")
    parser.add_argument("--own", type=Path, action="append", required=True, help="rows that were added here")
    parser.add_argument(
        "--config", type=Path, required=True, help="the regency's folder, for the names of its villages"
    )
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Learns, and writes the bytes that belong into the file of the language model."""
    words = _words(arguments)
    understanding = CompiledUnderstanding(CompiledModel.of(read_known(words.model, words.sha256)))
    regency = load(words.config, PROJECT / "data")
    names = name_words(region.name for region in regency.regions.values())
    rows = rows_to_learn(words.version, words.own)
    words.out.write_bytes(sealed(trained(rows, names, understanding.read)))


if __name__ == "__main__":
    main()
