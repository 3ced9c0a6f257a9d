"""What a regency says in other words than the project: `texts.<language>.ftl` in its folder, over the project's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from fluent.runtime import FluentBundle, FluentResource

from actions.regency.declaration import WrongDeclaration, read_text
from actions.regency.files import found
from bot.texts.source import Message, Source, read_source, with_message

FOLDER: Final = Path(__file__).parent
LONGEST: Final = 1_500
"""Letters; a message of Telegram has 4,096, and is made of several."""
LONGEST_BUTTON: Final = 40
BUTTON: Final = "button-"
ANY_NUMBER: Final = 2


class Why(StrEnum):
    """What is wrong with a text of a regency."""

    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    TWICE = "twice"
    NOT_PLAIN = "not_plain"
    NAMES = "names"
    LONG = "long"
    UNSAID = "unsaid"


class WrongText(WrongDeclaration):
    """A text that cannot be said.

    Attributes:
        why: what is wrong.
        key: of the text; "" where it has none.
        wanted: for `NAMES` what it has to name, "" for nothing; for `LONG` how many letters it may have; for `UNKNOWN`
            the file with those that there are.
    """

    def __init__(self, file: Path, line: int, why: Why, key: str, wanted: str) -> None:
        """Word it as every other declaration that cannot stand."""
        self.why, self.key, self.wanted = why, key, wanted
        what, mend = _in_words(why, key, wanted)
        super().__init__(file, line, what, mend)


def _in_words(why: Why, key: str, wanted: str) -> tuple[str, str]:
    match why:
        case Why.UNREADABLE:
            return "this is no text with a name", "write name = words, and begin each further line with four blanks"
        case Why.UNKNOWN:
            return f"no text is called '{key}'", f"take a name from {wanted}"
        case Why.TWICE:
            return f"'{key}' is written twice", "keep one of them"
        case Why.NOT_PLAIN:
            return f"'{key}' has no words, or needs another text", "write words alone"
        case Why.NAMES:
            mend = f"name {wanted}, and nothing else" if wanted else "name nothing in braces"
            return f"'{key}' does not name what it has to", mend
        case Why.LONG:
            return f"'{key}' is too long", f"write at most {wanted} letters"
        case Why.UNSAID:
            return f"'{key}' cannot be put into words", "look at its braces"


@lru_cache
def project_text(language: str) -> str:
    """The project's own text file.

    Raises:
        FileNotFoundError: it has none of this language.
    """
    return (FOLDER / f"{language}.ftl").read_text(encoding="utf-8")


@lru_cache
def project_source(language: str) -> Source:
    """The same, message by message; takes 0.1 s the first time."""
    return read_source(project_text(language))


def own_file(language: str) -> str:
    """What the regency's file is called."""
    return f"texts.{language}.ftl"


def read_own_texts(config_dir: Path, defaults_dir: Path, languages: Sequence[str]) -> Mapping[str, str]:
    """The regency's own texts by language.

    Raises:
        WrongDeclaration: the first thing in them that cannot stand.
    """
    return {language: _read(found(own_file(language), config_dir, defaults_dir), language) for language in languages}


def _read(file: Path, language: str) -> str:
    if not file.exists():
        return ""
    text = read_text(file)
    source = read_source(text)
    for place in source.unreadable:
        raise WrongText(file, _line(text, place), Why.UNREADABLE, "", "")
    seen = set[str]()
    for message in source.messages:
        if wrong := _wrong(message, language, seen):
            raise WrongText(file, _line(text, message.first), *wrong)
        seen.add(message.key)
    return text


def _wrong(message: Message, language: str, seen: set[str]) -> tuple[Why, str, str] | None:
    """Why a message cannot stand, its name, and what it should have instead."""
    key, known = message.key, project_source(language).by_key().get(message.key)
    longest = LONGEST_BUTTON if key.startswith(BUTTON) else LONGEST
    if known is None:
        return Why.UNKNOWN, key, f"bot/texts/{language}.ftl"
    if key in seen:
        return Why.TWICE, key, ""
    if not message.is_plain:
        return Why.NOT_PLAIN, key, ""
    if message.names != known.names:
        return Why.NAMES, key, ", ".join(f"{{ ${name} }}" for name in sorted(known.names))
    if len(message.words) > longest:
        return Why.LONG, key, str(longest)
    return None if _can_be_said(message, language) else (Why.UNSAID, key, "")


def _can_be_said(message: Message, language: str) -> bool:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(with_message("", message.key, message.words)))
    pattern = bundle.get_message(message.key).value if bundle.has_message(message.key) else None
    if pattern is None:
        return False
    words, errors = bundle.format_pattern(pattern, dict.fromkeys(message.names, ANY_NUMBER))
    return not errors and bool(str(words).strip())


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
