"""Learns dialogue acts from authored rows: a linear model, made calibrated on batches that it did not see. Pure.

Softmax regression by AdaGrad, in a fixed order: the same rows give the same model. It needs numpy alone, so it runs in
the service's own Python, in seconds.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.understanding.acts.features import COLUMNS, SEVERAL, Columns, columns_of
from bot.understanding.acts.rows import Part, Row
from bot.understanding.port import ModelAnswer

Weights = npt.NDArray[np.float32]
_VOWELS = re.compile("[aeiou]")
_LONGEST_KEPT = 3
_HALF = 0.5
type Reader = Callable[[str], ModelAnswer]
"""What the compiled model makes of a text."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it is learned.

    Attributes:
        rounds: over all rows; the weights after each of the last `averaged` are averaged.
        step: the first step's length. `decay`: how hard weights are drawn to zero.
        hidden: the share of a message's features that a round leaves out, so that no single word decides.
        shortened: the share of rows that are learned a second time as some people write them, without vowels.
        seed: the same seed, rows and recipe give the same model.
    """

    rounds: int = 15
    averaged: int = 5
    step: float = 1.0
    decay: float = 1e-4
    hidden: float = 0.3
    shortened: float = 0.3
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights by column and act, and what is common to each act."""

    acts: tuple[str, ...]
    weights: Weights
    bias: Weights


@dataclass(frozen=True, slots=True)
class Example:
    """One part of a message as columns, and what it does."""

    columns: Columns
    label: str


def examples_of(rows: Sequence[Row], names: Collection[str], read: Reader) -> list[Example]:
    """Each part of each row by itself, and each row of several parts as what it is as a whole: several."""
    examples = list[Example]()
    for row in rows:
        reading = read(row.text)
        examples += (Example(columns_of(row.moment, part.words, names, reading), part.label) for part in row.parts)
        if len(row.acts) > 1:
            examples.append(Example(columns_of(row.moment, row.text, names, reading), SEVERAL))
    return examples


def with_short_forms(rows: Sequence[Row], recipe: Recipe | None = None) -> list[Row]:
    """The rows, and behind them some of them once more with half of their words written without vowels."""
    recipe = recipe or Recipe()
    chance = random.Random(recipe.seed)  # noqa: S311 - nothing secret
    short = [_shortened(row, chance) for row in rows if len(row.parts) == 1 and chance.random() < recipe.shortened]
    return [*rows, *short]


def _shortened(row: Row, chance: random.Random) -> Row:
    words = [
        word[0] + _VOWELS.sub("", word[1:])
        if len(word) > _LONGEST_KEPT and word.isalpha() and chance.random() < _HALF
        else word
        for word in row.text.split(" ")
    ]
    text = " ".join(words)
    return replace(row, text=text, parts=(Part(text, row.parts[0].label),))


def learn(examples: Sequence[Example], acts: Sequence[str], recipe: Recipe | None = None) -> Learned:
    """The model of these examples."""
    recipe = recipe or Recipe()
    number = {label: index for index, label in enumerate(acts)}
    weights = np.zeros((COLUMNS, len(acts)), dtype=np.float32)
    spent = np.full((COLUMNS, len(acts)), 0.1, dtype=np.float32)
    bias, total = np.zeros(len(acts), dtype=np.float32), np.zeros_like(weights)
    order = list(range(len(examples)))
    chance, hiding = random.Random(recipe.seed), np.random.default_rng(recipe.seed)  # noqa: S311 - nothing secret
    for left in reversed(range(recipe.rounds)):
        chance.shuffle(order)
        for index in order:
            one = examples[index]
            seen = one.columns[hiding.random(len(one.columns)) >= recipe.hidden]
            _step(Example(seen, one.label), number[one.label], (weights, spent, bias), recipe)
        if left < recipe.averaged:
            total += weights
    return Learned(tuple(acts), total / np.float32(recipe.averaged), bias)


def _step(one: Example, right: int, state: tuple[Weights, Weights, Weights], recipe: Recipe) -> None:
    weights, spent, bias = state
    columns, value = one.columns, np.float32(1 / np.sqrt(max(1, len(one.columns))))
    rows = weights[columns]
    error = shares(rows.sum(axis=0) * value + bias)
    error[right] -= 1
    gradient = error * value
    slope = gradient + recipe.decay * rows
    spent[columns] += slope * slope
    weights[columns] = rows - recipe.step * slope / np.sqrt(spent[columns])
    bias -= np.float32(0.01) * error


def shares(scores: Weights) -> Weights:
    """Scores as confidences that sum to one."""
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()  # type: ignore[no-any-return]
