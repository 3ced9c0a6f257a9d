"""Lays out a trained pipeline as the parts of the one file; makes the small one smaller. Pure.

Both label sets share one table of weights, intents first: a gram is looked up once. In the small file only
the grams that matter most are left, and a weight is the signed square of a whole number from -63 to 63, times
one step: squares are fine where most weights are, near zero.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from compiling.container import Parts
from components.linear import LinearModel
from components.tfidf import LONGEST_TEXT, Tfidf
from description import Description, Json

SMALL_GRAMS = 80_000
COARSEST = 63
Weights = npt.NDArray[np.float32]


def parts_of(
    tfidf: Tfidf, intent: LinearModel, category: LinearModel, about: Description, *, small: bool
) -> Parts:
    """What the file of a pipeline holds.

    Args:
        tfidf: the featurizer.
        intent: its classifier.
        category: its classifier.
        about: the model's description.
        small: whether it is the baseline.
    """
    words, pieces = tfidf.blocks["words"], tfidf.blocks["pieces"]
    grams = [*words.index, *pieces.index]
    idf = np.concatenate([words.idf, pieces.idf])
    weights = np.hstack([intent.weights, category.weights])
    kept = _kept(idf, weights) if small else np.arange(len(grams))
    held = _coarse(weights[kept]) if small else {"weights": _short(weights)}
    spelled = "\n".join(grams[number] for number in kept.tolist())
    known_words = int((kept < len(words.index)).sum())
    return Parts(
        _header(tfidf, intent, category, {**about, "words": known_words}),
        {
            "grams": np.frombuffer(spelled.encode(), dtype=np.uint8),
            "idf": idf[kept],
            "bias": np.concatenate([intent.bias, category.bias]),
            **held,
        },
    )


def _header(tfidf: Tfidf, intent: LinearModel, category: LinearModel, about: Description) -> dict[str, Json]:
    return {
        "made_from": about["hash"],
        "longest_text": LONGEST_TEXT,
        "texts": tfidf.blocks["words"].texts,
        "words": about["words"],
        "spelling": dict(tfidf.spelling.words),
        "intents": list(intent.labels),
        "categories": list(category.labels),
        "intent_sharpness": intent.sharpness,
        "category_sharpness": category.sharpness,
        "confidence_cap": category.calibration.cap,
        "confidence_power": category.calibration.power,
        "threshold_sure": about["threshold_sure"],
        "threshold_three": about["threshold_three"],
    }


def _kept(idf: Weights, weights: Weights) -> npt.NDArray[np.int64]:
    """The grams of most weight, those in many texts before; in the order of the vocabulary."""
    matter = np.linalg.norm(weights.astype(np.float64), axis=1) * np.exp(-idf.astype(np.float64) / 2)
    return np.sort(np.argsort(-matter, kind="stable")[:SMALL_GRAMS])


def _coarse(weights: Weights) -> dict[str, npt.NDArray[np.generic]]:
    """8-bit weights and their step."""
    step = np.float32(np.abs(weights).max() / COARSEST**2)
    roots = np.sign(weights) * np.rint(np.sqrt(np.abs(weights) / step))
    return {"weights": roots.astype(np.int8), "step": np.array([step], dtype=np.float32)}


def _short(weights: Weights) -> npt.NDArray[np.generic]:
    """The weights with 16 bits, which loses nothing: training has rounded them to that."""
    halves = weights.astype(np.float16)
    return halves if np.array_equal(halves.astype(np.float32), weights) else weights
