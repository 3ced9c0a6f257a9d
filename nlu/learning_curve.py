"""Measures what more examples bring: `python learning_curve.py --data DIR --set FILE.csv … --out FILE.toml`.

Trains on a growing share of the examples, every label alike, and measures the category on messages that are
not among them. Only numbers are written or printed.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fingerprint import HERE, training_files
from quiet import quieten

if TYPE_CHECKING:
    from training.corpus import Corpus, Example

SHARES = (0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1.0)
HEAD = """\
# What more examples bring. Written by nlu/learning_curve.py; do not edit.
# Each point: how many examples bear a category, the share of messages whose first category is right, and the
# share of those that have it among the first three.
"""

Message = tuple[str, str]
"""A text and the slug that it is about."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and writes; 1 and one sentence on stderr when that fails."""
    parser = argparse.ArgumentParser(description="Measures what more examples bring.")
    parser.add_argument("--data", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--set", type=Path, action="append", required=True, metavar="FILE.csv", dest="sets")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.toml")
    words = parser.parse_args(arguments)
    quieten()
    try:
        words.out.write_text(learning_curve(words.data, words.sets), encoding="utf-8")
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def learning_curve(data: Sequence[Path], sets: Sequence[Path]) -> str:
    """The text of `learning_curve.toml`: a table a set, named as its file.

    Raises:
        ValueError: data or messages cannot be used.
        OSError: a file cannot be read.
    """
    messages = {path.stem: _messages(path) for path in sets}
    from training.rasa_model import RasaCorpus  # noqa: PLC0415 - Rasa takes seconds, which wrong words must not wait for

    files = [path for directory in data for path in training_files(directory)]
    corpus = RasaCorpus(files, HERE / "config.yml", HERE / "domain.yml")
    points: dict[str, list[str]] = {name: [] for name in messages}
    for share in SHARES:
        for name, point in _measured(corpus, share, messages):
            print(f"{name}: {point}", flush=True)
            points[name].append(f"    {point},\n")
    tables = (f"\n[{name}]\npoints = [\n{''.join(found)}]\n" for name, found in points.items())
    return HEAD + "".join(tables)


def _measured(
    corpus: Corpus, share: float, messages: dict[str, list[Message]]
) -> Iterator[tuple[str, list[float]]]:
    from components.learning import learn  # noqa: PLC0415 - as above
    from components.spelling import read_table  # noqa: PLC0415 - as above
    from components.tfidf import Tfidf  # noqa: PLC0415 - as above
    from training.guessing import Settings  # noqa: PLC0415 - as above

    settings = Settings.of(corpus)
    examples = list(share_of(corpus.examples, share))
    tfidf = Tfidf.fit([example.text for example in examples], read_table(), settings.fewest_texts)
    labelled = [(example.text, example.category) for example in examples if example.category]
    features = tfidf.transform([text for text, _ in labelled])
    model = learn(features, [category for _, category in labelled], settings.recipe, sharpness=1.0)
    for name, rows in messages.items():
        rankings = model.rank(tfidf.transform([text for text, _ in rows]))
        places = [[label for label, _ in ranking].index(right) for (_, right), ranking in zip(rows, rankings)]
        first = sum(place == 0 for place in places) / len(places)
        three = sum(place < 3 for place in places) / len(places)  # noqa: PLR2004 - as many as a card offers
        yield name, [len(labelled), round(first, 4), round(three, 4)]


def share_of(examples: Sequence[Example], share: float) -> Iterator[Example]:
    """That share of the examples of each label, always the same; a larger share holds the smaller."""
    by_label: dict[tuple[str, str | None], list[Example]] = defaultdict(list)
    for example in examples:
        by_label[example.intent, example.category].append(example)
    for label in sorted(by_label, key=str):
        shuffled = sorted(by_label[label], key=lambda example: example.text)
        random.Random(0).shuffle(shuffled)  # noqa: S311 - no secret, only an even choice
        yield from shuffled[: max(1, round(share * len(shuffled)))]


def _messages(path: Path) -> list[Message]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        if not {"text", "category"} <= set(reader.fieldnames or ()):
            raise ValueError(f"{path.name} has not the columns text and category: it needs both.")
        return [(row["text"], row["category"]) for row in reader if row["category"]]


if __name__ == "__main__":
    sys.exit(main())
