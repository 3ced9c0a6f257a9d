"""The sentences of a regency, one by one: its own texts over the project's, and its answers to questions. Pure."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.texts.own import own_file, project_source
from bot.texts.source import read_source, with_message
from bot.web.desk.settings.edit import EditConflict, typed_lines

LANGUAGES: Final = ("id", "en")
TEXTS: Final = {own_file(language): language for language in LANGUAGES}
ANSWERS: Final = tuple(f"faq/{language}.toml" for language in LANGUAGES)
WORDINGS: Final = (*TEXTS, *ANSWERS)
"""The files whose sentences are changed one by one."""
MOST_SHOWN: Final = 40
LONGEST_SOUGHT, LONGEST_WORDS = 80, 4_000
_TABLE = re.compile(r"^\s*\[\[answer\]\]\s*(#.*)?$")
_KEY = re.compile(r'^\s*key\s*=\s*"([^"\\]*)"')
_ANSWER = re.compile(r'^(\s*answer\s*=\s*)("(?:[^"\\]|\\.)*")(\s*(?:#.*)?)$')


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is said now. `project`: what the project says instead; None where the regency's is the only."""

    key: str
    words: str
    project: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether the regency says it in words of its own."""
        return self.project is not None and self.words != self.project


def wordings_of(name: str, text: str) -> list[Sentence]:
    """The sentences of a file, in its order, as they are said with this text in it."""
    if language := TEXTS.get(name):
        own = read_source(text).by_key()
        known = project_source(language).messages
        return [Sentence(each.key, own.get(each.key, each).words, each.words) for each in known]
    return [Sentence(key, words) for key, words, _ in _answers(text)]


def with_wording(name: str, text: str, key: str, words: str) -> str:
    """The file with other words for a sentence; "" and the project's own words take a text out of the regency's file.

    Raises:
        CannotEdit: there is no such sentence.
    """
    wanted = typed_lines(words).strip()[:LONGEST_WORDS]
    known = {each.key: each for each in wordings_of(name, text)}.get(key)
    if known is None:
        raise EditConflict(key)
    if name in TEXTS:
        return with_message(text, key, "" if wanted == known.project else wanted)
    [line] = [line for found, _, line in _answers(text) if found == key][:1]
    lines = text.splitlines(keepends=True)
    body = lines[line].rstrip("\r\n")
    quoted = json.dumps(_without_controls(wanted), ensure_ascii=False)
    lines[line] = _ANSWER.sub(lambda found: f"{found[1]}{quoted}{found[3]}", body) + lines[line][len(body) :]
    return "".join(lines)


def sought_wordings(wordings: Sequence[Sentence], words: str) -> list[Sentence]:
    """Those in whose name or words all of these stand; without any, those that the regency words itself."""
    wanted = words.casefold()[:LONGEST_SOUGHT].split()
    if not wanted:
        return [each for each in wordings if each.is_own or each.project is None]
    return [each for each in wordings if all(one in f"{each.key} {each.words}".casefold() for one in wanted)]


def shown_wordings(name: str, text: str, sought: str, key: str, typed: str | None) -> Mapping[str, object]:
    """What the page shows of them.

    Args:
        name: the file.
        text: as it stands, or as it would be.
        sought: words that are sought.
        key: the sentence that is being changed; "" for none.
        typed: what was typed for it.
    """
    if name not in WORDINGS:
        return {"wordings": None}
    every = wordings_of(name, text)
    found = sought_wordings(every, sought)
    chosen = next((each for each in every if each.key == key), None)
    return {
        "wordings": found[:MOST_SHOWN],
        "more": len(found) > MOST_SHOWN,
        "sought": sought,
        "wording": chosen,
        "typed": typed if typed is not None else chosen.words if chosen else "",
    }


def _answers(text: str) -> list[tuple[str, str, int]]:
    """Name, words and line from 0 of every answer that stands on a line of its own."""
    found, key = list[tuple[str, str, int]](), ""
    for line, words in enumerate(text.splitlines()):
        if _TABLE.match(words):
            key = ""
        elif named := _KEY.match(words):
            key = named[1]
        elif key and (answer := _ANSWER.match(words)):
            found.append((key, _unquoted(answer[2]), line))
    return found


def _unquoted(quoted: str) -> str:
    try:
        return str(tomllib.loads(f"words = {quoted}")["words"])
    except tomllib.TOMLDecodeError:
        return quoted


def _without_controls(words: str) -> str:
    return "".join(letter for letter in words if letter == "\n" or letter.isprintable())
