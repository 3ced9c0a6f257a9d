"""How an import looks to the model in service: where it is sure and the rows say otherwise, somebody must look. Pure.

A model that is sure is wrong of some messages, so an honest import contradicts it now and then; one that would teach
it the wrong thing contradicts it most of the time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.training.models.measuring import wilson
from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.port import ModelAnswer

MOST_AGAINST = 0.25
"""Share of the sure rows that may contradict the model, so far as few rows can show it; twice that of real messages."""


@dataclass(frozen=True, slots=True)
class ImportCheck:
    """What the model in service makes of an import.

    Attributes:
        rows: that have a category.
        sure: those of them whose category the model is sure of.
        against: those of the sure ones that say another one.
        most: which category is labelled as which most often against the model, and how many rows; None where none is.
        sample: some of the rows that contradict it: text, what the row says, what the model says.
    """

    rows: int
    sure: int
    against: int
    most: tuple[str, str, int] | None
    sample: tuple[tuple[str, str, str], ...]

    @property
    def share(self) -> float:
        """Of the sure rows, those that contradict; 0 where it is sure of none."""
        return self.against / self.sure if self.sure else 0.0

    @property
    def stands_out(self) -> bool:
        """Whether more rows contradict than chance would show of an honest import."""
        return bool(self.sure) and wilson(self.against, self.sure)[0] > MOST_AGAINST


def checked(rows: Sequence[LabelledText], readings: Sequence[ModelAnswer], most: int = 20) -> ImportCheck:
    """Hold the labels of an import against what the model in service says.

    Args:
        rows: the import.
        readings: one a row, in the same order.
        most: rows in the sample.
    """
    labelled = [
        (row, reading) for row, reading in zip(rows, readings, strict=True) if row.category and reading.categories
    ]
    sure = [(row.text, str(row.category), reading.categories[0].name) for row, reading in labelled if reading.sure]
    against = [one for one in sure if one[1] != one[2]]
    pairs = Counter((said, model) for _, said, model in against).most_common(1)
    worst = (*pairs[0][0], pairs[0][1]) if pairs else None
    return ImportCheck(len(labelled), len(sure), len(against), worst, tuple(against[:most]))
