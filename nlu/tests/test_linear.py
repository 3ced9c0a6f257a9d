"""The classifier learns, its confidences are shares of one, and it loads only what fits together."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from components.learning import FOLDS, TooFewExamples, learn
from components.linear import LinearModel
from components.saved import UnreadableModel
from components.settings import Recipe

RECIPE = Recipe(slack=1.0, naive_share=0.2)


def rows_of(*columns: int, width: int = 4) -> csr_matrix:
    """One row a number, with a one in that column; a number below zero is a row of zeros."""
    table = np.zeros((len(columns), width))
    for row, column in enumerate(columns):
        if column >= 0:
            table[row, column] = 1
    return csr_matrix(table)


def a_model(labels: int = 3) -> LinearModel:
    columns = list(range(labels)) * 6
    return learn(rows_of(*columns), [f"label_{column}" for column in columns], RECIPE)


@pytest.mark.parametrize("labels", [2, 3])
def test_it_tells_labels_apart(labels: int) -> None:
    rankings = a_model(labels).rank(rows_of(*range(labels)))

    assert [ranking[0][0] for ranking in rankings] == [f"label_{number}" for number in range(labels)]


def test_a_ranking_holds_all_labels_best_first_and_sums_to_one() -> None:
    (ranking,) = a_model().rank(rows_of(1))

    confidences = [confidence for _, confidence in ranking]
    assert {label for label, _ in ranking} == {"label_0", "label_1", "label_2"}
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1)


def test_nothing_known_makes_all_labels_alike() -> None:
    (ranking,) = a_model().rank(rows_of(-1))

    assert ranking == [(f"label_{number}", pytest.approx(1 / 3)) for number in range(3)]


def test_learning_twice_gives_the_same() -> None:
    first, second = a_model(), a_model()

    assert np.array_equal(first.weights, second.weights)
    assert first.sharpness == second.sharpness


def test_a_known_sharpness_is_kept() -> None:
    columns = [0, 1] * 6
    assert learn(rows_of(*columns), [str(column) for column in columns], RECIPE, 7.0).sharpness == 7.0


def test_a_label_of_too_few_examples_is_named() -> None:
    columns = [0] * FOLDS + [1] * (FOLDS - 1)

    with pytest.raises(TooFewExamples, match="1 has 4 examples only; write at least 5"):
        learn(rows_of(*columns), [str(column) for column in columns], RECIPE)


@pytest.mark.parametrize("columns", [[], [0] * FOLDS])
def test_fewer_than_two_labels_are_refused(columns: list[int]) -> None:
    with pytest.raises(TooFewExamples, match="at least two labels"):
        learn(rows_of(*columns), [str(column) for column in columns], RECIPE)


def test_it_loads_what_it_saved(tmp_path: Path) -> None:
    model = a_model()
    model.save(tmp_path)

    assert LinearModel.load(tmp_path).rank(rows_of(0, 2, -1)) == model.rank(rows_of(0, 2, -1))


@pytest.mark.parametrize(
    "damage",
    [{"make": "tfidf/1"}, {"labels": ["a"]}, {"labels": None}, {"sharpness": -1.0}, {"sharpness": "much"}],
)
def test_it_refuses_what_does_not_fit_together(tmp_path: Path, damage: dict[str, object]) -> None:
    a_model().save(tmp_path)
    path = tmp_path / "words.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **damage}), encoding="utf-8")

    with pytest.raises(UnreadableModel, match="Train the model again"):
        LinearModel.load(tmp_path)
