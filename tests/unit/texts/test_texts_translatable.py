"""Texts can be translated with Weblate by somebody who reads no Python, into a language that no Python names."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

ROOT = Path(__file__).parents[3]
ENGLISH = ROOT / "bot" / "texts" / "en.ftl"
COMPONENTS = json.loads((ROOT / "bot" / "texts" / "weblate.json").read_text("utf-8"))
OF_ONE_LANGUAGE = {ROOT / "bot" / "understanding"}
"""What understands words is of the languages it has learned, each with its own lists."""


def messages(file: Path) -> list[ftl.Message]:
    read = parse(file.read_text("utf-8")).body
    assert [entry for entry in read if isinstance(entry, ftl.Junk)] == []
    return [entry for entry in read if isinstance(entry, ftl.Message)]


def test_every_text_is_of_one_component_with_a_template() -> None:
    found = [file for component in COMPONENTS for file in ROOT.glob(component["filemask"])]
    folders = (ROOT / "bot", ROOT / "data")
    assert sorted(found) == sorted(file for folder in folders for file in folder.rglob("*.ftl"))
    assert [one["slug"] for one in COMPONENTS if not (ROOT / one["template"]).is_file()] == []


def test_every_message_stands_under_a_heading_that_says_where_it_is_read() -> None:
    read = parse((ROOT / "bot" / "texts" / "id.ftl").read_text("utf-8")).body
    first = next(number for number, entry in enumerate(read) if isinstance(entry, ftl.GroupComment))
    assert [entry.id.name for entry in read[:first] if isinstance(entry, ftl.Message)] == []


class Counted(Visitor):
    """Goes through a message; `plain`: what it says of a number, where it does not ask whether that is one."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.plain: list[str] = []

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802 - fluent's own name
        keys = {getattr(variant.key, "name", None) or variant.key.value for variant in node.variants}
        plural = bool({"one", "1"} & keys)
        name = node.selector.id.name if isinstance(node.selector, ftl.VariableReference) and plural else ""
        self.asked.append(name)
        self.generic_visit(node)
        self.asked.pop()

    def visit_Pattern(self, node: ftl.Pattern) -> None:  # noqa: N802 - likewise
        for place, behind in zip(node.elements, node.elements[1:], strict=False):
            variable = getattr(getattr(place, "expression", None), "id", None)
            counts = isinstance(behind, ftl.TextElement) and re.match(r" (people|(\w+ )?\w{3,}s)\b", behind.value)
            if counts and variable is not None and variable.name in NUMBERS and variable.name not in self.asked:
                self.plain.append(behind.value)
        self.generic_visit(node)


NUMBERS = {"count", "people", "cases", "days", "hours", "left"}
SURELY_SEVERAL = {"story-left-out", "supported", "settings-rule-accepted", "inbox-waiting"}
"""Left out are hundreds of letters, two people support a report, a rule needs several cases, more than a page waits."""


@pytest.mark.thorough
def test_english_says_neither_one_reports_nor_one_days() -> None:
    wrong = {}
    for message in messages(ENGLISH):
        looked = Counted()
        looked.visit(message)
        if looked.plain and message.id.name not in SURELY_SEVERAL:
            wrong[message.id.name] = looked.plain
    assert wrong == {}


def names_of_languages(source: str) -> Iterator[int]:
    """Lines in which a language is named: compared with, fallen back to, spoken, or part of an address."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and node.value == "en":
            yield node.lineno
        inside: list[ast.expr] = []
        match node:
            case ast.Compare(left=left, comparators=others) if "lang" in ast.unparse(node):
                inside = [left, *others]
            case ast.BoolOp(values=values):
                inside = values
            case ast.Call(func=ast.Attribute(attr="spoken" | "say" | "of"), args=given):
                inside = given
            case ast.JoinedStr(values=parts):
                inside = [
                    one for one in parts if isinstance(one, ast.Constant) and re.match(r"(id|en)/", str(one.value))
                ]
                yield from (one.lineno for one in inside)
        yield from (one.lineno for one in inside if isinstance(one, ast.Constant) and one.value == "id")


@pytest.mark.thorough
def test_python_names_no_language() -> None:
    files = [file for folder in ("bot", "actions") for file in (ROOT / folder).rglob("*.py")]
    read = [file for file in files if OF_ONE_LANGUAGE.isdisjoint(file.parents)]
    found = {str(file.relative_to(ROOT)): list(names_of_languages(file.read_text("utf-8"))) for file in read}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("line", ['x.spoken("id")', 'language == "id"', 'a or "id"', 'f"id/{a}"', 'x = ("id", "en")'])
def test_what_names_a_language_is_seen(line: str) -> None:
    assert list(names_of_languages(line)) != []
