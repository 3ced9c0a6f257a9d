"""Why a regency's file cannot stand is said in Indonesian too: every phrase of the program has its like."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from actions.regency.declaration import phrase
from bot.texts.refusals import forms, in_language

ROOT = Path(__file__).parents[3]
FORMS = forms("id")


def written() -> Iterator[str]:
    """The forms of every phrase in the program; each is written where it is used, never put together."""
    for folder in ("actions", "bot"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "phrase":
                    yield ast.literal_eval(node.args[0])


def places(form: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


@pytest.mark.thorough
def test_every_phrase_has_its_like_and_none_is_left_over() -> None:
    assert set(written()) == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_both_have_the_same_places(form: str) -> None:
    assert places(FORMS[form]) == places(form)


def test_a_part_that_is_made_of_words_is_said_in_that_language_too() -> None:
    words = phrase("use one of {where}", where=phrase("the codes of agencies.csv"))
    assert str(words) == "use one of the codes of agencies.csv"
    assert in_language(words, "id") == "pakai salah satu dari kode instansi di agencies.csv"
    assert in_language(words, "en") == str(words)
