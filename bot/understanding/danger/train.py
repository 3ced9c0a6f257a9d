"""Learns the risks of `data/nlu/risk/` and writes their file: `python -m bot.understanding.danger.train`.

Softmax regression, as of dialogue acts (`acts/learn.py`), in a fixed order: the same rows give the same file. What it
finds of rows left out of training, at several confidences, is printed; `tests/held_back/` is measured by tests alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from bot.understanding.acts.learn import Example, Recipe, learn
from bot.understanding.danger import baseline
from bot.understanding.danger.features import columns_of
from bot.understanding.danger.model import RiskModel, packed, shares_of
from bot.understanding.danger.patterns import signs_of_risk
from bot.understanding.normalise import normalise
from bot.understanding.weights_file import say_hash

RECIPE = Recipe(rounds=10, step=0.3)
DANGER, SENSITIVE = ("calm", "danger"), ("harm", "money", "open")
QUESTIONS = (DANGER, SENSITIVE)
_LABELS = {"ordinary": "calm"}
_FILES = {DANGER: ("emergency", "emergency_short"), SENSITIVE: ("sensitive", "sensitive_short")}
_ALSO_NONE = {
    DANGER: (("sensitive", "open"), ("sensitive_short", "open"), ("sensitive", "money")),
    SENSITIVE: (("emergency", "ordinary"),),
}
"""Rows of the other question that are no risk of this one: (file, list)."""
_EVERY_TALK, _EVERY_COMPLAINT = 3, 12
"""Of the corpus one message in so many is learned as an everyday one."""
_FOLDS = 5
_LEVELS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
_LARGEST_BYTES = 500_000


def _rows(folder: Path, file: str) -> dict[str, list[str]]:
    return tomllib.loads((folder / f"{file}.toml").read_text("utf-8"))


def _learned(told: Mapping[str, Sequence[str]]) -> list[Example]:
    """The rows of a file, each under the label of its list."""
    return [Example(columns_of(text), _LABELS.get(name, name)) for name, texts in told.items() for text in texts]


def _everyday(folder: Path) -> Iterator[str]:
    """Messages of the corpus: small talk, and complaints in which no pattern finds a risk; a share of each."""
    talk = (text for file in sorted(folder.parent.glob("intent/*.yml")) for text in _written(file))
    yield from islice(talk, 0, None, _EVERY_TALK)
    complaints = (text for file in sorted(folder.parent.glob("category/*.yml")) for text in _written(file))
    yield from islice((text for text in complaints if not _may_be_risk(text)), 0, None, _EVERY_COMPLAINT)


def _written(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return [line.removeprefix("- ") for line in lines if line.startswith("- ") and not line.startswith("- intent:")]


def _may_be_risk(text: str) -> bool:
    return not {"danger", "sensitive", "event", "violence", "money"}.isdisjoint(signs_of_risk(normalise(text)))


def rows_of(folder: Path, labels: tuple[str, ...]) -> tuple[list[Example], list[Example]]:
    """The rows that were written first, with everyday messages, and those that were written later."""
    later, first = _FILES[labels]
    none = [*_rows(folder, "ordinary")["ordinary"], *_everyday(folder)]
    none += [text for file, name in _ALSO_NONE[labels] for text in _rows(folder, file)[name]]
    calm = [Example(columns_of(text), _none_of(labels)) for text in none]
    return [*_learned(_rows(folder, first)), *calm], _learned(_rows(folder, later))


def _none_of(labels: tuple[str, ...]) -> str:
    return "calm" if "calm" in labels else "open"


def trained(folder: Path) -> RiskModel:
    """The model of all rows."""
    parts = []
    for labels in QUESTIONS:
        first, later = rows_of(folder, labels)
        parts.append(learn([*first, *later, *later], labels, RECIPE))
    return RiskModel(
        QUESTIONS, np.concatenate([one.weights for one in parts], axis=1), np.concatenate([one.bias for one in parts])
    )


def left_out(folder: Path, labels: tuple[str, ...]) -> tuple[list[float], list[float]]:
    """The risk that later rows have, which is one and which is none, by models that did not learn them."""
    first, later = rows_of(folder, labels)
    none = _none_of(labels)
    risky: list[float] = []
    calm: list[float] = []
    for fold in range(_FOLDS):
        kept = [one for at, one in enumerate(later) if at % _FOLDS != fold]
        part = learn([*first, *kept, *kept], labels, RECIPE)
        model = RiskModel((labels,), part.weights, part.bias)
        for one in later[fold::_FOLDS]:
            share = 1 - shares_of(model, one.columns)[labels.index(none)]
            (calm if one.label == none else risky).append(share)
    return risky, calm


def _say(labels: tuple[str, ...], risky: Sequence[float], calm: Sequence[float]) -> None:
    for level in _LEVELS:
        found, alarms = (sum(share >= level for share in shares) / len(shares) for shares in (risky, calm))
        print(f"{'/'.join(labels):18} from {level:.2f}: found {found:.3f}, false alarms {alarms:.3f}")


def main() -> None:
    """Train, write, and say what is found of rows left out."""
    folder = baseline.PROJECT / "data" / "nlu" / "risk"
    whole = packed(trained(folder))
    if len(whole) > _LARGEST_BYTES:
        raise SystemExit(f"the model has {len(whole):,} bytes, more than {_LARGEST_BYTES:,}")
    baseline.risks_file().write_bytes(whole)
    say_hash(whole, Path(baseline.__file__))
    print(f"{baseline.risks_file().name}: {len(whole):,} bytes")
    for labels in QUESTIONS:
        _say(labels, *left_out(folder, labels))


if __name__ == "__main__":
    main()
