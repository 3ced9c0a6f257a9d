"""Measures a corpus's own threshold with the settings that `config.yml` trains it by."""

from components.classifiers import CategoryClassifier
from components.featurizer import TfidfFeaturizer
from components.settings import Recipe, fewest_texts
from components.spelling import read_table
from training.rasa_model import Corpus
from training.threshold import guesses_unseen, smallest_sure


def threshold_sure(corpus: Corpus) -> float:
    """The confidence from which at most 15 % of the first categories are wrong, measured out of fold."""
    features = {**TfidfFeaturizer.get_default_config(), **corpus.settings_of("TfidfFeaturizer")}
    classifier = {**CategoryClassifier.get_default_config(), **corpus.settings_of("CategoryClassifier")}
    labelled = [(example.text, example.category) for example in corpus.examples if example.category]
    guesses = guesses_unseen(
        [text for text, _ in labelled],
        [category for _, category in labelled],
        read_table(),
        fewest_texts=fewest_texts(features, "TfidfFeaturizer"),
        recipe=Recipe.of(classifier, "CategoryClassifier"),
    )
    return smallest_sure(list(guesses))
