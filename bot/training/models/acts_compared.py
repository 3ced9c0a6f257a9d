"""What messages do in the talk (dialogue acts), as it is heard with one model and with another. Pure but for the rows.

The model of acts comes with the version, and takes what the language model makes of a message as a part of what it
hears: so with another language model other acts are understood, though nobody has touched them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.shipped import PROJECT
from bot.training.models.comparison import ACT, ActsCompared, Changed, compare_by_act
from bot.understanding.acts.model import ActsModel
from bot.understanding.acts.rows import Row, read_rows
from bot.understanding.port import ModelAnswer


@dataclass(frozen=True, slots=True)
class ActsSample:
    """Messages held back that do one thing, and what each of the two models makes of each as a text."""

    rows: Sequence[Row]
    former: Sequence[ModelAnswer]
    candidate: Sequence[ModelAnswer]


def frozen_acts() -> list[Row]:
    """The messages of the version's batches held back that do one thing.

    Raises:
        OSError: they cannot be read.
    """
    rows = read_rows(PROJECT / "data" / "nlu" / "acts" / "held_back")
    return [row for row in rows if len(row.acts) == 1]


def compare_acts(acts: ActsModel, each: ActsSample) -> ActsCompared | None:
    """Holds the two against each other; None without a message."""
    sentences = [
        Changed(
            text=f"{row.moment} · {row.text}",
            kind="act",
            right=f"{ACT}{row.acts[0]}",
            former=_understood(acts, row, former),
            candidate=_understood(acts, row, candidate),
        )
        for row, former, candidate in zip(each.rows, each.former, each.candidate, strict=True)
    ]
    return compare_by_act(sentences) if sentences else None


def _understood(acts: ActsModel, row: Row, reading: ModelAnswer) -> str:
    return f"{ACT}{acts.hear(row.moment, row.text, reading)[0].name}" if reading.categories else ACT
