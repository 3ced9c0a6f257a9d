"""A message as the place rules read it: its tokens, each in plain spelling, and whether capitals mean anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding import words
from bot.understanding.normalise import Token, plain, tokens

_SENTENCE_ENDS = frozenset(".!?:;•-")
_SHOUTING_SHARE = 0.5
_SHORT = words.inverted(words.lists("places", "short"))
_DOUBLE = re.compile(r"(.)\1+")


_GLUED = frozenset(
    word
    for section, name in (
        ("landmarks", "relation"),
        ("roads", "intro"),
        ("signs", "village"),
        ("signs", "district"),
    )
    for word in words.lists("places", section)[name]
) | frozenset({"daerah", "wilayah", "kawasan", "sekitar", "area"})


def _split(word: str) -> str:
    """The word without a "di" that was typed onto it: "dibelakang", "dijalan"."""
    return word[2:] if word.startswith("di") and word[2:] in _GLUED else word


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """A word without what people spell in two ways: "mulya" and "mulia", "babuluh" and "babulu"."""
    return _DOUBLE.sub(r"\1", word.replace("y", "i").replace("oe", "u").replace("dj", "j")).removesuffix("h") or word


@dataclass(frozen=True, slots=True)
class TokenisedText:
    """A message, token by token.

    Attributes:
        tokens: as `normalise.tokens` finds them. `plain`: the same in plain spelling, place by place.
        skeletons: the plain words without what is spelt in two ways; signs and numbers as they are.
        cased: capitals mark names here: the message is neither all capitals nor Mostly Capitalised.
        text: the message.
    """

    text: str
    tokens: tuple[Token, ...]
    plain: tuple[str, ...]
    skeletons: tuple[str, ...]
    cased: bool

    @classmethod
    def of(cls, text: str) -> TokenisedText:
        """Read a message."""
        found = tokens(text)
        long = [token.raw for token in found if token.is_word and len(token.raw) > 2]  # noqa: PLR2004
        capitals = sum(1 for word in long if word[0].isupper())
        cased = capitals <= _SHOUTING_SHARE * len(long)
        spoken = tuple(_split(plain(token.word)) for token in found)
        return cls(text, found, spoken, tuple(skeleton(_SHORT.get(word, word)) for word in spoken), cased)

    def word(self, index: int) -> str:
        """The plain word at `index`; empty outside the message."""
        return self.plain[index] if 0 <= index < len(self.plain) else ""

    def same_line_before(self, index: int) -> int:
        """Index of the word before `index`, dots and colons jumped over; -1 when there is none."""
        index -= 1
        while index >= 0 and self.tokens[index].raw in ".:":
            index -= 1
        return index

    def opens_line(self, index: int) -> bool:
        """Whether the token at `index` is the first of a line, where no name goes on."""
        start, end = (self.tokens[index - 1].end, self.tokens[index].start) if 0 < index < len(self.tokens) else (0, 0)
        return index == 0 or "\n" in self.text[start:end]

    def opens_sentence(self, index: int) -> bool:
        """Whether the token at `index` is the first of a sentence, where everyone writes a capital."""
        return self.opens_line(index) or self.tokens[index - 1].raw in _SENTENCE_ENDS

    def is_capital(self, index: int) -> bool:
        """Whether the word at `index` has a capital that marks it as a name."""
        if not self.cased or index >= len(self.tokens):
            return False
        return self.tokens[index].raw[0].isupper() and not self.opens_sentence(index)
