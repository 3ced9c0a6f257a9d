"""Every table and column is described, nothing else is, and the assessment is made of that."""

from __future__ import annotations

from actions.store.engine.tables import metadata
from tests.docs.impact import PAGE, WHOSE, descriptions, page, retention

COLUMNS = {column.name for table in metadata.sorted_tables for column in table.columns}


def test_every_table_says_what_it_holds_and_no_other() -> None:
    assert descriptions()["tables"].keys() == metadata.tables.keys()


def test_every_column_says_what_it_is_and_no_other() -> None:
    assert descriptions()["columns"].keys() == COLUMNS
    assert set(descriptions()["personal"]) <= COLUMNS


def test_each_table_is_of_somebody_and_kept_for_a_known_time() -> None:
    tables = descriptions()["tables"].values()
    assert {table["of"] for table in tables} == WHOSE.keys()
    in_words = {table["kept"] for table in tables} - retention().keys()
    assert {words for words in in_words if " " not in words} == {"always"}


def test_the_assessment_is_of_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run .venv/bin/python -m tests.docs.impact"
