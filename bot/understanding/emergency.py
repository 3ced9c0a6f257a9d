"""Whether a message speaks of danger now, so that the hotlines are shown before anything else. Pure.

It is better to show a hotline once too often than once too seldom, so a doubtful danger counts; what was, what
is feared and what is asked about does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.understanding import words
from bot.understanding.normalise import normalise


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


_DANGER = words.lists("emergency", "danger")
_CALM = words.lists("emergency", "calm")
_EVENT = _any_of(_DANGER["event"])
_LASTING = _any_of(_DANGER["lasting"])
_OVER = _any_of((*_CALM["past"], *_CALM["habit"]))
_THOUGHT = _any_of(_CALM["thought"])
_QUESTION = _any_of(_CALM["question"])
_OTHER = _any_of(_CALM["other"])
_NOW = _any_of(words.lists("emergency", "now")["words"])
_SENTENCE = re.compile(r"[^.!?\n;]+[.!?\n;]*")
_PART_END = re.compile(r",|\b(?:tapi|namun|dan|sekarang|padahal|but)\b")


def is_emergency(text: str) -> bool:
    """Whether someone is in danger now: fire, a live wire, rising water, violence, injury, gas, a weapon."""
    return any(_is_danger(match.group()) for match in _SENTENCE.finditer(normalise(text)))


def _is_danger(sentence: str) -> bool:
    if _OTHER.search(sentence):
        return False
    if any(not _is_imagined(sentence, match.start()) for match in _LASTING.finditer(sentence)):
        return True
    if _OVER.search(sentence) and not _NOW.search(sentence):
        return False
    return any(not _is_imagined(sentence, match.start()) for match in _EVENT.finditer(sentence))


def _is_imagined(sentence: str, danger: int) -> bool:
    """Whether the danger is only feared or asked about: such words stand before it in its part of the sentence."""
    start = max((match.end() for match in _PART_END.finditer(sentence, 0, danger)), default=0)
    if _THOUGHT.search(sentence, start, danger):
        return True
    return _QUESTION.search(sentence, start, danger) is not None and not _NOW.search(sentence)
