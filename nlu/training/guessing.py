"""Trains as `config.yml` says, without Rasa's graph, and guesses messages that it has not learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from components.learning import learn
from components.linear import Ranking
from components.settings import CLASSIFIER, FEATURIZER, Recipe, fewest_texts
from components.spelling import read_table
from components.tfidf import Tfidf
from training.calibrating import Guesses, is_fitted_on
from training.corpus import Corpus
from training.threshold import rankings_unseen


@dataclass(frozen=True)
class Settings:
    """What `config.yml` says to featurizer and classifier."""

    fewest_texts: int
    recipe: Recipe

    @classmethod
    def of(cls, corpus: Corpus) -> Settings:
        """The settings that a corpus is trained by.

        Raises:
            SettingError: one is wrong.
        """
        features = {**FEATURIZER, **corpus.settings_of("TfidfFeaturizer")}
        classifier = {**CLASSIFIER, **corpus.settings_of("CategoryClassifier")}
        return cls(fewest_texts(features, "TfidfFeaturizer"), Recipe.of(classifier, "CategoryClassifier"))


def guesses_of(corpus: Corpus, messages: Sequence[tuple[str, str, str]]) -> Guesses:
    """What the model says, uncalibrated, about messages (text, slug, city); unknown slugs left out."""
    settings = Settings.of(corpus)
    texts = [example.text for example in corpus.examples]
    tfidf = Tfidf.fit(texts, read_table(), settings.fewest_texts)
    labelled = labelled_of(corpus)
    rows = tfidf.transform([text for text, _ in labelled])
    model = learn(rows, [category for _, category in labelled], settings.recipe)
    known = [message for message in messages if message[1] in model.labels]
    rankings = model.rank(tfidf.transform([text for text, _, _ in known]))
    return _guesses(
        list(zip([category for _, category, _ in known], rankings)),
        [city for _, _, city in known],
        [is_fitted_on(text) for text, _, _ in known],
    )


def authored_guesses_of(corpus: Corpus) -> Guesses:
    """What is said about each authored text by a model that has not seen it."""
    settings = Settings.of(corpus)
    labelled = labelled_of(corpus)
    ranked = list(
        rankings_unseen(
            [text for text, _ in labelled],
            [category for _, category in labelled],
            read_table(),
            fewest_texts=settings.fewest_texts,
            recipe=settings.recipe,
        )
    )
    return _guesses(ranked, ["authored"] * len(ranked), [True] * len(ranked))


def labelled_of(corpus: Corpus) -> list[tuple[str, str]]:
    """Text and category of the examples that have one."""
    return [(example.text, example.category) for example in corpus.examples if example.category]


def _guesses(
    ranked: Sequence[tuple[str, Ranking]], cities: Sequence[str], fitting: Sequence[bool]
) -> Guesses:
    return Guesses(
        confidence=np.array([ranking[0][1] for _, ranking in ranked]),
        place=np.array(
            [[label for label, _ in ranking].index(right) for right, ranking in ranked], dtype=np.int64
        ),
        city=np.array(cities),
        fitting=np.array(fitting, dtype=np.bool_),
    )
