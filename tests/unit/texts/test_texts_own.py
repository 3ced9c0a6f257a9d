"""What a regency says in its own words: read, laid over the project's, and refused with line and mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from actions.regency.declaration import WrongDeclaration
from bot.conversation.screen import Line
from bot.main.assembly import DEFAULTS
from bot.texts.own import own_file, project_source, project_text, read_own_texts
from bot.texts.source import read_source, with_message
from bot.texts.words import Texts
from tests.talks.text_uses import LANGUAGES
from tests.talks.world import declared


def meaning(text: str, key: str) -> ast.BaseNode:
    """The value of a message as Fluent reads it, without where it stands."""
    body = FluentParser(with_spans=False).parse(text).body
    [value] = [entry.value for entry in body if isinstance(entry, ast.Message) and entry.id.name == key]
    assert value is not None
    return value


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_is_written_anew_means_the_same(language: str) -> None:
    text = project_text(language)
    for message in read_source(text).messages:
        again = with_message("", message.key, message.words)
        assert meaning(again, message.key).equals(meaning(f"{text[message.first : message.last]}\n", message.key))


def test_a_text_is_changed_added_and_taken_out_and_the_rest_stays() -> None:
    text = "# Ours\nthanks = Sama-sama.\n\n# Theirs\ngoodbye =\n    Dah.\n"
    changed = with_message(text, "thanks", "Terima kasih.\nSalam.")
    assert changed == "# Ours\nthanks =\n    Terima kasih.\n    Salam.\n\n# Theirs\ngoodbye =\n    Dah.\n"
    assert with_message(text, "deny", "Baik.") == f"{text}deny =\n    Baik.\n"
    assert with_message(text, "goodbye", " ") == "# Ours\nthanks = Sama-sama.\n\n# Theirs\n"
    assert with_message("# Ours", "deny", "Baik.") == "# Ours\ndeny =\n    Baik.\n"


def test_whatever_is_typed_stays_one_text() -> None:
    [only] = read_source(with_message("", "thanks", "Sama-sama.\n\ntanks = Tabea\n# Ya\n-kata = x")).messages
    assert (only.key, only.words) == ("thanks", "Sama-sama.\n\ntanks = Tabea\n# Ya\n-kata = x")


def own(folder: Path, text: str) -> dict[str, str]:
    (folder / own_file("id")).write_text(text, "utf-8")
    return dict(read_own_texts(folder, DEFAULTS, LANGUAGES))


@pytest.mark.thorough
def test_the_regencys_words_are_said_and_all_others_are_the_projects(tmp_path: Path) -> None:
    around = declared()
    theirs = own(tmp_path, "thanks =\n    Tabea!\naccount-tied = { $name } sudah masuk.\n")
    texts = Texts(theirs, around.texts._declared, around.regency.time_zone)
    assert texts.say("id", Line("thanks")) == "Tabea!"
    assert texts.say("id", Line("account-tied", (("name", "Vera"),))) == "Vera sudah masuk."
    for language, key in (("id", "deny"), ("en", "thanks")):
        assert texts.say(language, Line(key)) == around.texts.say(language, Line(key))
    assert texts.keys("id") == around.texts.keys("id")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("thanks = Tabea\ntanks = Tabea\n", 2, "no text is called 'tanks'"),
        ("# one\n\nthanks = a\nthanks = b\n", 4, "'thanks' is written twice"),
        ("account-tied = Halo { $nama }\n", 1, "'account-tied' does not name what it has to"),
        ("account-tied = Halo\n", 1, "'account-tied' does not name what it has to"),
        ("thanks = { $name }\n", 1, "'thanks' does not name what it has to"),
        ("thanks = { deny }\n", 1, "'thanks' has no words, or needs another text"),
        ("thanks =\n    .attribute = x\n", 1, "'thanks' has no words, or needs another text"),
        ('thanks = { "" }\n', 1, "'thanks' cannot be put into words"),
        ("account-tied = { NUMBER($name) }\n", 1, "'account-tied' has no words, or needs another text"),
        ("thanks = { $name\n", 1, "this is no text with a name"),
        ("-term = x\n", 1, "this is no text with a name"),
        ("Halo semua\n", 1, "this is no text with a name"),
        (f"thanks = {'a' * 1501}\n", 1, "'thanks' is too long"),
        (f"button-send = {'a' * 41}\n", 1, "'button-send' is too long"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(WrongDeclaration) as refused:
        own(tmp_path, text)
    assert (refused.value.line, str(refused.value.what)) == (line, what)


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_project_says_a_regency_may_say_too(tmp_path: Path, language: str) -> None:
    (tmp_path / own_file(language)).write_text(project_text(language), "utf-8")
    assert read_own_texts(tmp_path, DEFAULTS, LANGUAGES)[language] == project_text(language)
    assert project_source(language).unreadable == ()


def test_the_projects_own_folder_words_nothing_otherwise() -> None:
    theirs = read_own_texts(DEFAULTS, DEFAULTS, LANGUAGES)
    assert [read_source(text).messages for text in theirs.values()] == [()] * len(LANGUAGES)
