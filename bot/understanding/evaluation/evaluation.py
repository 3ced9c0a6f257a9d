"""How well messages are understood, in numbers: `lapor nlu evaluate`. Pure; plain Python, no array library."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from bot.understanding.port import ModelAnswer

TYPES = frozenset({"complaint", "aspiration", "information"})
"""The intents that are the type of a report; any other intent is no report, and its type is null."""
FEWEST_ROWS_OF_A_SLUG = 20
BINS = 15
_TOP = 3


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A row of the file.

    Attributes:
        text: what a citizen wrote.
        intent: what she wanted; None where the file does not say.
        type: likewise, as a type of report; counts where there is no intent.
        category: the slug of what it is about; None where the file does not say.
    """

    text: str
    intent: str | None = None
    type: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """The numbers, 0 to 1; None where no row says what would be right.

    Attributes:
        rows: how many texts were read.
        intent_accuracy: share of rows whose intent (or type) is right, of those that have one.
        category_accuracy: share of rows whose first category is right, of those that have one; `top3`: one of
            the first three.
        macro_f1: mean F1 over the slugs with 20 rows or more in the file, over all slugs if there is none.
        ece: expected calibration error of the first category's confidence (Guo et al. 2017), 15 equal bins.
    """

    rows: int
    intent_accuracy: float | None
    category_accuracy: float | None
    top3: float | None
    macro_f1: float | None
    ece: float | None

    def document(self) -> dict[str, int | float | None]:
        """As `--json` prints it."""
        return asdict(self)


def score(rows: Sequence[LabelledText], readings: Sequence[ModelAnswer]) -> Scores:
    """Compare what was read with what is right.

    Args:
        rows: the file's, in order.
        readings: one a row, in the same order.
    """
    pairs = list(zip(rows, readings, strict=True))
    intents = [right for row, reading in pairs if (right := intent_is_right(row, reading)) is not None]
    labelled = [(row.category, reading) for row, reading in pairs if row.category]
    firsts = [(right, first_category(reading)) for right, reading in labelled]
    among = [right in {guess.name for guess in reading.categories[:_TOP]} for right, reading in labelled]
    return Scores(
        rows=len(rows),
        intent_accuracy=_mean(intents),
        category_accuracy=_mean([right == first for right, (first, _) in firsts]),
        top3=_mean(among),
        macro_f1=macro_f1([(right, first) for right, (first, _) in firsts]),
        ece=expected_calibration_error([(sure, right == first) for right, (first, sure) in firsts]),
    )


def first_category(reading: ModelAnswer) -> tuple[str | None, float]:
    """The first category and its confidence; None and 0 where there is none."""
    if not reading.categories:
        return None, 0.0
    return reading.categories[0].name, reading.categories[0].confidence


def macro_f1(pairs: Sequence[tuple[str, str | None]]) -> float | None:
    """Mean F1 over the slugs that count, from pairs of what is right and what was guessed; None without pairs."""
    rows = Counter(right for right, _ in pairs)
    guesses = Counter(guess for _, guess in pairs)
    hits = Counter(right for right, guess in pairs if right == guess)
    many = [slug for slug, count in rows.items() if count >= FEWEST_ROWS_OF_A_SLUG]
    return _mean([2 * hits[slug] / (rows[slug] + guesses[slug]) for slug in many or rows])


def expected_calibration_error(guesses: Iterable[tuple[float, bool]]) -> float | None:
    """Mean distance between confidence and accuracy over 15 equal bins, each weighted by its rows.

    Args:
        guesses: confidence, and whether the guess is right. A bin takes its upper end, not its lower.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in guesses:
        bins[max(0, math.ceil(confidence * BINS) - 1)].append((confidence, right))
    distances = [abs(math.fsum(sure - right for sure, right in inside)) for inside in bins]
    count = sum(map(len, bins))
    return math.fsum(distances) / count if count else None


def intent_is_right(row: LabelledText, reading: ModelAnswer) -> bool | None:
    """None where the row does not say. An intent that is no type is wrong wherever a type is right."""
    if row.intent:
        return reading.intent.name == row.intent
    if row.type:
        return reading.intent.name in TYPES and reading.intent.name == row.type
    return None


def _mean(numbers: Sequence[float]) -> float | None:
    return math.fsum(numbers) / len(numbers) if numbers else None
