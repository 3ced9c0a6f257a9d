"""The authored messages of `data/nlu/acts`: what each does in the talk, by what was asked just before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.regency.files import load

DATA = Path(__file__).parents[3] / "data"
ACTS_DATA = DATA / "nlu" / "acts"
HELD_BACK = "held_back"
MOMENTS = frozenset(
    {
        *("nothing", "story", "place", "category", "name", "photo", "card", "cancel", "filed", "secret"),
        *("type", "matters", "stale", "put_aside", "contribute", "withdraw", "ticket", "forget", "weekly"),
    }
)
ACTS = frozenset(
    {
        *("answer", "tell", "other_matter", "send", "cancel", "keep", "add_photo", "remove_photo", "later", "skip"),
        *("correct_place", "correct_category", "correct_time", "correct_name", "correct_type", "correct_story"),
        *("want_secret", "want_open", "want_anonymous", "want_named", "afraid", "danger"),
        *("ask_service", "ask_regency", "follow_case", "small_talk"),
    }
)
MARKED = re.compile(r"\[([^\[\]]+)\]\((\w+)\)")
FILES = sorted(ACTS_DATA.rglob("*.yml"))
FEWEST_ROWS, FEWEST_HELD_BACK = 2500, 500
FEWEST_BATCHES, FEWEST_BATCHES_HELD_BACK = 12, 3


@dataclass(frozen=True, slots=True)
class Row:
    """One message, and the parts that carry its acts, in order."""

    batch: str
    is_held_back: bool
    asked: str
    message: str
    parts: tuple[tuple[str, str], ...]


@cache
def rows_of(file: Path) -> tuple[Row, ...]:
    """The rows of one batch."""
    return tuple(read_rows(file))


def read_rows(file: Path) -> Iterator[Row]:
    """Reads a batch; a message without marks carries the act of its block as a whole."""
    content = YAML(typ="safe").load(file)
    assert content.keys() == {"version", "batch", "acts"}
    assert content["batch"] == file.stem
    for block in content["acts"]:
        assert block.keys() <= {"asked", "act", "examples"}
        for line in block["examples"].splitlines():
            assert line.startswith("- ")
            text = line.removeprefix("- ")
            marked = tuple((part, command) for part, command in MARKED.findall(text))
            message = MARKED.sub(r"\1", text)
            parts = marked or ((message, block["act"]),)
            yield Row(file.stem, file.parent.name == HELD_BACK, block["asked"], message, parts)


def all_rows() -> list[Row]:
    return [row for file in FILES for row in rows_of(file)]


def normalised(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower())) or text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_row_has_a_known_moment_known_acts_and_parts_in_order(file: Path) -> None:
    for row in rows_of(file):
        assert row.asked in MOMENTS, row
        assert {command for _, command in row.parts} <= ACTS, row
        assert not re.search(r"[\[\]]", row.message), row
        assert row.message == row.message.strip() != "", row
        at = 0
        for part, _ in row.parts:
            found = row.message.find(part, at)
            assert found >= 0, row
            at = found + len(part)


def test_there_are_enough_rows_from_enough_mouths() -> None:
    rows = all_rows()
    learned = [row for row in rows if not row.is_held_back]
    held_back = [row for row in rows if row.is_held_back]
    assert len(learned) >= FEWEST_ROWS
    assert len(held_back) >= FEWEST_HELD_BACK
    assert len({row.batch for row in learned}) >= FEWEST_BATCHES
    assert len({row.batch for row in held_back}) >= FEWEST_BATCHES_HELD_BACK


def test_no_message_stands_twice_at_a_moment_nor_on_both_sides() -> None:
    rows = all_rows()
    at_moments = Counter((row.asked, normalised(row.message)) for row in rows)
    assert [said for said, times in at_moments.items() if times > 1] == []
    sides = [{normalised(row.message) for row in rows if row.is_held_back is side} for side in (True, False)]
    assert sides[0] & sides[1] == set()


def test_every_act_is_learned_and_measured() -> None:
    for side in (True, False):
        assert {command for row in all_rows() if row.is_held_back is side for _, command in row.parts} == ACTS


def test_every_village_answers_the_place_question() -> None:
    answers = {
        normalised(part)
        for row in all_rows()
        if row.asked == "place" and not row.is_held_back
        for part, command in row.parts
        if command == "answer"
    }
    regions = load(DATA, DATA).regions.values()
    villages = {normalised(region.name) for region in regions if region.level in {"desa", "kelurahan"}}
    assert len(villages) > 50
    assert villages - answers == set()


def test_messages_hold_no_telephone_numbers_nor_numbers_of_persons() -> None:
    assert [row.message for row in all_rows() if re.search(r"\+62|\b08\d{6,}|\b\d{16}\b", row.message)] == []
