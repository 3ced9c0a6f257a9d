"""Rasa's document: what is believed of it, and what is rubbish."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.port import CannotUnderstand, ModelAnswer
from bot.understanding.rasa.document import read_document
from bot.understanding.understood import Guess
from tests.unit.understanding_rasa.rasa_doubles import a_document

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.dictionaries(st.sampled_from(["intent", "name", "confidence", "category_ranking", "x"]), parts, max_size=4)
    ),
    max_leaves=20,
)


def names(reading: ModelAnswer) -> list[str]:
    return [guess.name for guess in reading.categories]


def test_the_ranking_is_put_in_order() -> None:
    reading = read_document(a_document(sampah=0.1, jalan=0.7, lainnya=0.2), threshold_sure=0.7)
    assert (names(reading), reading.sure) == (["jalan", "lainnya", "sampah"], True)


def test_categories_that_the_regency_does_not_have_are_passed_over() -> None:
    known = frozenset({"jalan", "sampah", "lainnya"})
    reading = read_document(
        a_document(potholes=0.8, jalan=0.1, sampah=0.05, lainnya=0.05), threshold_sure=0.5, known=known
    )
    assert (names(reading), reading.sure) == (["jalan", "sampah", "lainnya"], False)


def test_fewer_than_three_known_categories_are_refused() -> None:
    with pytest.raises(CannotUnderstand, match="fewer than 3"):
        read_document(
            a_document(jalan=0.8, sampah=0.2, potholes=0.0), threshold_sure=0.5, known=frozenset({"jalan", "sampah"})
        )


def test_a_category_named_twice_counts_once() -> None:
    twice = a_document()
    twice["category_ranking"].append({"name": "jalan", "confidence": 0.5})
    assert names(read_document(twice, threshold_sure=0.5)) == ["jalan", "drainase_banjir", "sampah"]


def test_no_intent_at_all_is_none() -> None:
    nothing = {**a_document(), "intent": {"name": None, "confidence": 0.0}}
    assert read_document(nothing, threshold_sure=0.5).intent == Guess("none", 0.0)


@pytest.mark.parametrize("confidence", [-0.01, 1.01, math.nan, math.inf, True, "0.9", None])
def test_a_confidence_must_be_a_number_from_0_to_1(confidence: object) -> None:
    with pytest.raises(CannotUnderstand, match="no intent"):
        read_document({**a_document(), "intent": {"name": "complaint", "confidence": confidence}}, threshold_sure=0.5)


@pytest.mark.parametrize(
    "ranking", [None, {}, "jalan", [], [{"name": "jalan", "confidence": 0.9}], ["jalan", "sampah", "lainnya"]]
)
def test_a_ranking_must_be_one(ranking: object) -> None:
    with pytest.raises(CannotUnderstand):
        read_document({**a_document(), "category_ranking": ranking}, threshold_sure=0.5)


def test_a_document_of_a_rasa_without_our_ranking_is_refused() -> None:
    plain = a_document()
    del plain["category_ranking"]
    with pytest.raises(CannotUnderstand, match="category_ranking"):
        read_document(plain, threshold_sure=0.5)


@given(JSON)
def test_anything_else_is_refused_and_never_breaks(document: Any) -> None:
    try:
        reading = read_document(document, threshold_sure=0.5)
    except CannotUnderstand:
        return
    assert len(reading.categories) >= 3
