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


def test_the_example_of_krippendorff() -> None:
    """Computing Krippendorff's Alpha-Reliability (2011), section A: two observers, binary data, 0.095."""
    first, second = "0100000010", "1110010000"
    units = [{"a": one, "b": other} for one, other in zip(first, second, strict=True)]
    assert alpha(units) == pytest.approx(0.095, abs=0.001)


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
