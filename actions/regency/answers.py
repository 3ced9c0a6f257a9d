"""Answers that officers may begin with, by category and agency (`answers/templates.toml`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from actions.regency.declaration import phrase
from actions.regency.model import AnswerTemplate
from actions.regency.settings import TomlTable, read_settings

ANSWERS: Final = "answers/templates.toml"
FILLED_IN: Final = ("place", "date", "ticket")
"""What a template may name in braces."""
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


def read_answer_templates(file: Path, leaves: Collection[str], agencies: Collection[str]) -> tuple[AnswerTemplate, ...]:
    """The templates of a file, in its order; none where there is no file.

    Raises:
        WrongDeclaration: a template has no title or words, names a category or agency that there is not, or wants
            something filled in that cannot be.
    """
    if not file.exists():
        return ()
    settings = read_settings(file)
    return tuple(_template(one, leaves, agencies) for one in _tables(settings))


def _tables(settings: TomlTable) -> Iterator[TomlTable]:
    found = settings.values.get("answer", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        what = phrase("'{key}' is no table", key="answer")
        raise settings.wrong("answer", what, phrase("write [[answer]] with title and words"))
    for one in found:
        yield TomlTable(settings.file, settings.text, one)


def _template(one: TomlTable, leaves: Collection[str], agencies: Collection[str]) -> AnswerTemplate:
    words = one.words("words")
    for found in _BRACES.finditer(words):
        if found[1] not in FILLED_IN:
            what = phrase("'{name}' is nothing that is filled in", name=found[1] or found[0])
            raise one.wrong("words", what, phrase("write one of {names} in braces", names=", ".join(FILLED_IN)))
    return AnswerTemplate(
        title=one.words("title"),
        words=words,
        categories=_known(one, "categories", leaves),
        agencies=_known(one, "agencies", agencies),
    )


def _known(one: TomlTable, key: str, known: Collection[str]) -> frozenset[str]:
    listed = one.listed(key) if key in one.values else ()
    if unknown := sorted(set(listed) - set(known)):
        is_category = key == "categories"
        name = unknown[0]
        what = (
            phrase("'{name}' is no category", name=name) if is_category else phrase("'{name}' is no agency", name=name)
        )
        raise one.wrong(key, what, phrase("take it out, or write one that is declared"))
    return frozenset(listed)
