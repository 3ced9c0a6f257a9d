"""Measures from which confidence on the first category is right often enough to stand on the card as sure.

Pure. Measured on the training texts themselves, each guessed by a model that has not seen it.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import StratifiedKFold

from components.learning import FOLDS, learn
from components.linear import Ranking
from components.settings import Recipe
from components.spelling import Spelling
from components.tfidf import Tfidf

MOST_WRONG = 0.15
"""Share of sure cards that may be wrong; the citizen mends one with a tap (issue 5, the model)."""
NEVER = 1.0

Guess = tuple[float, bool]
"""Confidence of the first label, and whether it is right."""


def guesses_unseen(
    texts: Sequence[str], labels: Sequence[str], spelling: Spelling, *, fewest_texts: int, recipe: Recipe
) -> Iterator[Guess]:
    """Guesses each text by a model that has not seen it; arguments and errors as of `rankings_unseen`."""
    for right, ranking in rankings_unseen(texts, labels, spelling, fewest_texts=fewest_texts, recipe=recipe):
        label, confidence = ranking[0]
        yield confidence, label == right


def rankings_unseen(
    texts: Sequence[str], labels: Sequence[str], spelling: Spelling, *, fewest_texts: int, recipe: Recipe
) -> Iterator[tuple[str, Ranking]]:
    """Ranks each text by a model trained on the other folds, with the settings of `config.yml`.

    Returns:
        The right label and the ranking of each text, fold by fold.

    Raises:
        TooFewExamples: a label has too few texts to be left out in turn.
    """
    words: npt.NDArray[np.object_] = np.asarray(texts, dtype=object)
    names = np.asarray(labels)
    whole = Tfidf.fit(texts, spelling, fewest_texts).transform(texts)
    sharpness = learn(whole, labels, recipe).sharpness
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(words, names):
        tfidf = Tfidf.fit(words[seen].tolist(), spelling, fewest_texts)
        model = learn(tfidf.transform(words[seen].tolist()), names[seen].tolist(), recipe, sharpness)
        rankings = model.rank(tfidf.transform(words[unseen].tolist()))
        yield from zip(names[unseen].tolist(), rankings)


def smallest_sure(guesses: Sequence[Guess], most_wrong: float = MOST_WRONG) -> float:
    """The smallest confidence from which at most `most_wrong` of the guesses are wrong; `NEVER` if none."""
    smallest = NEVER
    wrong = 0
    ordered = sorted(guesses, key=lambda guess: -guess[0])
    for count, (confidence, right) in enumerate(ordered, start=1):
        wrong += not right
        last_of_equals = count == len(ordered) or ordered[count][0] < confidence
        if last_of_equals and wrong <= most_wrong * count:
            smallest = confidence
    return smallest
