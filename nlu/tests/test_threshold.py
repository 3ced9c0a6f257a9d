"""The threshold is the smallest confidence from which few enough guesses are wrong."""

import pytest

from components.settings import Recipe
from components.spelling import Spelling
from training.threshold import NEVER, Guess, guesses_unseen, smallest_sure


@pytest.mark.parametrize(
    ("guesses", "threshold"),
    [
        ([(0.9, True), (0.8, True), (0.7, False)], 0.8),
        ([(0.9, True), (0.8, False), (0.7, True), (0.6, True)], 0.6),
        ([(0.9, True), (0.9, False)], NEVER),
        ([(0.9, False)], NEVER),
        ([], NEVER),
    ],
)
def test_the_smallest_confidence_with_few_enough_wrong(guesses: list[Guess], threshold: float) -> None:
    assert smallest_sure(guesses, most_wrong=0.25) == threshold


def test_each_text_is_guessed_once_by_a_model_that_has_not_seen_it() -> None:
    texts = [f"lampu mati {number}" for number in range(10)] + [
        f"jalan rusak {number}" for number in range(10)
    ]
    labels = ["penerangan_jalan"] * 10 + ["jalan"] * 10

    guesses = list(guesses_unseen(texts, labels, Spelling({}), fewest_texts=1, recipe=Recipe(0.3, 0.1)))

    assert len(guesses) == 20
    assert all(right for _, right in guesses)
