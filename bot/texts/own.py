"""What a regency says in other words than the project: `texts.<language>.ftl` in its folder, over the project's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from fluent.runtime import FluentBundle, FluentResource

from actions.regency.declaration import WrongDeclaration, read_text
from actions.regency.files import found
from bot.texts.source import Message, Source, read_source

FOLDER: Final = Path(__file__).parent
LONGEST: Final = 1_500
"""Letters; a message of Telegram has 4,096, and is made of several."""
LONGEST_BUTTON: Final = 40
BUTTON: Final = "button-"
ANY_NUMBER: Final = 2


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
        mend = "write name = words, and begin each further line with four blanks"
        raise WrongDeclaration(file, _line(text, place), "this is no text with a name", mend)
    seen = set[str]()
    for message in source.messages:
        if wrong := _wrong(message, language, seen):
            raise WrongDeclaration(file, _line(text, message.first), *wrong)
        seen.add(message.key)
    return text


def _wrong(message: Message, language: str, seen: set[str]) -> tuple[str, str] | None:
    """What is wrong with a message, and how to mend it."""
    key, known = message.key, project_source(language).by_key().get(message.key)
    longest = LONGEST_BUTTON if key.startswith(BUTTON) else LONGEST
    if known is None:
        return f"no text is called '{key}'", f"take a name from bot/texts/{language}.ftl"
    if key in seen:
        return f"'{key}' is written twice", "keep one of them"
    if not message.is_plain:
        return f"'{key}' has no words, or needs another text", "write words alone"
    if message.names != known.names:
        return f"'{key}' does not name what it has to", _to_be_named(known.names)
    if len(message.words) > longest:
        return f"'{key}' has {len(message.words)} letters", f"write at most {longest}"
    if not _can_be_said(message, language):
        return f"'{key}' cannot be put into words", "look at its braces"
    return None


def _to_be_named(names: frozenset[str]) -> str:
    wanted = ", ".join(f"{{ ${name} }}" for name in sorted(names))
    return f"name {wanted}, and nothing else" if wanted else "name nothing in braces"


def _can_be_said(message: Message, language: str) -> bool:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(f"{message.key} =\n    {message.words.replace('\n', '\n    ')}\n"))
    pattern = bundle.get_message(message.key).value if bundle.has_message(message.key) else None
    if pattern is None:
        return False
    words, errors = bundle.format_pattern(pattern, dict.fromkeys(message.names, ANY_NUMBER))
    return not errors and bool(str(words).strip())


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
