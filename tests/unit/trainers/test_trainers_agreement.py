"""How far trainers agree, against numbers of the literature."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from actions.store.training.labels import SaidLabel
from bot.training.samples.agreement import agreements, alpha

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)


def said(sample: int, who: str, category: str) -> SaidLabel:
    return SaidLabel(sample, who, NOON, "", "complaint", category)


def pairs(first: str, second: str) -> list[SaidLabel]:
    both = zip(first, second, strict=True)
    return [one for number, (a, b) in enumerate(both) for one in (said(number, "a", a), said(number, "b", b))]


def ratings(*rows: str) -> list[dict[str, str]]:
    """A matrix as it is printed: a row for each rater, a column for each unit, a point where nothing was said."""
    return [
        {str(rater): label for rater, label in enumerate(column) if label != "."} for column in zip(*rows, strict=True)
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(("0100000010", "1110010000"), 0.095, id="2011, A: binary, two raters"),
        pytest.param(("aabbdcccedda", "babbbccceddd"), 0.692, id="2011, B: nominal, two raters"),
        pytest.param(
            ("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743, id="2011, C: any number, missing"
        ),
        pytest.param(
            (".....34121133.3", "1.213343.......", "..21344.21133.4"),
            0.691,
            id="2004: three raters, most of one missing",
        ),
    ],
)
def test_the_worked_examples_of_krippendorff(rows: tuple[str, ...], expected: float) -> None:
    """Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability"; (2004), "Content Analysis", chapter 11."""
    assert alpha(ratings(*rows)) == pytest.approx(expected, abs=0.0005)


def test_raters_who_systematically_disagree_are_below_zero() -> None:
    found = alpha(ratings("ababab", "bababa"))
    assert found is not None
    assert found < 0


def test_one_value_alone_has_no_alpha() -> None:
    assert alpha(ratings("aaaa", "aaaa")) is None


def test_who_always_agree_have_one() -> None:
    [everything, *each] = agreements(pairs("jjjjjsssss", "jjjjjsssss"))
    assert (everything.name, everything.messages, everything.alpha) == ("", 10, 1.0)
    assert {one.name: one.alpha for one in each} == {"j": 1.0, "s": 1.0}


def test_the_category_that_is_confused_comes_first() -> None:
    [_, worst, *_] = agreements(pairs("jjjjjjkkkkkkssssss", "jjjjjjksssskssssss"))
    assert worst.name == "k"
    assert worst.differing == 4


def test_messages_of_one_trainer_alone_say_nothing() -> None:
    assert agreements([said(1, "a", "jalan"), said(2, "b", "sampah")]) == []


def test_of_very_few_messages_no_number_is_given() -> None:
    assert [one.alpha for one in agreements(pairs("js", "jj"))] == [None, None, None]
