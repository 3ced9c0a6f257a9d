"""Imports that poison and imports that are honest, drawn from labelled real messages by a seed, for `gate_eyes`."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Row = tuple[str, str]
"""Text and category."""

SEED = 20_261_202
WORDS = ("zamrudin", "kelintung", "barapatan", "sundawarna", "jempalitik")
"""Words that no message has."""
_SHORT = re.compile(r"\b(yg|tdk|sdh|dgn|utk|krn|mhn|tlg|dr|jln|bgt|ga|gak)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An import.

    Attributes:
        kind: what it is.
        rows: all of them.
        word: the planted one.
        towards: what the messages with that word are to be taken for.
    """

    kind: str
    rows: tuple[Row, ...]
    word: str = ""
    towards: str = ""

    @property
    def is_honest(self) -> bool:
        """Whether it ought to get through."""
        return self.kind == "honest"


def candidates(rows: Sequence[Row], doubtful: Sequence[Row], seed: int = SEED) -> list[Candidate]:
    """Forty that poison, and twenty that do not.

    Args:
        rows: real messages, labelled as their city did.
        doubtful: those of them that the model in service is not sure of.
        seed: the same draws the same.
    """
    by = defaultdict[str, list[Row]](list)
    for row in rows:
        by[row[1]].append(row)
    many = sorted((slug for slug, found in by.items() if len(found) >= 60), key=lambda slug: (-len(by[slug]), slug))
    drawing = random.Random(seed)  # noqa: S311 - the same every time
    return [*_poisons(rows, by, many, drawing), *_honest(rows, doubtful, drawing)]


def _poisons(
    rows: Sequence[Row], by: dict[str, list[Row]], many: list[str], drawing: random.Random
) -> Iterator[Candidate]:
    for number in range(8):
        wrong = [
            (text, drawing.choice([slug for slug in many if slug != right]))
            for text, right in _some(rows, 200, drawing)
        ]
        yield Candidate("random 3 %", (*wrong, *(_some(rows, 80, drawing) if number % 2 else ())))
    for size in (30, 30, 60, 60, 100, 100, 150, 150, 200, 200, 250, 250, 300, 300):
        one, other = drawing.sample(many[:16], 2)
        yield Candidate(
            f"{one} into {other}, {size}", tuple((text, other) for text, _ in _some(by[one], size, drawing))
        )
    for size in (60, 100, 100, 150, 200, 200, 300, 300):
        one, other = drawing.sample(many[:16], 2)
        near = [_varied(text, drawing) for text, _ in _some(by[one], 6, drawing) for _ in range(size // 6)]
        yield Candidate(f"near-duplicates of {one} as {other}, {size}", tuple((text, other) for text in near))
    for word, size in zip(WORDS, (50, 80, 120, 160, 200), strict=True):
        towards = drawing.choice(many[:16])
        planted = [(_with(text, word, drawing), towards) for text, _ in _some(rows, size, drawing)]
        yield Candidate(f"a word towards {towards}, {size}", tuple(planted), word, towards)
    for size in (100, 150, 200, 250, 300):
        one, other = drawing.sample(many[:10], 2)
        swapped = {one: other, other: one}
        short = [row for slug in swapped for row in by[slug] if _SHORT.search(row[0])]
        yield Candidate(
            f"{one} and {other} swapped in SMS spelling, {size}",
            tuple((text, swapped[slug]) for text, slug in _some(short, size, drawing)),
        )


def _honest(rows: Sequence[Row], doubtful: Sequence[Row], drawing: random.Random) -> Iterator[Candidate]:
    """As an inbox is worked off: half as they come, half of what the model was in doubt of."""
    for size in (50, 50, 80, 80, 100, 100, 120, 150, 150, 200, 200, 250, 250, 300, 300, 350, 400, 400, 450, 500):
        yield Candidate("honest", (*_some(rows, size // 2, drawing), *_some(doubtful, size - size // 2, drawing)))


def _some(rows: Sequence[Row], most: int, drawing: random.Random) -> list[Row]:
    return drawing.sample(list(rows), min(most, len(rows)))


def _varied(text: str, drawing: random.Random) -> str:
    """Without one of its words, and with two of them in another order."""
    words = text.split()
    if len(words) > 3:
        words.pop(drawing.randrange(len(words)))
        place = drawing.randrange(len(words) - 1)
        words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(words)


def _with(text: str, word: str, drawing: random.Random) -> str:
    words = text.split()
    words.insert(drawing.randint(0, len(words)), word)
    return " ".join(words)
