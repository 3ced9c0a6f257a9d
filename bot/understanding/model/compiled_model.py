"""A compiled model in memory: what a text is about, what its sender wants, and the service's port to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.understanding.acts.model import ActsModel
from bot.understanding.acts.own import opened
from bot.understanding.model.acts_part import ACTS
from bot.understanding.model.grams import Floats, Grams, Spelling
from bot.understanding.model.model_file import Array, Contents, Header, UnusableModel
from bot.understanding.port import CannotUnderstand, ModelAnswer, UnderstandingState
from bot.understanding.understood import Guess
from bot.understanding.weights_file import UnusableWeights

Label = tuple[str, float]
"""A label and its confidence: bare, for there are forty of them in a fifth of a millisecond."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """All labels of one text with their confidence, best first; no intent where nothing of the text is known."""

    intents: tuple[Label, ...]
    categories: tuple[Label, ...]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class CompiledModel:
    """What was learned, ready to be asked; nothing of it changes, so threads may share it.

    Attributes:
        header: its words.
        spelling, grams: from a text to columns.
        weights: one row a gram, one column a label, intents first; `bias` one a label.
        acts: the dialogue acts that were learned with it; None where the version's are to be used.
    """

    header: Header
    spelling: Spelling
    grams: Grams
    weights: npt.NDArray[np.float32]
    bias: Floats
    acts: ActsModel | None = None

    @classmethod
    def of(cls, contents: Contents) -> CompiledModel:
        """The model of a file.

        Raises:
            UnusableModel: words and numbers do not fit together.
        """
        header = contents.header
        names = _grams(contents)
        idf, bias = _floats(contents, "idf"), _floats(contents, "bias")
        weights = _weights(contents)
        labels = len(header.intents) + len(header.categories)
        if header.words > len(names) or idf.shape != (len(names),) or bias.shape != (labels,):
            raise UnusableModel("the model's grams and numbers do not fit together")
        if weights.shape != (len(names), labels):
            raise UnusableModel("the model's weights do not fit its grams and labels")
        words = {gram: column for column, gram in enumerate(names[: header.words])}
        pieces = {gram: column for column, gram in enumerate(names[header.words :], start=header.words)}
        grams = Grams(words, pieces, idf, header.texts)
        return cls(header, Spelling(header.spelling), grams, weights, bias, _acts(contents))

    def rank(self, text: str) -> Ranked:
        """All labels of a text, best first; all categories alike where nothing of it is known."""
        header = self.header
        columns, weighed = self.grams.weigh(self.spelling.words(text[: header.longest_text]))
        intents = len(header.intents)
        if not len(columns):
            return Ranked((), _named(header.categories, np.full(len(header.categories), 1 / len(header.categories))))
        scores = weighed @ self.weights.take(columns, axis=0).astype(np.float64) + self.bias
        categories = self._calibrated(_shares(scores[intents:] * header.category_sharpness))
        return Ranked(
            _named(header.intents, _shares(scores[:intents] * header.intent_sharpness)),
            _named(header.categories, categories),
        )

    def _calibrated(self, shares: Floats) -> Floats:
        """The first confidence made true (nlu/components/calibration.py); the others share what is left."""
        cap, power = self.header.confidence_cap, self.header.confidence_power
        first = int(shares.argmax())
        others = shares.copy()
        others[first] = 0
        rest = float(others.sum())
        if cap == power == 1 or rest == 0:
            return shares
        after = cap * float(shares[first]) ** power
        calibrated: Floats = others * ((1 - after) / rest)
        calibrated[first] = after
        return calibrated


def _shares(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


def _named(labels: Sequence[str], shares: Floats) -> tuple[Label, ...]:
    """Best first; equals in the order of the labels."""
    order = np.argsort(-shares, kind="stable")
    names = [labels[number] for number in order.tolist()]
    return tuple(zip(names, shares[order].tolist(), strict=True))


def _grams(contents: Contents) -> list[str]:
    spelled = _array(contents, "grams", "uint8").tobytes()
    try:
        names = spelled.decode("utf-8").split("\n") if spelled else []
    except UnicodeDecodeError:
        raise UnusableModel("the model's grams are no words") from None
    return names


def _weights(contents: Contents) -> npt.NDArray[np.float32]:
    """The weights; small ones are the signed square of a whole number, times one step."""
    if "step" not in contents.arrays:
        return _array(contents, "weights", "float16", "float32").astype(np.float32)
    step = _floats(contents, "step")
    if step.shape != (1,):
        raise UnusableModel("the model's weights have no single step")
    roots = _array(contents, "weights", "int8").astype(np.float32)
    with np.errstate(over="ignore"):
        weights: npt.NDArray[np.float32] = roots * np.abs(roots) * np.float32(step[0])
    if not np.isfinite(weights).all():
        raise UnusableModel("the step of the model's weights is too large")
    return weights


def _acts(contents: Contents) -> ActsModel | None:
    """The dialogue acts that this installation has learned with this version; None for none."""
    if ACTS not in contents.arrays:
        return None
    try:
        return opened(_array(contents, ACTS, "uint8").tobytes())
    except UnusableWeights as error:
        raise UnusableModel(f"the model's dialogue acts cannot be read: {error}") from error


def _floats(contents: Contents, name: str) -> Floats:
    return _array(contents, name, "float16", "float32").astype(np.float64)


def _array(contents: Contents, name: str, *types: str) -> Array:
    array = contents.arrays.get(name)
    if array is None or array.dtype.name not in types:
        raise UnusableModel(f"the model has no usable {name}")
    return array


FEWEST_CATEGORIES = 3
"""As many stand on the card when the category is in doubt."""
_NOTHING = Guess("none", 0.0)


class CompiledUnderstanding:
    """Reads texts with one compiled model."""

    def __init__(self, model: CompiledModel, known_categories: frozenset[str] | None = None) -> None:
        """Take the model.

        Args:
            model: as it was read.
            known_categories: the regency's; the model's others are passed over. None: all are taken.
        """
        self.model = model
        self._known = known_categories

    @property
    def acts(self) -> ActsModel | None:
        """The dialogue acts that were learned with this model."""
        return self.model.acts

    @property
    def state(self) -> UnderstandingState:
        """Always "compiled": a model in memory cannot be away."""
        return UnderstandingState.COMPILED

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        """One reading a text, in order, each in about a fifth of a millisecond.

        Raises:
            CannotUnderstand: the model ranks fewer than three of the regency's categories.
        """
        return [self.read(text) for text in texts]

    def read(self, text: str) -> ModelAnswer:
        """The reading of one text.

        Raises:
            CannotUnderstand: as above.
        """
        ranked = self.model.rank(text)
        known = self._known
        categories = tuple(Guess(*label) for label in ranked.categories if known is None or label[0] in known)
        if len(categories) < FEWEST_CATEGORIES:
            raise CannotUnderstand(f"the model ranks fewer than {FEWEST_CATEGORIES} known categories")
        intent = Guess(*ranked.intents[0]) if ranked.intents else _NOTHING
        sure = categories[0].confidence >= self.model.header.threshold_sure
        return ModelAnswer(intent, categories, sure=sure)
