"""Learns the risks of `data/nlu/risk/` and writes their file: `python -m bot.understanding.danger.train`.

Softmax regression, as of dialogue acts (`acts/learn.py`), in a fixed order: the same rows give the same file. What it
finds of whole batches left out of training, at several confidences, is printed; `tests/held_back/` is measured by tests
alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.understanding import words
from bot.understanding.acts import learn as learning
from bot.understanding.acts.learn import Example, Recipe, learn
from bot.understanding.danger import baseline, features, patterns
from bot.understanding.danger.features import columns_of
from bot.understanding.danger.model import RiskModel, packed, shares_of
from bot.understanding.danger.rows import NONE, QUESTIONS, Row, rows_of
from bot.understanding.weights_file import digest_of, say_hash, say_learned_from

RECIPE = Recipe(rounds=20, step=1.0, decay=1e-5)
_SEEDS = (1, 2, 3)
"""It is learned once with each, and averaged, so that the order of the rows decides little."""
_OF_A_WRITER = 2
"""How often a row of a writer's batch counts; a row that is in none counts once."""
_FOLDS = 4
_LEVELS = (0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
_LARGEST_BYTES = 500_000
_TABLES = ("risk", "emergency", "sensitive", "slang")
_CODE = (features.__file__, patterns.__file__, learning.__file__, __file__)


def learned_from(folder: Path) -> str:
    """The digest of what the model is learned from: rows, tables of words, and the code that reads and learns them."""
    rows = (f"{row.label}\t{row.text}".encode() for labels in QUESTIONS for row in rows_of(folder, labels))
    files = [*(Path(words.__file__).with_name(f"{name}.toml") for name in _TABLES), *map(Path, _CODE)]
    return digest_of([*rows, *(file.read_bytes() for file in files)])


def trained(folder: Path) -> RiskModel:
    """The model of all rows."""
    parts = [_learned(rows_of(folder, labels), labels) for labels in QUESTIONS]
    weights = np.concatenate([one.weights for one in parts], axis=1)
    return RiskModel(QUESTIONS, weights, np.concatenate([one.bias for one in parts]))


def _learned(rows: Sequence[Row], labels: tuple[str, ...]) -> RiskModel:
    examples: list[Example] = []
    for row in rows:
        examples += [Example(columns_of(row.text), row.label)] * (_OF_A_WRITER if row.batch else 1)
    parts = [learn(examples, labels, replace(RECIPE, seed=seed)) for seed in _SEEDS]
    weights = np.mean([one.weights for one in parts], axis=0, dtype=np.float32)
    return RiskModel((labels,), weights, np.mean([one.bias for one in parts], axis=0, dtype=np.float32))


def left_out(rows: Sequence[Row], labels: tuple[str, ...]) -> tuple[list[float], list[float]]:
    """The risk that rows of whole batches have, those of one and those of none, by models that did not learn these."""
    batches = sorted({row.batch for row in rows} - {""})
    risky: list[float] = []
    calm: list[float] = []
    for fold in range(_FOLDS):
        out = set(batches[fold::_FOLDS])
        model = _learned([row for row in rows if row.batch not in out], labels)
        for row in rows:
            if row.batch in out:
                share = 1 - shares_of(model, columns_of(row.text))[labels.index(NONE[labels])]
                (calm if row.label == NONE[labels] else risky).append(share)
    return risky, calm


def _say(labels: tuple[str, ...], risky: Sequence[float], calm: Sequence[float]) -> None:
    for level in _LEVELS:
        found, alarms = (sum(share >= level for share in shares) / len(shares) for shares in (risky, calm))
        print(f"{'/'.join(labels):18} from {level:.2f}: found {found:.3f}, false alarms {alarms:.3f}")


def main() -> None:
    """Train, write, and say what is found of batches left out."""
    folder = baseline.PROJECT / "data" / "nlu" / "risk"
    whole = packed(trained(folder))
    if len(whole) > _LARGEST_BYTES:
        raise SystemExit(f"the model has {len(whole):,} bytes, more than {_LARGEST_BYTES:,}")
    baseline.risks_file().write_bytes(whole)
    say_hash(whole, Path(baseline.__file__))
    say_learned_from(learned_from(folder), Path(baseline.__file__))
    print(f"{baseline.risks_file().name}: {len(whole):,} bytes")
    for labels in QUESTIONS:
        _say(labels, *left_out(rows_of(folder, labels), labels))


if __name__ == "__main__":
    main()
