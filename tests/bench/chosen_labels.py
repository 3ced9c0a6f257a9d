"""What chosen labels are worth against random ones: `python -m tests.bench.chosen_labels FILE.csv … [--seed N]`.

The files are labelled real messages (text, category). From one half of them, by the hash of the text, labels are taken
as an inbox is worked off, and learned beside the corpus; on the other half it is seen how many first categories are
right then. Chosen ones are those that teach most, as the inbox orders them; random ones are drawn by the seed. Nothing
but numbers is printed.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.shipped import PROJECT
from bot.training.samples.worth import GuessedLabel, Learned, spoken_words, worth_of
from bot.understanding.understood import Guess
from tests.bench.gate_eyes import UNSEEN, digest_of, half_of, rows_of
from tests.bench.gate_training import Shares, Trainings
from tests.bench.machine import machine
from tests.bench.poisons import Row

LABELS = (200, 400)
RANKED = 5


def taught_most(trainings: Trainings, source: Sequence[Row], shares: Shares) -> list[Row]:
    """The messages in the order of the inbox."""
    counts = dict[str, int]()
    for _, slug in trainings.corpus:
        counts[slug] = counts.get(slug, 0) + 1
    words = frozenset(word for text, _ in trainings.corpus for word in spoken_words(text))
    learned = Learned(words, counts)
    guessed = [_guessed(trainings, row) for row in shares]
    worths = [worth_of(text, one, learned)[0] for (text, _), one in zip(source, guessed, strict=True)]
    return [source[number] for number in np.argsort(-np.array(worths), kind="stable").tolist()]


def _guessed(trainings: Trainings, shares: Shares) -> GuessedLabel:
    order = np.argsort(-shares, kind="stable")[:RANKED].tolist()
    guesses = tuple(Guess(trainings.labels[number], float(shares[number])) for number in order)
    return GuessedLabel(Guess("complaint", 1.0), guesses, guesses[0].confidence >= trainings.threshold)


def main() -> None:
    """Learns, and says how many are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    known = {path.stem for path in (PROJECT / "data" / "nlu" / "category").glob("*.yml")}
    rows = [row for file in words.files for row in rows_of(file, known)]
    source, unseen = ([row for row in rows if half_of(row[0]) == half] for half in (0, 1))
    unseen = sorted(unseen, key=lambda row: digest_of(row[0]))[:UNSEEN]
    trainings = Trainings.of(PROJECT / "data" / "nlu", [text for text, _ in source])
    features = trainings.features([text for text, _ in unseen])
    right = np.array([trainings.labels.index(slug) for _, slug in unseen])
    before = trainings.learn([])
    print(machine())
    chosen = taught_most(trainings, source, trainings.shares(before, trainings.features([text for text, _ in source])))
    drawn = random.Random(words.seed).sample(source, max(LABELS))  # noqa: S311 - the same every time
    print(f"none: {_right(trainings, before, features, right):.4f}")
    for how, order in (("chosen", chosen), ("random", drawn)):
        for count in LABELS:
            lines = trainings.learn(order[:count])
            print(f"{count} {how}: {_right(trainings, lines, features, right):.4f}", flush=True)


def _right(trainings: Trainings, lines: tuple[object, object], features: object, right: Shares) -> float:
    return float((trainings.shares(lines, features).argmax(axis=1) == right).mean())


if __name__ == "__main__":
    main()
