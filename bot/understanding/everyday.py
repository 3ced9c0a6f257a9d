"""Which words are of everyday language, also inflected or typed in haste: no unlisted name is one. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from lokal.samaran.detectors import _NOT_NAME, _TITLE_WORDS

from bot.understanding.words import lines_of, lists

_INFLECTED = re.compile(
    r"(?:me(?:m|n|ng|ny)?|ber|di|ter|pe(?:m|n|ng|ny)?|se|ke|nge?)(?P<stem>[a-z]{3,}?)(?:kan|an|i|nya)?|"
    r"(?P<base>[a-z]{3,})(?:nya|kan|lah|kah|an)"
)
_ACTIVE = re.compile(r"(?:meng|meny|mem|men)[a-z]{4,}|[a-z]{3,}kan")
_VOWELS = frozenset("aiueo")
_FEWEST_CONSONANTS = 3
"""With two any short name is some word ("Eri", "area"), unless it begins with both ("dri")."""
_SURE_CONSONANTS = 4
"""With so many alike a vowel too many does not matter, either ("bantuaan")."""


@cache
def ordinary() -> frozenset[str]:
    """The words of everyday language that no name is taken for."""
    return frozenset(lines_of("ordinary"))


@cache
def _typed() -> frozenset[str]:
    """Everyday words, as they are typed on a phone too, and what people are addressed by."""
    slang = lists("slang")
    return ordinary() | _TITLE_WORDS | _NOT_NAME | slang.keys() | {form for forms in slang.values() for form in forms}


def is_everyday(bare: str) -> bool:
    """Whether a word in small letters is one of everyday language, or one that was changed or typed in haste."""
    return bare in _typed() or _is_inflected(bare) or _is_hasty(bare)


def _is_inflected(bare: str) -> bool:
    """Whether it is an everyday word with what is put before and behind one ("menabrak", "lampunya")."""
    found = _INFLECTED.fullmatch(bare)
    stems = {found["stem"], found["base"]} if found else set()
    return _ACTIVE.fullmatch(bare) is not None or not stems.isdisjoint(ordinary())


def _is_hasty(bare: str) -> bool:
    """Whether it is an everyday word with vowels left out ("mhon", "tlong") or, a long one, put in ("pelayaanan")."""
    consonants = _consonants(bare)
    if len(consonants) < _FEWEST_CONSONANTS and not bare.startswith(consonants):
        return False
    alike = _by_consonants().get(consonants, ())
    if len(consonants) >= _SURE_CONSONANTS and any(_holds(bare, word) for word in alike):
        return True
    return any(_holds(word, bare) for word in alike)


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in _VOWELS)


def _holds(word: str, shorter: str) -> bool:
    """Whether the letters of the shorter stand in the word, in their order."""
    letters = iter(word)
    return all(letter in letters for letter in shorter)


@cache
def _by_consonants() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for word in _typed():
        found.setdefault(_consonants(word), []).append(word)
    return found
