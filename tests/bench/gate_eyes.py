"""What the gate and the look at imports refuse: `python -m tests.bench.gate_eyes FILE.csv … [--keep DIR] [--seed N]`.

The files are labelled real messages (text, category). One half of them, by the hash of the text, is what imports are
drawn from; on the other half it is seen what an import costs: a poison counts if the first category is right a point
less often, a category is found ten points less often, or messages with the planted word go where it leads ten points
more often. The gate sees neither half. Nothing but numbers is printed. With `--keep` what each candidate says is kept
there, and not learned again.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.shipped import PROJECT
from bot.training.models.comparing import FROZEN, GOLDEN
from bot.training.models.comparison import ReadSet, compare
from bot.training.models.evaluation_sets import golden_rows, held_back_rows
from bot.training.models.gate import checks, read_gate
from bot.training.samples.import_check import checked
from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import Guess
from tests.bench.gate_training import Shares, Trainings
from tests.bench.machine import machine
from tests.bench.poisons import SEED, WORDS, Candidate, Row, candidates

POINT, TEN = 0.01, 0.10
FEWEST = 20
UNSEEN = 1_600
"""Real messages on which it is seen what an import costs."""
PLANTED = 200
"""Messages that the planted word is put in front of."""


@dataclass(frozen=True)
class Texts:
    """What every candidate reads."""

    frozen: Sequence[LabelledText]
    golden: Sequence[LabelledText]
    real: Sequence[Row]

    def all(self) -> list[str]:
        """In the order of the tables of shares."""
        return [*(row.text for row in (*self.frozen, *self.golden)), *(text for text, _ in self.real)]


@dataclass(frozen=True)
class Cost:
    """What a candidate costs on messages that neither it nor the gate has seen; shares."""

    points: float
    category: float
    slug: str
    planted: float

    @property
    def counts(self) -> bool:
        """Whether it does harm."""
        return self.points >= POINT or self.category >= TEN or self.planted >= TEN


class Bench:
    """The model in service, and candidates held against it."""

    def __init__(self, data: Path, source: Sequence[Row], texts: Texts, keep: Path | None) -> None:
        """Trains the model in service."""
        self.texts, self.keep = texts, keep
        planted = [f"{word} {text}" for word in WORDS for text, _ in texts.real[:PLANTED]]
        self.planted = {word: planted[number * PLANTED :][:PLANTED] for number, word in enumerate(WORDS)}
        self.trainings = Trainings.of(data / "nlu", [*WORDS, *(text for text, _ in source)])
        self.gate = read_gate(data, data)
        self.features = self.trainings.features(texts.all())
        self.lines = self.trainings.learn([])
        self.before = self.trainings.shares(self.lines, self.features)
        self.right = np.array([self.trainings.labels.index(slug) for _, slug in texts.real])

    def doubtful(self, source: Sequence[Row]) -> list[Row]:
        """Those that the model in service is not sure of."""
        shares = self.trainings.shares(self.lines, self.trainings.features([text for text, _ in source]))
        return [
            row for row, sure in zip(source, shares.max(axis=1) >= self.trainings.threshold, strict=True) if not sure
        ]

    def shares(self, number: int, candidate: Candidate) -> tuple[Shares, Shares]:
        """What a candidate says of all texts, and of those with its planted word; kept, where there is a place."""
        file = self.keep / f"{number}.npz" if self.keep else None
        if file and file.exists():
            kept = np.load(file)
            return kept["all"], kept["planted"]
        lines = self.trainings.learn(candidate.rows)
        planted = self.trainings.features(self.planted.get(candidate.word, []) or ["x"])
        found = self.trainings.shares(lines, self.features), self.trainings.shares(lines, planted)
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            np.savez_compressed(file, all=found[0], planted=found[1])
        return found

    def cost(self, candidate: Candidate, after: Shares, planted: Shares) -> Cost:
        """On the real messages that nobody has seen."""
        first = len(self.texts.frozen) + len(self.texts.golden)
        hits = [shares[first:].argmax(axis=1) == self.right for shares in (self.before, after)]
        rows = Counter(self.right.tolist())
        lost = {
            number: float(hits[0][self.right == number].mean() - hits[1][self.right == number].mean())
            for number, count in rows.items()
            if count >= FEWEST
        }
        worst = max(lost, key=lambda number: lost[number])
        points = float(hits[0].mean() - hits[1].mean())
        return Cost(points, lost[worst], self.trainings.labels[worst], self._led(candidate, planted))

    def _led(self, candidate: Candidate, planted: Shares) -> float:
        """How much more often messages with the planted word go where it leads."""
        if not candidate.word:
            return 0.0
        towards = self.trainings.labels.index(candidate.towards)
        features = self.trainings.features(self.planted[candidate.word])
        before = self.trainings.shares(self.lines, features).argmax(axis=1) == towards
        return float((planted.argmax(axis=1) == towards).mean() - before.mean())

    def refusals(self, candidate: Candidate, after: Shares) -> list[str]:
        """What stops it: the look at the import, and the demands of the gate."""
        looked = checked(
            [LabelledText(text, category=slug) for text, slug in candidate.rows],
            self.answers(
                self.trainings.shares(self.lines, self.trainings.features([text for text, _ in candidate.rows]))
            ),
        )
        frozen, golden = self.texts.frozen, self.texts.golden
        before, new = (
            self.answers(shares[: len(frozen) + len(golden)], [*frozen, *golden]) for shares in (self.before, after)
        )
        found = compare(
            [ReadSet(FROZEN, frozen, before[: len(frozen)], new[: len(frozen)])],
            ReadSet(GOLDEN, golden, before[len(frozen) :], new[len(frozen) :]),
            milliseconds_a_text=0.2,
            size_bytes=8_000_000,
        )
        failed = [check for check in checks(self.gate, found) if not check.passed]
        said = [f"{check.demand}{f' {check.of}' if check.of else ''}" for check in failed]
        return [*([f"import {looked.share:.0%}"] if looked.stands_out else []), *said]

    def answers(self, shares: Shares, rows: Sequence[LabelledText] = ()) -> list[ModelAnswer]:
        """As the service has them; the intent is not looked at, so it is right."""
        intents = [row.intent or "none" for row in rows] or ["none"] * len(shares)
        return [self._answer(row, intent) for row, intent in zip(shares, intents, strict=True)]

    def _answer(self, shares: Shares, intent: str) -> ModelAnswer:
        order = np.argsort(-shares, kind="stable")[:5]
        guesses = tuple(Guess(self.trainings.labels[number], float(shares[number])) for number in order)
        return ModelAnswer(Guess(intent, 1.0), guesses, sure=guesses[0].confidence >= self.trainings.threshold)


def measure(data: Path, source: Sequence[Row], texts: Texts, keep: Path | None, seed: int) -> None:
    """One line a candidate, and the sums."""
    bench = Bench(data, source, texts, keep)
    counted = Counter[str]()
    found = list(enumerate(candidates(source, bench.doubtful(source), seed)))
    for number, candidate in sorted(found, key=lambda one: digest_of(str(one[0]))):
        after, planted = bench.shares(number, candidate)
        cost, refused = bench.cost(candidate, after, planted), bench.refusals(candidate, after)
        kind = "honest" if candidate.is_honest else "poison" if cost.counts else "poison that does not count"
        counted[f"{kind}, {'refused' if refused else 'let through'}"] += 1
        costs = f"{-100 * cost.points:+.1f} points, {cost.slug} {-100 * cost.category:+.0f}"
        word = f", the word {100 * cost.planted:+.0f}" if candidate.word else ""
        what = f"{number:2} {candidate.kind}, {len(candidate.rows)} rows"
        print(f"{what}: {costs}{word}; {kind}; {', '.join(refused) or 'through'}", flush=True)
    print(*(f"{what}: {count}" for what, count in sorted(counted.items())), sep="\n")


def half_of(text: str) -> int:
    """The half that a message belongs to, 0 or 1."""
    return digest_of(text)[0] % 2


def digest_of(text: str) -> bytes:
    """What messages are put in order by."""
    return hashlib.sha256(text.encode()).digest()


def rows_of(file: Path, known: set[str]) -> Iterator[Row]:
    """The rows of a file whose category is one of these."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from ((row["text"], row["category"]) for row in csv.DictReader(opened) if row["category"] in known)


def main() -> None:
    """Trains all, and says what was refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    words = parser.parse_args()
    data = PROJECT / "data"
    known = {path.stem for path in (data / "nlu" / "category").glob("*.yml")}
    rows = [row for file in words.files for row in rows_of(file, known)]
    source, unseen = ([row for row in rows if half_of(row[0]) == half] for half in (0, 1))
    unseen = sorted(unseen, key=lambda row: digest_of(row[0]))[:UNSEEN]
    print(machine())
    measure(data, source, Texts(held_back_rows(data, known), golden_rows(data, known), unseen), words.keep, words.seed)


if __name__ == "__main__":
    main()
