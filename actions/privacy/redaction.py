"""What a moderator lets others than the reporter and her officers read of a case. Pure.

A redaction is a whole: the last one of a case holds, and what it does not name is as it was without any. So the way
back is another redaction. Spans are counted in characters of the words as they are stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

COVER = "███"
"""Stands for whatever is covered: its length tells nothing."""
LONGEST_TITLE = 120
WORDS_OF_A_NAME = 3
"""What is covered in so many words or fewer may be a name: each of its words is one."""
SHORTEST_NAME = 3


class TextSpan(NamedTuple):
    """Characters from `start` up to, and without, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What a moderator has decided on a case.

    Attributes:
        title: what the public reads above it; "" for category and district.
        story: what is covered in the reporter's words wherever others read them.
        answer: number of the event whose words anybody may read; 0 while nobody has let any out.
        answer_covered: what is covered in them.
        suppressed: places of the reporter's files, from 1, that no group of officers hears of.
    """

    title: str = ""
    story: tuple[TextSpan, ...] = ()
    answer: int = 0
    answer_covered: tuple[TextSpan, ...] = ()
    suppressed: frozenset[int] = frozenset()


NOTHING_REDACTED = Redaction()


@dataclass(frozen=True, slots=True)
class Moderated:
    """What anybody may read of a public case beside the service's own words: all of it was read by a moderator."""

    title: str = ""
    answer: str = ""


NOTHING_MODERATED = Moderated()


class WrongRedaction(ValueError):
    """It covers or lets out what is not there; the message says what."""


def cover(words: str, spans: Iterable[TextSpan]) -> str:
    """The words with a sign in the place of each span."""
    shown, last = [], 0
    for span in joined(spans):
        shown += [words[last : span.start], COVER]
        last = span.end
    return "".join([*shown, words[last:]])


def cover_again(said: str, story: str, spans: Sequence[TextSpan]) -> str:
    """What was said elsewhere of the same case, without what is covered in its story, whatever the case and spacing.

    Of a covered name ("Pak Budi") each word alone as well, unless it stands uncovered in the story.
    """
    parts = [story[span.start : span.end].split() for span in spans]
    shown = frozenset(_words(cover(story, spans)))
    names = {word for part in parts if len(part) <= WORDS_OF_A_NAME for word in _words(" ".join(part))} - shown
    patterns = [r"\s+".join(map(re.escape, part)) for part in parts if part]
    patterns += [rf"\b{re.escape(name)}\b" for name in names if len(name) >= SHORTEST_NAME]
    return cover(said, [TextSpan(*found.span()) for one in patterns for found in re.finditer(one, said, re.IGNORECASE)])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def joined(spans: Iterable[TextSpan]) -> tuple[TextSpan, ...]:
    """In their order, those that touch as one; empty ones left out."""
    found: list[TextSpan] = []
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if found and span.start <= found[-1].end:
            found[-1] = TextSpan(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def fitted(redaction: Redaction, story: str, answer: str | None, files: int) -> Redaction:
    """The redaction as it is kept.

    Args:
        redaction: what is wanted.
        story: what the reporter wrote.
        answer: the words of the event that it lets out; None where that is no answer of this case.
        files: how many files came with the case.

    Raises:
        WrongRedaction: a span ends behind the words, the title has no room or lines, or what it names is not there.
    """
    title = redaction.title.strip()
    if len(title) > LONGEST_TITLE or not (title.isprintable() or not title):
        raise WrongRedaction("title")
    if redaction.answer and answer is None:
        raise WrongRedaction("answer")
    if any(not 1 <= place <= files for place in redaction.suppressed):
        raise WrongRedaction("withheld")
    return replace(
        redaction,
        title=title,
        story=_within(redaction.story, story),
        answer_covered=_within(redaction.answer_covered, answer or ""),
    )


def _within(spans: Sequence[TextSpan], words: str) -> tuple[TextSpan, ...]:
    if any(span.start < 0 or span.end > len(words) for span in spans):
        raise WrongRedaction("span")
    return joined(spans)


def moderated(redaction: Redaction, latest_answer: int, answer: str) -> Moderated:
    """What anybody may read: an answer that was let out, until another is given.

    Args:
        redaction: the one that holds.
        latest_answer: number of the event with which the case was last answered; 0 for none.
        answer: its words.
    """
    is_out = redaction.answer and redaction.answer == latest_answer
    return Moderated(redaction.title, cover(answer, redaction.answer_covered) if is_out else "")


def copied_spans(words: str, parts: Iterable[str]) -> tuple[TextSpan, ...]:
    """Every place in which one of these parts stands in the words, whatever the case of its letters."""
    folded, spans = _folded(words), []
    for part in {_folded(part.strip()) for part in parts} - {""}:
        start = folded.find(part)
        while start >= 0:
            spans.append(TextSpan(start, start + len(part)))
            start = folded.find(part, start + 1)
    return joined(spans)


def _folded(words: str) -> str:
    """In small letters, as many as there were."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in words)
