"""When an import contradicts the model so often that somebody must read it first."""

from __future__ import annotations

import pytest

from bot.training.samples.import_check import checked
from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import Guess


def rows(slug: str, count: int) -> list[LabelledText]:
    return [LabelledText(f"pesan {slug} {number}", category=slug) for number in range(count)]


def says(slug: str, *, sure: bool = True) -> ModelAnswer:
    return ModelAnswer(Guess("complaint", 1.0), (Guess(slug, 0.9 if sure else 0.4),), sure=sure)


@pytest.mark.parametrize(
    ("against", "agreeing", "stands_out"), [(0, 40, False), (6, 44, False), (30, 20, True), (2, 1, False), (8, 2, True)]
)
def test_it_stands_out_where_more_contradict_than_chance_shows(against: int, agreeing: int, stands_out: object) -> None:
    labelled = [*rows("parkir", against), *rows("jalan", agreeing)]
    found = checked(labelled, [says("jalan")] * len(labelled))
    assert (found.sure, found.against, found.stands_out) == (against + agreeing, against, stands_out)


def test_what_the_model_is_unsure_of_contradicts_nothing() -> None:
    found = checked(rows("parkir", 30), [says("jalan", sure=False)] * 30)
    assert (found.rows, found.sure, found.share, found.most, found.stands_out) == (30, 0, 0.0, None, False)


def test_the_commonest_contradiction_and_a_sample_are_named() -> None:
    labelled = [*rows("parkir", 3), *rows("sampah", 1)]
    found = checked(labelled, [says("jalan")] * 4, most=2)
    assert (found.most, len(found.sample)) == (("parkir", "jalan", 3), 2)
    assert found.sample[0] == ("pesan parkir 0", "parkir", "jalan")


def test_rows_without_a_category_are_not_asked_about() -> None:
    assert checked([LabelledText("halo", intent="greet")], [says("jalan")]).rows == 0
