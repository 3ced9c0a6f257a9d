"""Whether words say something of their case, or are one of the sentences that are written under every case. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Templates:
    """What says nothing (data/templates.toml).

    Attributes:
        phrases: sentences, in small letters and without punctuation.
        fillers: words of politeness and of filling.
        own_words: how many other words a note needs.
    """

    phrases: tuple[str, ...] = ()
    fillers: Collection[str] = frozenset()
    own_words: int = 1


def is_bare(words: str, templates: Templates) -> bool:
    """Whether nothing but templates, politeness and filling is there."""
    said = f" {' '.join(_WORD.findall(words.lower()))} "
    for phrase in sorted(templates.phrases, key=len, reverse=True):
        said = said.replace(f" {phrase} ", "  ")
    own = {word for word in said.split() if word not in templates.fillers}
    return len(own) < templates.own_words
