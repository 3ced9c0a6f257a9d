"""What models say of examples that they have not seen: each fold in turn is left out of the learning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from sklearn.model_selection import StratifiedKFold

from components.learning import FOLDS, learn
from components.spelling import read_table
from components.tfidf import Tfidf
from suspecting.confident import Shares
from training.guessing import Settings


def shares_unseen(
    texts: Sequence[str], labels: Sequence[str], settings: Settings, progress: Callable[[int], None]
) -> Shares:
    """One row an example, one column a label in the order of the alphabet.

    Args:
        texts: the examples.
        labels: one a text; each must stand there at least as often as there are folds.
        settings: what `config.yml` says.
        progress: told how many folds are done.

    Raises:
        TooFewExamples: a label has too few texts to be left out in turn.
    """
    words, names = np.asarray(texts, dtype=object), np.asarray(labels)
    spelling, fewest = read_table(), settings.fewest_texts
    whole = Tfidf.fit(list(texts), spelling, fewest).transform(list(texts))
    sharpness = learn(whole, list(labels), settings.recipe).sharpness
    shares = np.zeros((len(texts), len(set(labels))))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(words, names)
    for number, (seen, unseen) in enumerate(folds, 1):
        tfidf = Tfidf.fit(words[seen].tolist(), spelling, fewest)
        model = learn(tfidf.transform(words[seen].tolist()), names[seen].tolist(), settings.recipe, sharpness)
        shares[unseen] = model.confidences(tfidf.transform(words[unseen].tolist()))
        progress(number)
    return shares


def nearest(texts: Sequence[str], labels: Sequence[str], row: int, label: str, most: int = 2) -> list[str]:
    """The examples of a label whose words are most like those of a row, itself left out."""
    own = set(texts[row].lower().split())
    others = [
        (len(own & words) / max(len(own | words), 1), -number)
        for number, (text, name) in enumerate(zip(texts, labels))
        if name == label and number != row and (words := set(text.lower().split()))
    ]
    return [texts[-number] for share, number in sorted(others, reverse=True)[:most] if share]
