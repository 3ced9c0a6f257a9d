"""Learns the dialogue acts of `data/nlu/acts/` and writes their file: `python -m bot.understanding.acts.train`.

It takes some ten seconds. Confidences are made true on batches left out of training; `held_back/` is only measured on.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from actions.regency.files import load
from bot.understanding import words
from bot.understanding.acts import baseline, clauses, features
from bot.understanding.acts import learn as learning
from bot.understanding.acts.learn import Learned, Reader, examples_of, learn, shares, with_short_forms
from bot.understanding.acts.model import ActsModel, packed, scores_of, unpacked
from bot.understanding.acts.rows import Row, read_rows
from bot.understanding.model.baseline import SHA256, baseline_file
from bot.understanding.model.compiled_model import CompiledModel, CompiledUnderstanding
from bot.understanding.model.model_file import read_known
from bot.understanding.weights_file import digest_of, ship

_FOLDS = 5
_SHARPNESS = np.arange(0.4, 2.01, 0.05)
_SHORTEST_NAME = 3
_LARGEST_BYTES = 1_250_000
_TABLES = ("acts", "slang")
_CODE = (features.__file__, clauses.__file__, learning.__file__, __file__)


def learned_from(folder: Path, names: Collection[str]) -> str:
    """The digest of what the model is learned from: rows, words, names, the compiled model, and the code."""
    tables = (Path(words.__file__).with_name(f"{name}.toml") for name in _TABLES)
    files = [*sorted(folder.glob("*.yml")), *tables, *map(Path, _CODE)]
    return digest_of([*(file.read_bytes() for file in files), " ".join(sorted(names)).encode(), SHA256.encode()])


def trained(rows: Sequence[Row], names: Collection[str], read: Reader) -> ActsModel:
    """The model of these rows.

    Args:
        rows: the authored messages.
        names: words of the names of villages and districts.
        read: what the compiled model makes of a text.
    """
    known, read = frozenset(names), cache(read)
    learned = _learned(rows, known, read)
    possible: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        possible[row.moment].update(row.acts)
    return ActsModel(learned.acts, possible, _sharpness(rows, known, read), known, learned.weights, learned.bias)


def _learned(rows: Sequence[Row], names: frozenset[str], read: Reader) -> Learned:
    examples = examples_of(with_short_forms(rows), names, read)
    return learn(examples, sorted({one.label for one in examples}))


def _sharpness(rows: Sequence[Row], names: frozenset[str], read: Reader) -> float:
    """The sharpness under which parts of batches left out of training are likeliest to do what they do."""
    batches = sorted({row.batch for row in rows})
    scores, right = [], []
    for fold in range(_FOLDS):
        out = frozenset(batches[fold::_FOLDS])
        learned = _learned([row for row in rows if row.batch not in out], names, read)
        for one in examples_of([row for row in rows if row.batch in out], names, read):
            if one.label in learned.acts:
                scores.append(scores_of(one.columns, learned.weights, learned.bias))
                right.append(learned.acts.index(one.label))

    def surprise(sharpness: float) -> float:
        return -sum(float(np.log(shares(s * sharpness)[r] + 1e-9)) for s, r in zip(scores, right, strict=True))

    return float(min(_SHARPNESS, key=surprise))


def name_words(names: Iterable[str]) -> frozenset[str]:
    """The words of names, lower case, without the shortest."""
    return frozenset(
        word for name in names for word in re.findall("[a-z]+", name.lower()) if len(word) >= _SHORTEST_NAME
    )


def measured(model: ActsModel, rows: Sequence[Row], read: Reader) -> dict[str, tuple[int, int]]:
    """How many rows of one act are heard rightly, and how many there are: in all, by moment and by act."""
    right, all_ = Counter[str](), Counter[str]()
    for row in rows:
        acts = model.hear(row.moment, row.text, read(row.text))
        if len(row.parts) > 1:
            keys, good = ["several"], {one.name for one in acts} == _wanted(row)
        else:
            keys, good = ["one", f"at {row.moment}", f"is {row.acts[0]}"], acts[0].name == row.acts[0]
        all_.update(keys)
        right.update(keys if good else [])
    return {key: (right[key], all_[key]) for key in all_}


def _wanted(row: Row) -> set[str]:
    several = set(row.acts) - {"small_talk"}
    return several or set(row.acts)


def main() -> None:
    """Train, write, and say what it hears of the rows held back."""
    folder = baseline.PROJECT / "data" / "nlu" / "acts"
    data = baseline.PROJECT / "data"
    regency = load(data, data)
    names = name_words(region.name for region in regency.regions.values())
    read = CompiledUnderstanding(CompiledModel.of(read_known(baseline_file(baseline.PROJECT), SHA256))).read
    whole = packed(trained(read_rows(folder), names, read))
    print(
        ship(whole, baseline.acts_file(), Path(baseline.__file__), learned_from(folder, names), _LARGEST_BYTES),
        flush=True,
    )
    print(f"sharpness {unpacked(whole).sharpness}")
    for key, (right, of) in measured(unpacked(whole), read_rows(folder / "held_back"), read).items():
        print(f"{key:24} {right:4} of {of:4}  {right / of:.3f}")


if __name__ == "__main__":
    main()
