"""Learns what a message is for, and writes its file: `python -m bot.understanding.purpose.train`.

Rows are those of `data/nlu/intent/`, a share of the complaints of `data/nlu/category/`, and `purposes.toml`, which
weighs more. What is right of rows left out in turn is printed; `tests/held_back/` is only measured on, by the tests.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from bot.understanding.acts.learn import Example, Recipe, learn
from bot.understanding.model.baseline import SHA256, baseline_file
from bot.understanding.model.compiled_model import CompiledModel, CompiledUnderstanding
from bot.understanding.model.model_file import read_known
from bot.understanding.port import ModelAnswer
from bot.understanding.purpose import baseline
from bot.understanding.purpose.features import COLUMNS, columns_of
from bot.understanding.purpose.model import BESIDE, REPORT, PurposeModel, packed
from bot.understanding.weights_file import say_hash

type Row = tuple[str, str]
"""A text, and its purpose."""

RECIPE = Recipe(rounds=12, averaged=4, step=0.3, hidden=0.4)
LEAST = 0.6
"""How likely praise and the like must be, so that hardly a complaint of the corpus is taken for it."""
_OTHER = "other"
_EVERY_COMPLAINT = 6
"""Of the complaints of the corpus one in so many is learned."""
_TIMES_AUTHORED = 4
_FOLDS = 4
_LARGEST_BYTES = 400_000


def rows_of(nlu: Path) -> tuple[list[Row], list[Row]]:
    """The rows of the corpus, and those that were written for this model."""
    intents = [row for file in sorted((nlu / "intent").glob("*.yml")) for row in _of_file(file, None)]
    complaints = [row for file in sorted((nlu / "category").glob("*.yml")) for row in _of_file(file, REPORT)]
    told = tomllib.loads((nlu / "purpose" / "purposes.toml").read_text("utf-8"))
    return [*intents, *complaints[::_EVERY_COMPLAINT]], [(text, name) for name, texts in told.items() for text in texts]


def _of_file(file: Path, purpose: str | None) -> Iterator[Row]:
    for block in YAML(typ="safe").load(file.read_text("utf-8"))["nlu"]:
        name = purpose or _purpose_of(block["intent"])
        lines = (line.strip() for line in block["examples"].splitlines())
        yield from ((line.removeprefix("- "), name) for line in lines if line.startswith("- "))


def _purpose_of(intent: str) -> str:
    if intent in {"complaint", "aspiration"}:
        return REPORT
    return intent if intent in BESIDE else _OTHER


def learned(corpus: list[Row], authored: list[Row]) -> PurposeModel:
    """The model of these rows."""
    examples = [Example(columns_of(text), name) for text, name in (*corpus, *authored * _TIMES_AUTHORED)]
    labels = sorted({one.label for one in examples})
    model = learn(examples, labels, RECIPE)
    return PurposeModel(model.acts, LEAST, model.weights[:COLUMNS], model.bias)


def found_of(rows: list[Row], model: PurposeModel, read: Callable[[str], ModelAnswer]) -> Iterator[tuple[str, bool]]:
    """Of each row its purpose, and whether it is heard so; of a report, whether it is taken for nothing else."""
    for text, name in rows:
        intent = model.refined(text, read(text)).intent.name
        yield name, intent == name if name in BESIDE else intent not in BESIDE


def main() -> None:
    """Measure on rows left out in turn, train, and write."""
    nlu = baseline.PROJECT / "data" / "nlu"
    read = cache(CompiledUnderstanding(CompiledModel.of(read_known(baseline_file(baseline.PROJECT), SHA256))).read)
    corpus, authored = rows_of(nlu)
    right, all_ = Counter[str](), Counter[str]()
    for fold in range(_FOLDS):
        kept = [row for at, row in enumerate(authored) if at % _FOLDS != fold]
        for name, good in found_of(authored[fold::_FOLDS], learned(corpus, kept), read):
            all_[name] += 1
            right[name] += good
    print(", ".join(f"{name} {right[name]} of {count}" for name, count in all_.items()))
    whole = packed(learned(corpus, authored))
    if len(whole) > _LARGEST_BYTES:
        raise SystemExit(f"the model has {len(whole):,} bytes, more than {_LARGEST_BYTES:,}")
    baseline.purpose_file().write_bytes(whole)
    say_hash(whole, Path(baseline.__file__))
    print(f"{baseline.purpose_file().name}: {len(whole):,} bytes")


if __name__ == "__main__":
    main()
