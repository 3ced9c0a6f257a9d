"""Authored messages of danger, of sensitive and of several matters: what is learned, and what is held back from it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
DATA = ROOT / "data" / "nlu"
HELD_BACK = ROOT / "tests" / "held_back"
BETWEEN = " || "
SETS = [
    (DATA / "risk" / "sensitive.toml", HELD_BACK / "more_accusations.toml"),
    (DATA / "risk" / "emergency.toml", HELD_BACK / "more_dangers.toml"),
    (DATA / "matters" / "matters.toml", HELD_BACK / "matters.toml"),
    (DATA / "matters" / "matters.toml", HELD_BACK / "more_matters.toml"),
]
VOICES = sorted((DATA / "matters" / "voices").glob("*.toml"))
SETS += [(file, HELD_BACK / f"{name}_matters.toml") for file in VOICES for name in ("other_single", "fresh")]
MATTERS = [
    DATA / "matters" / "matters.toml",
    HELD_BACK / "matters.toml",
    HELD_BACK / "more_matters.toml",
    HELD_BACK / "fresh_matters.toml",
    *VOICES,
]


def normalised(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def messages(file: Path) -> list[str]:
    return [normalised(message) for group in _groups(tomllib.loads(file.read_text("utf-8"))) for message in group]


def _groups(table: dict[str, Any]) -> Iterator[Iterable[str]]:
    """Lists of a table and of the tables in it; `cases` is messages with what each says."""
    for name, members in table.items():
        if isinstance(members, dict) and name != "cases":
            yield from _groups(members)
        else:
            yield members


def corpus() -> set[str]:
    files = [file for folder in ("intent", "category") for file in (DATA / folder).glob("*.yml")]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return {normalised(line.strip().removeprefix("- ")) for line in lines}


@pytest.mark.parametrize(("learned", "held_back"), SETS, ids=lambda file: file.stem)
def test_no_message_stands_twice_or_on_both_sides(learned: Path, held_back: Path) -> None:
    both = messages(learned) + messages(held_back)
    assert sorted(set(both)) == sorted(both)


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["*dangers", "*accusations", "kinds_of_risk"])
def test_no_held_back_message_of_risk_is_learned(name: str) -> None:
    learned = {message for file in (DATA / "risk").rglob("*.toml") for message in messages(file)}
    held_back = {message for file in HELD_BACK.glob(f"{name}.toml") for message in messages(file)}
    assert held_back
    assert not learned & held_back


def test_no_held_back_intent_stands_in_the_corpus() -> None:
    held_back = messages(HELD_BACK / "intents.toml")
    assert len(held_back) == 90
    assert corpus() & set(held_back) == set()


@pytest.mark.parametrize("file", MATTERS, ids=lambda file: file.parent.name)
def test_the_matters_of_a_message_are_spans_of_it_in_order(file: Path) -> None:
    cases = tomllib.loads(file.read_text("utf-8"))["cases"]
    for message, joined in cases.items():
        spans = joined.split(BETWEEN) if joined else []
        assert len(spans) != 1, message
        at = 0
        for span in spans:
            found = message.find(span, at)
            assert found >= 0, (message, span)
            at = found + len(span)


@pytest.mark.parametrize("file", MATTERS[:3], ids=lambda file: file.stem)
def test_half_of_the_messages_are_of_one_matter(file: Path) -> None:
    cases = tomllib.loads(file.read_text("utf-8"))["cases"]
    assert sum(not joined for joined in cases.values()) == len(cases) / 2
