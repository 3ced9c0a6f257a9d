"""Reads how answers of closed cases are published: after how long, for how many reporters, under which titles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from actions.privacy.publication import PublicationRules
from actions.regency.declaration import phrase
from actions.regency.settings import TomlTable, read_settings


def read_publication(file: Path) -> PublicationRules:
    """The rules of publication.toml.

    Raises:
        WrongDeclaration: a number is missing or below 1, or a list or title holds no words.
    """
    settings = read_settings(file)
    return PublicationRules(
        working_days=settings.positive("working_days"),
        fewest_reporters=settings.positive("fewest_reporters"),
        titles=_titles(settings.table("titles")),
        persons=frozenset(word.casefold() for word in settings.listed("persons")),
        cues=frozenset(word.casefold() for word in settings.listed("cues")),
        ordinary=frozenset(settings.listed("ordinary")),
    )


def _titles(table: TomlTable) -> Mapping[str, str]:
    """Titles by slug; one of a category that this regency has not is of no use, and does no harm."""
    titles = {slug: table.words(slug) for slug in table.values}
    for slug, title in titles.items():
        if len(title) > LONGEST_TITLE or not title.isprintable():
            what = phrase("'{key}' has more than {most} letters", key=slug, most=LONGEST_TITLE)
            raise table.wrong(slug, what, phrase("shorten it wherever it stands"))
    return titles


LONGEST_TITLE = 60
