"""What stands before the first of several matters and tells nothing: "permisi bu, saya mau lapor dua hal: …". Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.understanding.cues import is_filler
from bot.understanding.matters.cuts import counts

_FEWEST_WORDS = 3
_ENDS_A_CLAUSE = re.compile(r"[,.:;!\n]|\s-+\s")
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = frozenset("pak bu bapak ibu min admin kak bang mas mbak nih ni ya yaitu yakni".split())  # noqa: SIM905
_ADDRESSED = frozenset("camat lurah kades bupati sekdes operator petugas teman om tante paman acil".split())  # noqa: SIM905
"""Whom a greeting may name: "selamat pagi pak camat, …"."""


def without_announcement(text: str) -> str:
    """The text without greetings, and without words that only say that something, or how much of it, will be told.

    Whole clauses go, or all up to the number of matters; where hardly a word would be left, nothing does.
    """
    told = text[_end_of_announcement(text) :]
    return told if len(told.split()) >= _FEWEST_WORDS else text


def _end_of_announcement(text: str) -> int:
    end, had_counted = 0, False
    for word, following in pairwise(_WORD.finditer(text)):
        if not is_filler(word[0]) and word[0].casefold() not in _ADDRESSED:
            break
        has_counted = counts(text[: word.end()])
        is_at_count = has_counted and (not had_counted or word[0].casefold() in _ADDRESS)
        if is_at_count or _ENDS_A_CLAUSE.search(text, word.end(), following.start()):
            end = following.start()
        had_counted = has_counted
    return end
