"""The model of where another matter begins: one file (`weights_file.py`), asked in the service's own process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from bot.understanding import weights_file
from bot.understanding.matters.cuts import Cut, counts, cuts_of, pieces_of, tells_behind_count, told_count
from bot.understanding.matters.features import COLUMNS, columns_of
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import OTHER
from bot.understanding.weights_file import Weights

FIRST_LINE = b"lapor-matters 1\n"
ONE, TWO = "one", "two"
FEWEST_WORDS = 2
LEAST_LIKELY = 0.3
"""The confidence of the category of each part, without which it is no matter of its own."""
_LARGEST_CONTENT_BYTES = 1_000_000
type Reader = Callable[[str], ModelAnswer]
"""What the compiled model makes of a text."""


@dataclass(frozen=True, eq=False, slots=True)
class MattersModel:
    """Weights by column of a cut being none, and of another matter beginning there; nothing of it changes.

    Attributes:
        least: how likely that must be for a message to be divided, where her own words say that another thing comes;
            `least_unmarked` where they do not.
    """

    least: float
    least_unmarked: float
    weights: Weights
    bias: Weights

    def parts_of(self, text: str, read: Reader) -> tuple[str, ...]:
        """The matters of a message, in her own words and order; empty for one.

        Where she says how many there are, and it may be cut into just so many, it is. Neighbours of one category are
        one matter.

        Args:
            text: the message.
            read: what the compiled model makes of a text; asked only for texts of `spans_of`.
        """
        cuts = cuts_of(text)
        telling = [at for at in range(len(cuts)) if tells_behind_count(pieces_of(text, cuts, -1, at))]
        is_as_told = told_count(text) == len(telling) + 1
        chosen = telling if is_as_told or not cuts else self._likely_cuts(text, cuts, read)
        marks = [-1, *chosen, len(cuts)]
        return tuple(_of_different_categories(text, cuts, marks, read)) if chosen else ()

    def _likely_cuts(self, text: str, cuts: tuple[Cut, ...], read: Reader) -> list[int]:
        """The cuts at which another matter likely begins; a list is divided as a whole, or tells of one thing."""
        chosen = self._chosen(text, cuts, (-1, len(cuts)), read)
        marks = [at for at, cut in enumerate(cuts) if "next" in cut.kinds]
        for first, at, last in zip([-1, *marks], marks, [*marks[1:], len(cuts)], strict=False):
            before, after = pieces_of(text, cuts, first, at), pieces_of(text, cuts, at, last)
            if at not in chosen and read(before).categories[0].name != read(after).categories[0].name:
                return [one for one in chosen if one not in marks]
        return chosen

    def _chosen(self, text: str, cuts: tuple[Cut, ...], span: tuple[int, int], read: Reader) -> list[int]:
        """The likeliest cut between two others, where it is likely enough, and those within its two sides."""
        first, last = span
        counted = counts(text)
        least = [self.least if counted or cut.is_marked else self.least_unmarked for cut in cuts]
        shares = {at: self.share(text, cuts, (first, at, last), read) for at in range(first + 1, last)}
        likely = [at for at, share in shares.items() if share >= least[at]]
        if not likely:
            return []
        at = max(likely, key=shares.__getitem__)
        return [*self._chosen(text, cuts, (first, at), read), at, *self._chosen(text, cuts, (at, last), read)]

    def share(self, text: str, cuts: tuple[Cut, ...], span: tuple[int, int, int], read: Reader) -> float:
        """How likely it is, 0 to 1, that another matter begins at the cut in the middle of three."""
        first, at, last = span
        before, after = pieces_of(text, cuts, first, at), pieces_of(text, cuts, at, last)
        if min(len(before.split()), len(after.split())) < FEWEST_WORDS or (
            first < 0 and not tells_behind_count(before)
        ):
            return 0.0
        readings = (read(before), read(after), read(pieces_of(text, cuts, first, last)))
        if min(one.categories[0].confidence for one in readings[:2]) < LEAST_LIKELY:
            return 0.0
        columns = columns_of(text, cuts[at], (before, after), readings)
        scores = self.weights[columns].sum(axis=0) / np.sqrt(np.float32(max(1, len(columns)))) + self.bias
        return float(1 / (1 + np.exp(scores[0] - scores[1])))


def _of_different_categories(text: str, cuts: tuple[Cut, ...], marks: list[int], read: Reader) -> list[str]:
    """The parts between marks; what is about the same as the part before it is left in one with that.

    So is what has no category of its own, unless her words mark it as another thing.
    """
    kept = [marks[0]]
    for at, following in pairwise(marks[1:]):
        before, after = pieces_of(text, cuts, kept[-1], at), pieces_of(text, cuts, at, following)
        names = {read(part).categories[0].name for part in (before, after)}
        if len(names) > 1 and (OTHER not in names or cuts[at].is_marked):
            kept.append(at)
    spans = zip(kept, [*kept[1:], marks[-1]], strict=True)
    return [pieces_of(text, cuts, *span) for span in spans] if len(kept) > 1 else []


def spans_of(text: str) -> list[str]:
    """The texts that must be read to divide this one; none where nothing could divide it."""
    cuts = cuts_of(text)
    spans = combinations(range(-1, len(cuts) + 1), 2) if cuts else ()
    return list(dict.fromkeys(pieces_of(text, cuts, first, last) for first, last in spans))


def packed(model: MattersModel) -> bytes:
    """The bytes of its file."""
    return weights_file.packed(
        FIRST_LINE, {"least": model.least, "least_unmarked": model.least_unmarked}, model.weights, model.bias
    )


def unpacked(whole: bytes) -> MattersModel:
    """The model in the bytes of a file that is trusted.

    Raises:
        UnusableWeights: they make no sense.
    """
    told, weights, bias = weights_file.unpacked(FIRST_LINE, whole, COLUMNS, _LARGEST_CONTENT_BYTES)
    return MattersModel(float(told["least"]), float(told["least_unmarked"]), weights, bias)
