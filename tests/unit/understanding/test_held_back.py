"""The sets that measure the model are large enough, bear known labels, and are no part of what it learns from."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SETS = ROOT / "data" / "held_back"
CORPUS = ROOT / "data" / "nlu"


def rows(name: str) -> list[dict[str, str]]:
    with (SETS / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def even(text: str) -> str:
    return " ".join(text.casefold().split())


def test_short_messages_speak_of_every_category_equally_often() -> None:
    slugs = Counter(row["category"] for row in rows("short_messages.csv"))
    assert slugs.keys() == {path.stem for path in CORPUS.glob("category/*.yml")}
    assert min(slugs.values()) >= 8


def test_later_messages_are_complaints_about_every_category_equally_often() -> None:
    later = rows("later_messages.csv")
    slugs = Counter(row["category"] for row in later)
    assert slugs.keys() == {path.stem for path in CORPUS.glob("category/*.yml")}
    assert set(slugs.values()) == {5}
    assert {row["intent"] for row in later} == {"complaint"}


def test_long_messages_are_forty_of_every_category_and_of_eight_to_eighty_words() -> None:
    long = rows("long_messages.csv")
    slugs = Counter(row["category"] for row in long)
    assert slugs.keys() == {path.stem for path in CORPUS.glob("category/*.yml")}
    assert min(slugs.values()) >= 40
    assert all(8 <= len(row["text"].split()) <= 80 for row in long)


def test_every_intent_has_fifteen_rows_or_more() -> None:
    intents = Counter(row["intent"] for row in rows("intents.csv"))
    assert intents.keys() == {path.stem for path in CORPUS.glob("intent/*.yml")}
    assert intents.total() >= 300
    assert min(intents.values()) >= 15


@pytest.mark.parametrize("name", ["short_messages.csv", "later_messages.csv", "long_messages.csv", "intents.csv"])
def test_no_held_back_row_stands_in_the_corpus(name: str) -> None:
    learned = {
        even(line.removeprefix("    - "))
        for path in CORPUS.glob("*/*.yml")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("    - ")
    }
    assert not learned & {even(row["text"]) for row in rows(name)}
