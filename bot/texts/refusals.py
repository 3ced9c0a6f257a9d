"""Why a regency's file cannot stand, in the language of whoever reads: the files say it in English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from actions.regency.declaration import Phrase

FOLDER = Path(__file__).parent


def in_language(words: Phrase, language: str) -> str:
    """These words in a language; in English where it has none for them."""
    form = forms(language).get(words.form, words.form)
    parts = {name: in_language(part, language) if isinstance(part, Phrase) else part for name, part in words.parts}
    return form.format_map(parts)


@lru_cache
def forms(language: str) -> Mapping[str, str]:
    """By its English form, every phrase of `refusals.<language>.toml`; none where there is no such file."""
    file = FOLDER / f"refusals.{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
