"""What the rules make of messages that they were never mended by: the shares that issue 5 asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from test_places import DATA
from test_places import in_words as place_in_words
from test_times import TODAY
from test_times import in_words as when_in_words

from actions.regency.files import load
from bot.understanding.danger.rules import is_emergency, is_sensitive
from bot.understanding.place.finder import PlaceFinder
from bot.understanding.time.finder import find_when

HELD_BACK = Path(__file__).parents[2] / "held_back"
PLACES_RIGHT = 0.85
TIMES_RIGHT = 0.80
FOUND = 0.95
FALSE_ALARMS = 0.10
FALSE_ALARMS_MEASURED = 0.18


def held_back(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((HELD_BACK / f"{name}.toml").read_text("utf-8"))


def right(name: str, read: Callable[[str], str]) -> float:
    expected = held_back(name)["cases"]
    return sum(read(text) == wanted for text, wanted in expected.items()) / len(expected)


def share(texts: Sequence[str], found: Callable[[str], bool]) -> float:
    return sum(map(found, texts)) / len(texts)


def test_places_are_read() -> None:
    regency = load(DATA, DATA)
    finder = PlaceFinder(regency.regions.values(), regency.neighbours)
    assert right("places", lambda text: place_in_words(finder.find(text))) >= PLACES_RIGHT


def test_times_are_read() -> None:
    assert right("times", lambda text: when_in_words(find_when(text, TODAY))) >= TIMES_RIGHT


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("dangers", "emergency", is_emergency),
        ("more_dangers", "emergency", is_emergency),
        ("accusations", "sensitive", is_sensitive),
    ],
)
def test_dangers_and_accusations_are_found_with_few_false_alarms(
    name: str, kind: str, found: Callable[[str], bool]
) -> None:
    table = held_back(name)
    assert share(list(table[kind]), found) >= FOUND
    assert share(list(table[f"not_{kind}"]), found) <= FALSE_ALARMS


def test_accusations_written_later_are_found_with_more_false_alarms_than_they_should() -> None:
    table = held_back("more_accusations")
    assert share(list(table["sensitive"]), is_sensitive) >= FOUND
    assert share(list(table["not_sensitive"]), is_sensitive) <= FALSE_ALARMS_MEASURED, "FALSE_ALARMS is the aim"
