"""Makes the spelling of a chat even, to the letter as the language model's own Python does it. Pure.

The twin is `nlu/components/spelling.py`; `tests/spelling.json` holds both to it. Nothing here depends on which
Unicode a Python knows: signs are made plain one by one as Unicode 3.2 does it, and only Latin letters and the ten
digits make words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_LETTER = "a-z\u00df-\u00f6\u00f8-\u00ff\u0100-\u024f"
_SIGN = f"{_LETTER}0-9"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_FOREIGN = re.compile("[^\\x00-\u024f\u0300-\u036f\u2018\u2019\u02bc\\s]")
"""What is neither Latin, nor an accent, nor an apostrophe."""
_NOT_WORDS = re.compile(
    rf"""
    \[[a-z_ ]{{2,20}}[0-9]{{0,3}}\]   # a masked name or number: [NAMA], [PHONE_1]
    | (?:https?://|www\.)\S{{1,500}}
    | [{_SIGN}_.+-]{{1,64}}@[{_SIGN}_][{_SIGN}_.-]{{1,250}}
    """,
    re.VERBOSE,
)
_MAY_BE_NO_WORD = re.compile(r"[\[@]|http|www\.")
_APOSTROPHE_IN_WORD = re.compile(f"(?<=[{_SIGN}])['`\u2018\u2019\u02bc](?=[{_SIGN}])")
_WORD = re.compile(f"[{_SIGN}]+")
_STRETCHED = re.compile(rf"([{_LETTER}])\1{{2,}}")
_DOUBLED = re.compile(f"([{_LETTER}]{{3,}})2([{_LETTER}]{{0,3}})")
_LONGEST_NUMBER = 3
"""Digits of the longest number that is kept: 112 says something, a telephone number or NIK says only who."""
_WORDS_REMEMBERED = 20_000


class Spelling:
    """How everyday words are written out; it comes with the model."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Take the table.

        Args:
            words: chat spelling to written-out spelling, both lower case; the latter may be several words.
        """
        self._table = words
        self._written_out = lru_cache(_WORDS_REMEMBERED)(self._write_out)

    def words(self, text: str) -> list[str]:
        """The words of a text in lower case and even spelling; may be none."""
        even = _plain(text).lower()
        if _MAY_BE_NO_WORD.search(even):
            even = _NOT_WORDS.sub(" ", even)
        even = _APOSTROPHE_IN_WORD.sub("", even)
        return " ".join(map(self._written_out, _WORD.findall(even))).split()

    def _write_out(self, word: str) -> str:
        if word.isdigit():
            return word if len(word) <= _LONGEST_NUMBER else ""
        word = _STRETCHED.sub(r"\1", word)
        if known := self._table.get(word):
            return known
        if doubled := _DOUBLED.fullmatch(word):
            stem = self._table.get(doubled[1], doubled[1])
            return f"{stem} {stem}{doubled[2]}"
        return word


def _plain(text: str) -> str:
    """Full-width, bold and joined signs as plain ones, accents joined to their letters, foreign scripts gone."""
    if text.isascii():
        return text
    old = unicodedata.ucd_3_2_0
    plain = _BEYOND_ASCII.sub(lambda sign: old.normalize("NFKC", sign[0]), text)
    return unicodedata.normalize("NFC", _FOREIGN.sub("\ufffd", plain))
