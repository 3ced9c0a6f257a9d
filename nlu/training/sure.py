"""Measures a corpus's own threshold with the settings that `config.yml` trains it by."""

from collections.abc import Sequence

from components.classifiers import CategoryClassifier, recipe_of
from components.featurizer import TfidfFeaturizer
from components.settings import whole_number
from components.spelling import read_table
from training.rasa_model import Corpus, Example
from training.threshold import guesses_unseen, smallest_sure


def threshold_sure(corpus: Corpus, examples: Sequence[Example]) -> float:
    """The confidence from which at most 15 % of the first categories are wrong, measured out of fold."""
    features = {**TfidfFeaturizer.get_default_config(), **corpus.settings_of("TfidfFeaturizer")}
    classifier = {**CategoryClassifier.get_default_config(), **corpus.settings_of("CategoryClassifier")}
    labelled = [(example.text, example.category) for example in examples if example.category]
    guesses = guesses_unseen(
        [text for text, _ in labelled],
        [category for _, category in labelled],
        read_table(),
        fewest_texts=whole_number(features, "fewest_texts", of="TfidfFeaturizer"),
        recipe=recipe_of(classifier, of="CategoryClassifier"),
    )
    return round(smallest_sure(list(guesses)), 4)
