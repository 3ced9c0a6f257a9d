"""Whether a message speaks of danger now, or accuses whom its case would go to. Pure; rules and examples.

It is better to show a hotline once too often than once too seldom, so a doubtful danger counts; what was, what
is feared and what is asked about does not. Patterns find what they name; examples find the rest.

Pure. Such a case is offered as secret and held by the inspectorate or the designated body (docs/cases.md, routing 2).
Patterns find what they name; examples find the rest.
"""

from __future__ import annotations

import re
from functools import cache

from bot.understanding import words
from bot.understanding.danger.resemblance import Resemblance
from bot.understanding.normalise import normalise

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
_SENTENCE = re.compile(r"[^.!?\n;]+[.!?\n;]*")
_PART_END = re.compile(r",|\b(?:tapi|namun|dan|sekarang|padahal|but)\b")
_CRY_WORDS = 12
_STORY_WORDS = 60
_LEAST = (3.0, -0.25)
"""From which resemblance on a message counts as one of danger; tests/unit/understanding says what that finds."""


def is_emergency(text: str) -> bool:
    """Whether someone is in danger now: fire, a live wire, rising water, violence, injury, gas, a weapon."""
    plain = normalise(text)
    length = len(plain.split())
    return any(_is_danger(match.group(), length) for match in _SENTENCE.finditer(plain)) or likeness().holds(plain)


@cache
def likeness() -> Resemblance:
    """What the examples of danger have in common."""
    examples = words.lists("emergency_examples")
    ordinary = words.lists("ordinary_examples")["ordinary"]
    return Resemblance.learned(examples["danger"], examples["calm"], ordinary, _LEAST)


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


_MATTERS = words.pattern("sensitive", "bribery.matter", "abuse.matter", "violence.matter")
_HARMLESS = words.pattern("sensitive", "not.matter")
_KINDS = ("money", "harm")
_SENSITIVITY_LEAST = (6.0, 0.25)
"""From which resemblance on a message counts as sensitive."""


def is_sensitive(text: str) -> bool:
    """Whether the message speaks of bribery, corruption, sexual violence or violence at home or against a child."""
    plain = _HARMLESS.sub(" … ", normalise(text))
    return _MATTERS.search(plain) is not None or any(kind.holds(plain) for kind in likenesses())


@cache
def likenesses() -> tuple[Resemblance, ...]:
    """What the examples of each kind have in common."""
    examples = words.lists("sensitive_examples")
    ordinary = words.lists("ordinary_examples")["ordinary"]
    return tuple(Resemblance.learned(examples[kind], examples["open"], ordinary, _SENSITIVITY_LEAST) for kind in _KINDS)


def learn_examples() -> None:
    """Learn them now; else the first message waits a few tenths of a second for it, and everybody with it."""
    likeness()
    likenesses()
