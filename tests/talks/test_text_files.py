"""The text files are complete: no key is missing, none is left over, and each can be put into words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from actions.cases.case import Location, ReportType, Severity
from actions.cases.routing import route
from bot.conversation.screen import Line, Value
from bot.services.declared_words import ReasonWords
from bot.texts.own import FOLDER
from tests.talks.text_uses import FAMILIES, LANGUAGES, all_uses
from tests.talks.world import TUESDAY, declared

WAYS_TO_COUNT = (1, 5)
SAMPLES: dict[str, Value] = {"date": TUESDAY, "until": TUESDAY, "since": date(2026, 11, 17), "most": 10}
"""What is no word; every other argument is given one."""

uses = cache(all_uses)


def keys(language: str) -> frozenset[str]:
    return declared().texts.keys(language)


def used_keys() -> frozenset[str]:
    return frozenset(use.key for use in uses())


def given_to(key: str) -> Iterator[frozenset[str]]:
    yield from {use.arguments for use in uses() if use.key == key and use.arguments is not None}


class Needs(Visitor):
    """The arguments that a text names."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the visitor's way
        self.names.add(node.id.name)


def needed(language: str) -> dict[str, set[str]]:
    resource = FluentParser().parse((FOLDER / f"{language}.ftl").read_text(encoding="utf-8"))
    found = {}
    for entry in resource.body:
        if isinstance(entry, ast.Message):
            needs = Needs()
            needs.visit(entry)
            found[entry.id.name] = needs.names
    return found


def junk(language: str) -> list[str]:
    resource = FluentParser().parse((FOLDER / f"{language}.ftl").read_text(encoding="utf-8"))
    return [entry.content or "" for entry in resource.body if isinstance(entry, ast.Junk)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_a_text_file_can_be_read(language: str) -> None:
    assert junk(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_written_twice(language: str) -> None:
    resource = FluentParser().parse((FOLDER / f"{language}.ftl").read_text(encoding="utf-8"))
    written = [entry.id.name for entry in resource.body if isinstance(entry, ast.Message)]
    assert sorted(set(written)) == sorted(written)


def test_every_language_of_the_regency_has_texts() -> None:
    assert sorted(declared().regency.languages) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_the_code_uses_has_words(language: str) -> None:
    assert sorted(used_keys() - keys(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_used(language: str) -> None:
    assert sorted(keys(language) - used_keys()) == []


def test_every_family_of_keys_is_still_in_the_code() -> None:
    known = {family for family, some in FAMILIES.items() if some}
    assert sorted(known - {use.family for use in uses()}) == []


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_what_the_code_does_not_give(language: str) -> None:
    needs = needed(language)
    missing = {
        key: sorted(needs[key] - arguments)
        for key in sorted(used_keys())
        for arguments in given_to(key)
        if needs[key] - arguments
    }
    assert missing == {}


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_name_the_same_things(language: str) -> None:
    assert needed(language) == needed(LANGUAGES[0])


@pytest.mark.parametrize("count", WAYS_TO_COUNT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_put_into_words(language: str, count: int) -> None:
    texts, samples = declared().texts, SAMPLES | {"count": count}
    for use in uses():
        if use.arguments is not None:
            given = tuple((name, samples.get(name, f"“{name}”")) for name in sorted(use.arguments))
            assert texts.say(language, Line(use.key, given))


def reasons() -> Iterator[tuple[str, str]]:
    """Key and words of why an agency gets a report, for every kind of report, by the regency's own rules."""
    regency = declared().regency
    in_words = ReasonWords(declared().texts, regency)
    districts = [region.code for region in regency.regions.values() if region.level == "district"]
    places = [
        Location(),
        *(Location(district=code) for code in districts),
        Location(outside="Kota Balikpapan"),
        Location(outside="Kota Surabaya", outside_province=True),
        Location(outside="", outside_province=True),
    ]
    categories = [None, *(leaf.slug for leaf in regency.leaves())]
    for kind, category, place, secret in itertools.product(ReportType, categories, places, (False, True)):
        decision = route(
            regency,
            type=kind,
            category=category,
            location=place,
            severity=Severity.NORMAL,
            sensitive=False,
            secret=secret,
        )
        yield from ((decision.reason.key, in_words(decision, place, language)) for language in LANGUAGES)


def test_every_reason_can_be_put_into_words() -> None:
    said = dict(reasons())
    assert all(said.values())
    assert {"reason-rule", "reason-rule-region", "reason-sensitive", "reason-secret"} <= said.keys()


def test_a_story_of_any_length_can_be_put_into_words() -> None:
    story = "jalan rusak " * 2_000
    assert story.strip() in declared().texts.say("id", Line("card-story", (("story", story.strip()),)))
