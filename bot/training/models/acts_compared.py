"""What messages do in the talk (dialogue acts), as it is heard with one model and with another. Pure but for the rows.

A model of acts comes with the version, or lies in the file of a language model where trainers have added rows. It takes
what the language model makes of a message as a part of what it hears: so with another language model other acts are
understood, though nobody has touched them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.shipped import PROJECT
from bot.training.models.comparison import ACT, ActsCompared, Changed, compare_by_act
from bot.training.models.evaluation_sets import digest_of
from bot.understanding.acts.model import ActsModel
from bot.understanding.acts.rows import Row, read_rows
from bot.understanding.port import ModelAnswer


@dataclass(frozen=True, slots=True)
class ActsSample:
    """Messages held back that do one thing, and what each of the two models makes of each as a text."""

    rows: Sequence[Row]
    former: Sequence[ModelAnswer]
    candidate: Sequence[ModelAnswer]


def frozen_acts(own: Path | None = None) -> list[Row]:
    """The messages of the version's batches held back that do one thing.

    Args:
        own: the folder of the training data of this installation; what it has learned, asked the same, is left out.

    Raises:
        OSError: they cannot be read.
    """
    learned = {(row.moment, digest_of(row.text)) for row in (read_rows(own / "acts") if own else ())}
    rows = read_rows(PROJECT / "data" / "nlu" / "acts" / "held_back")
    return [row for row in rows if len(row.acts) == 1 and (row.moment, digest_of(row.text)) not in learned]


def compare_acts(before: ActsModel, after: ActsModel, each: ActsSample) -> ActsCompared | None:
    """Holds the two against each other, each with its own model of acts; None without a message."""
    sentences = [
        Changed(
            text=f"{row.moment} · {row.text}",
            kind="act",
            right=f"{ACT}{row.acts[0]}",
            former=_understood(before, row, former),
            candidate=_understood(after, row, candidate),
        )
        for row, former, candidate in zip(each.rows, each.former, each.candidate, strict=True)
    ]
    return compare_by_act(sentences) if sentences else None


def _understood(acts: ActsModel, row: Row, reading: ModelAnswer) -> str:
    return f"{ACT}{acts.hear(row.moment, row.text, reading)[0].name}" if reading.categories else ACT
