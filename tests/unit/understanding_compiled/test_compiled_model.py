"""What a compiled model makes of a text, and when its first category is sure."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.model.compiled import CompiledUnderstanding
from bot.understanding.model.compiled_model import CompiledModel
from bot.understanding.model.model_file import read_signed
from bot.understanding.port import CannotUnderstand, ModelAnswer, UnderstandingState
from bot.understanding.understood import Guess
from tests.unit.understanding_compiled.model_files_made import (
    KEY,
    a_file,
    a_header,
    content_of,
    forged,
    some_arrays,
    unsigned,
)


@pytest.fixture
def model(tmp_path: Path) -> CompiledModel:
    return CompiledModel.of(read_signed(a_file(tmp_path), KEY))


def reading(model: CompiledModel, text: str) -> ModelAnswer:
    return CompiledUnderstanding(model).read(text)


def test_the_words_of_a_text_put_their_label_first(model: CompiledModel) -> None:
    first = [reading(model, text).categories[0].name for text in ("jalan rsk", "SAMPAH!!", "sampaaah")]
    assert first == ["jalan", "sampah", "sampah"]


def test_all_labels_stand_in_the_ranking_best_first_and_sum_to_one(model: CompiledModel) -> None:
    ranked = model.rank("jalan rusak penuh sampah")
    for labels in (ranked.intents, ranked.categories):
        confidences = [confidence for _, confidence in labels]
        assert confidences == sorted(confidences, reverse=True)
        assert math.isclose(sum(confidences), 1)


@pytest.mark.parametrize("text", ["", "  ", "?", "👍👍", "\x00", "\ud800", "081234567890", "zzz"])
def test_a_text_without_a_known_word_has_no_intent_and_no_likelier_category(model: CompiledModel, text: str) -> None:
    read = reading(model, text)
    assert (read.intent, read.sure) == (Guess("none", 0.0), False)
    assert read.categories == tuple(Guess(slug, 1 / 3) for slug in ("jalan", "sampah", "lainnya"))


def test_unknown_words_make_known_ones_weigh_less(model: CompiledModel) -> None:
    alone, among_others = (reading(model, text).categories[0] for text in ("rusak", "rusak bbb ccc ddd eee"))
    assert alone.name == among_others.name
    assert alone.confidence > among_others.confidence


def test_the_weight_of_a_word_is_that_of_the_training_formula(tmp_path: Path) -> None:
    plain = a_header(confidence_cap=1.0, confidence_power=1.0, category_sharpness=1.0)
    arrays = some_arrays(bias=np.zeros(5, dtype=np.float32))
    file = forged(tmp_path, unsigned(content_of(plain, arrays)))
    category, confidence = CompiledModel.of(read_signed(file, KEY)).rank("rusak rusak aa").categories[0]

    never, idf = math.log(11) + 1, arrays["idf"].astype(float)
    word = (1 + math.log(2)) * idf[1]
    words = math.sqrt(word**2 + 3 * never**2)  # aa; the pairs "rusak rusak" and "rusak aa"
    piece = (1 + math.log(2)) * idf[6]
    twice = len(" rusak ") * 4 - 2 - 3 - 4 - 1 - 0  # pieces of two to five letters
    others = (twice - 1) * ((1 + math.log(2)) * never) ** 2 + 6 * never**2
    score = 2 * word / words + 2 * piece / math.sqrt(piece**2 + others)
    assert category == "jalan"
    assert math.isclose(confidence, math.exp(score) / (math.exp(score) + 2), rel_tol=1e-12)


def test_what_comes_after_the_longest_text_does_not_count(tmp_path: Path) -> None:
    short = CompiledModel.of(read_signed(a_file(tmp_path, longest_text=10), KEY))
    assert short.rank("jalan rsk sampah sampah sampah") == short.rank("jalan rsk ")


def test_it_is_sure_from_the_threshold_of_the_model_on(tmp_path: Path) -> None:
    readings = []
    for number, threshold in enumerate((0.0, 0.6, 1.0)):
        file = a_file(tmp_path, f"{number}", threshold_sure=threshold)
        readings.append(reading(CompiledModel.of(read_signed(file, KEY)), "jalan rusak").sure)
    assert readings == [True, True, False]


def test_coarse_weights_are_signed_squares_times_a_step(tmp_path: Path) -> None:
    roots = np.zeros((7, 5), dtype=np.int8)
    roots[1, 2], roots[1, 3] = 3, -2
    arrays = some_arrays(weights=roots, step=np.array([0.5], dtype=np.float32))
    model = CompiledModel.of(read_signed(forged(tmp_path, unsigned(content_of(a_header(), arrays))), KEY))
    assert model.weights[1].tolist() == [0, 0, 4.5, -2, 0]


def test_categories_that_the_regency_lacks_are_passed_over(tmp_path: Path) -> None:
    file = a_file(tmp_path, categories=["jalan", "sampah", "lainnya"])
    model = CompiledModel.of(read_signed(file, KEY))
    with pytest.raises(CannotUnderstand, match="fewer than 3 known"):
        CompiledUnderstanding(model, frozenset({"jalan", "sampah"})).read("jalan rusak")


async def test_texts_are_read_in_order_and_its_state_is_compiled(model: CompiledModel) -> None:
    understanding = CompiledUnderstanding(model, frozenset({"jalan", "sampah", "lainnya"}))
    readings = await understanding.understand(["sampah", "halo", "rusak"])
    assert [each.intent.name for each in readings] == ["complaint", "greet", "complaint"]
    assert understanding.state == UnderstandingState.COMPILED


def calibrated(shares: np.ndarray[Any, np.dtype[np.float64]], cap: float, power: float) -> Any:
    """The shares of a model whose cap and power are these."""
    with TemporaryDirectory() as folder:
        model = CompiledModel.of(read_signed(a_file(Path(folder)), KEY))
    header = model.header.model_copy(update={"confidence_cap": cap, "confidence_power": power})
    return replace(model, header=header)._calibrated(shares)


@given(
    shares=st.lists(st.floats(1e-9, 1), min_size=2, max_size=30),
    power=st.floats(0.05, 0.95),
    fixed=st.floats(0.5, 1),
)
def test_making_confidences_true_never_changes_their_order(shares: list[float], power: float, fixed: float) -> None:
    before = np.array(shares) / np.sum(shares)
    after = calibrated(before, fixed ** (1 - power), power)
    assert math.isclose(float(after.sum()), 1, rel_tol=1e-9)
    assert (np.diff(after[np.argsort(-before, kind="stable")]) <= 1e-12).all()
