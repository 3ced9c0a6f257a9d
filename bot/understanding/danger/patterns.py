"""What patterns find of danger now, and of bribery and violence: signs that the model of risks weighs. Pure.

What was, what is feared and what is asked about is no danger now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding import words

_EVENT = words.pattern("emergency", "danger.event")
_ILLNESS = words.pattern("emergency", "danger.illness")
_LASTING = words.pattern("emergency", "danger.lasting")
_OVER = words.pattern("emergency", "calm.past", "calm.habit")
_ENDED = words.pattern("emergency", "calm.ended")
_THOUGHT = words.pattern("emergency", "calm.thought")
_INSIDE = words.pattern("emergency", "calm.inside")
_QUESTION = words.pattern("emergency", "calm.question")
_OTHER = words.pattern("emergency", "calm.other")
_NOW = words.pattern("emergency", "now.words")
_HELP = words.pattern("emergency", "now.help", "now.words")
_MATTERS = words.pattern("sensitive", "bribery.matter", "abuse.matter", "violence.matter")
_HARMLESS = words.pattern("sensitive", "not.matter")
_GROUPS = {
    "event": _EVENT,
    "illness": _ILLNESS,
    "lasting": _LASTING,
    "over": _OVER,
    "ended": _ENDED,
    "thought": _THOUGHT,
    "inside": _INSIDE,
    "question": _QUESTION,
    "other": _OTHER,
    "now": _NOW,
    "help": _HELP,
    "money": words.pattern("sensitive", "bribery.matter", "abuse.matter"),
    "violence": words.pattern("sensitive", "violence.matter"),
    "harmless": _HARMLESS,
}
_MISSING_CHILD = words.pattern("emergency", "certain.missing_child")
_SENTENCE = re.compile(r"[^.!?\n;]+[.!?\n;]*")
_PART_END = re.compile(r",|\b(?:tapi|namun|dan|sekarang|padahal|but)\b")
_CRY_WORDS = 12
_STORY_WORDS = 60


def tells_of_missing_child(plain: str) -> bool:
    """Whether a normalised message tells that a child is missing now; not its card, nor long ago, nor a question."""
    return any(
        _MISSING_CHILD.search(sentence)
        and not (_OVER.search(sentence) and not _NOW.search(sentence))
        and "?" not in sentence
        for sentence in _SENTENCE.findall(plain)
    )


def signs_of_risk(plain: str) -> Iterator[str]:
    """What patterns find in a normalised message: "danger", "sensitive", and what each group of them finds alone."""
    length = len(plain.split())
    if any(_is_danger(match.group(), length) for match in _SENTENCE.finditer(plain)):
        yield "danger"
    if _MATTERS.search(_HARMLESS.sub(" … ", plain)):
        yield "sensitive"
    yield from (name for name, pattern in _GROUPS.items() if pattern.search(plain))


def _is_danger(sentence: str, message_words: int) -> bool:
    """Whether a sentence of a message of so many words tells of danger now.

    Who is in danger writes little: in a long story an event counts only beside a cry for help or a word of now.
    """
    if _OTHER.search(sentence):
        return False
    if not _ENDED.search(sentence) and _is_real(_LASTING, sentence):
        return True
    if _OVER.search(sentence) and not _NOW.search(sentence):
        return False
    cries = _HELP.search(sentence) is not None
    if (cries or message_words <= _CRY_WORDS) and _is_real(_ILLNESS, sentence):
        return True
    return (cries or message_words <= _STORY_WORDS) and _is_real(_EVENT, sentence)


def _is_real(danger: re.Pattern[str], sentence: str) -> bool:
    return any(
        not _is_imagined(sentence, match.start()) and not _INSIDE.search(match.group())
        for match in danger.finditer(sentence)
    )


def _is_imagined(sentence: str, danger: int) -> bool:
    """Whether the danger is only feared or asked about: such words stand before it in its part of the sentence."""
    start = max((match.end() for match in _PART_END.finditer(sentence, 0, danger)), default=0)
    if _THOUGHT.search(sentence, start, danger):
        return True
    return _QUESTION.search(sentence, start, danger) is not None and not _NOW.search(sentence)
