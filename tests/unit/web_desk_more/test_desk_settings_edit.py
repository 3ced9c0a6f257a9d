"""Numbers and rows of files are changed, and everything else stays byte for byte."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.main.assembly import DEFAULTS
from bot.web.desk.settings.edit import EditConflict, difference, numbers_of, sheet_of, with_numbers, with_row
from bot.web.desk.settings.words import NUMBERS

DEADLINES = (DEFAULTS / "deadlines.toml").read_text("utf-8")
AGENCIES = (DEFAULTS / "agencies.csv").read_text("utf-8")
CELL = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=12)


def test_a_number_is_changed_and_its_comments_stay() -> None:
    after = with_numbers(DEADLINES, {"offices.verify": 4})
    assert tomllib.loads(after)["offices"]["verify"] == 4
    assert [
        line for line in difference("d", DEADLINES, after) if line[0] in "+-" and line[:3] not in {"+++", "---"}
    ] == [
        "-verify = 3",
        "+verify = 4",
    ]


def test_a_comment_behind_a_number_stays() -> None:
    assert with_numbers("[a]\nx = 1  # one\r\ny = 2\n", {"a.x": 9}) == "[a]\nx = 9  # one\r\ny = 2\n"


def test_every_number_of_the_deadlines_has_words() -> None:
    assert {one.name for one in numbers_of(DEADLINES)} <= set(NUMBERS)


def test_a_number_that_is_not_there_is_not_made() -> None:
    with pytest.raises(EditConflict):
        with_numbers(DEADLINES, {"offices.sleep": 1})


@pytest.mark.parametrize("name", ["agencies.csv", "routing.csv", "hotlines.csv", "categories.csv"])
def test_a_row_written_as_it_was_changes_nothing(name: str) -> None:
    text = Path(DEFAULTS / name).read_text("utf-8")
    for place, row in enumerate(sheet_of(text).rows):
        assert with_row(text, place, row.cells) == text


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=5), st.data())
def test_a_changed_row_reads_as_it_was_written_and_the_others_stay(rows: list[list[str]], data: st.DataObject) -> None:
    text = "a,b\n"
    for row in rows:
        text = with_row(text, None, dict(zip("ab", row, strict=True)))
    place = data.draw(st.integers(0, len(rows) - 1))
    after = sheet_of(with_row(text, place, {"a": 'x, "y"', "b": "z"}))
    expected = [dict(zip("ab", row, strict=True)) for row in rows]
    expected[place] = {"a": 'x, "y"', "b": "z"}
    assert [dict(row.cells) for row in after.rows] == expected


def test_a_row_is_taken_out_alone() -> None:
    assert with_row("a,b\n1,2\n\n3,4\n", 1, None) == "a,b\n1,2\n\n"


def test_a_row_that_is_not_there_is_said() -> None:
    with pytest.raises(EditConflict):
        with_row("a,b\n1,2\n", 7, {"a": "x"})
