"""The featurizer weighs as its formula says, loads what it saved, and refuses what it cannot read."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from components.saved import UnreadableModel
from components.spelling import Spelling, read_table
from components.tfidf import LONGEST_TEXT, Tfidf, pieces_of_words, words_and_pairs

TEXTS = ["lampu jalan mati", "jalan rusak parah", "sampah menumpuk di jalan"]


def a_featurizer(fewest_texts: int = 1) -> Tfidf:
    return Tfidf.fit(TEXTS, read_table(), fewest_texts)


def test_words_are_counted_alone_and_in_pairs() -> None:
    assert list(words_and_pairs("lampu jalan mati")) == [
        "lampu",
        "jalan",
        "mati",
        "lampu jalan",
        "jalan mati",
    ]


def test_pieces_never_reach_across_words() -> None:
    assert list(pieces_of_words("di a")) == [" d", "di", "i ", " di", "di ", " di ", " a", "a ", " a "]


def test_a_known_text_has_a_row_of_length_one_in_each_block() -> None:
    row = a_featurizer().transform([TEXTS[0]])

    assert math.isclose(float(row.multiply(row).sum()), 2.0)


def test_a_rare_word_weighs_more_than_one_that_stands_everywhere() -> None:
    tfidf = a_featurizer()
    row = tfidf.transform(["lampu jalan"]).toarray()[0]

    assert row[tfidf.blocks["words"].index["lampu"]] > row[tfidf.blocks["words"].index["jalan"]]


def test_unknown_words_make_the_known_ones_weigh_less() -> None:
    tfidf = a_featurizer()
    column = tfidf.blocks["words"].index["lampu"]
    alone, among_strangers = tfidf.transform(["lampu", "lampu xyz qrs"]).toarray()

    assert 0 < among_strangers[column] < alone[column]


def test_a_text_without_a_known_word_has_a_row_of_zeros() -> None:
    assert a_featurizer().transform(["", "😀", "12345678"]).nnz == 0


def test_grams_of_too_few_texts_are_left_out() -> None:
    assert list(a_featurizer(fewest_texts=3).blocks["words"].index) == ["jalan"]


def test_what_stands_behind_the_longest_text_is_not_looked_at() -> None:
    tfidf = a_featurizer()
    long = "lampu " * LONGEST_TEXT

    assert (tfidf.transform([long]) != tfidf.transform([long[:LONGEST_TEXT]])).nnz == 0


def test_it_loads_what_it_saved(tmp_path: Path) -> None:
    fitted = a_featurizer()
    fitted.save(tmp_path)
    loaded = Tfidf.load(tmp_path)

    texts = [*TEXTS, "lampu di jln mati sdh lama", ""]
    assert np.array_equal(loaded.transform(texts).toarray(), fitted.transform(texts).toarray())


def test_it_keeps_the_spelling_that_it_was_trained_with(tmp_path: Path) -> None:
    Tfidf.fit(TEXTS, Spelling({"kuy": "ayo"}), 1).save(tmp_path)

    assert Tfidf.load(tmp_path).spelling.normalise("kuy") == "ayo"


@pytest.mark.parametrize(
    "damage",
    [
        {"make": "linear/1"},
        {"words": "none"},
        {"words": ["jalan"]},
        {"spelling": None},
        {"texts": "many"},
    ],
)
def test_it_refuses_words_that_are_not_its_own(tmp_path: Path, damage: dict[str, object]) -> None:
    a_featurizer().save(tmp_path)
    path = tmp_path / "words.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **damage}), encoding="utf-8")

    with pytest.raises(UnreadableModel, match="Train the model again"):
        Tfidf.load(tmp_path)
