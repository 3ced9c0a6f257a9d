"""What a regency says in other words than the project: `texts.<language>.ftl` in its folder, over the project's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from fluent.runtime import FluentBundle, FluentResource

from actions.regency.declaration import Phrase, WrongDeclaration, phrase, read_text
from actions.regency.files import found
from bot.texts.source import Message, Source, read_source, with_message

FOLDER: Final = Path(__file__).parent
LONGEST: Final = 1_500
"""Letters; a message of Telegram has 4,096, and is made of several."""
LONGEST_BUTTON: Final = 40
BUTTON: Final = "button-"
ANY_NUMBER: Final = 2


type Refusal = tuple[Phrase, Phrase]
"""What is wrong, and what to do about it."""


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
        mend = phrase("look at its braces, write name = words, and begin each further line with four blanks")
        raise WrongDeclaration(file, _line(text, place), phrase("this is no text with a name"), mend)
    seen = set[str]()
    for message in source.messages:
        if wrong := _wrong(message, language, seen):
            raise WrongDeclaration(file, _line(text, message.first), *wrong)
        seen.add(message.key)
    return text


def _wrong(message: Message, language: str, seen: set[str]) -> Refusal | None:
    """Why a message cannot stand."""
    key, known = message.key, project_source(language).by_key().get(message.key)
    longest = LONGEST_BUTTON if key.startswith(BUTTON) else LONGEST
    if known is None:
        mend = phrase("take a name from {file}", file=f"bot/texts/{language}.ftl")
        return phrase("no text is called '{key}'", key=key), mend
    if key in seen:
        return phrase("'{key}' is written twice", key=key), phrase("keep one of them")
    if not message.is_plain:
        return phrase("'{key}' has no words, or needs another text", key=key), phrase("write words alone")
    if message.names != known.names:
        return phrase("'{key}' does not name what it has to", key=key), _naming(known.names)
    if len(message.words) > longest:
        return phrase("'{key}' is too long", key=key), phrase("write at most {most} letters", most=longest)
    if not _can_be_said(message, language):
        return phrase("'{key}' cannot be put into words", key=key), phrase("look at its braces")
    return None


def _naming(names: Collection[str]) -> Phrase:
    if not names:
        return phrase("name nothing in braces")
    return phrase("name {names}, and nothing else", names=", ".join(f"{{ ${name} }}" for name in sorted(names)))


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
