"""Where the name of a road or a landmark ends in free words. Pure."""

from __future__ import annotations

from bot.understanding import words
from bot.understanding.place.reading import TokenisedText

_STOP = words.lists("places", "stop")
_ENDS = frozenset(_STOP["words"]) | frozenset(_STOP["nouns"])
_NAMES_LIKE_VERBS = frozenset(_STOP["names"])
_VERBLIKE = ("ber", "ter", "men", "mem", "di")
_LONG = 6
_UNITS = frozenset(_STOP["units"])
_MOST_DIGITS = 3


def is_end(reading: TokenisedText, index: int) -> bool:
    """Whether the word at `index` cannot be part of a name: a word of plain speech, a verb, or "…nya"."""
    word = reading.plain[index]
    if word in _ENDS:
        return True
    if len(word) < _LONG or word in _NAMES_LIKE_VERBS or reading.is_capital(index):
        return False
    return word.startswith(_VERBLIKE) or word.endswith("nya")


def is_ordinal(reading: TokenisedText, index: int) -> bool:
    """Whether the number at `index` belongs to the name before it, not to a span of time or a count after it."""
    return len(reading.tokens[index].raw) <= _MOST_DIGITS and reading.word(index + 1) not in _UNITS


def joins(reading: TokenisedText, index: int) -> bool:
    """Whether the sign at `index` ties two parts of a name: "Al-Ikhlas", "Petung - Sotek", "A. Yani"."""
    following = index + 1
    if not index or following >= len(reading.tokens) or not reading.tokens[following].is_word:
        return False
    token, before = reading.tokens[index], reading.tokens[index - 1]
    if token.raw in "-'’/":  # noqa: RUF001
        return token.glued and reading.tokens[following].glued
    return token.raw == "." and token.glued and len(before.raw) <= 2 and before.is_word  # noqa: PLR2004
