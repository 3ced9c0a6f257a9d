"""Two matters in one message: where the second begins. Pure; whether they are two is for the model to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FEWEST_WORDS = 3
_JOINED = re.compile(
    r"(?:^|(?<=[\s,.;!?]))(?:dan |terus |trus |lalu |sama |oh iya |oh ya )?"
    r"(?:selain (?:itu|hal itu|masalah itu)|di ?samping itu|(?:ada )?satu lagi|satunya lagi|yang ke ?(?:dua|2)"
    r"|kedua(?=[,:])|(?:hal|masalah|keluhan) (?:lain(?:nya)?|kedua)|sekalian (?:juga )?(?:mau |ingin )?(?:me)?lapor\w*"
    r"|juga (?:mau |ingin )?(?:me)?lapor\w*|and also|also|another (?:thing|problem)|besides that|secondly)\b[\s,:]*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:^|(?<=\s))(?:1[.)]|satu[.):])\s*\S.*?\s(?P<second>(?:2[.)]|dua[.):])\s*)", re.IGNORECASE | re.DOTALL
)
_FIRST_NUMBER = re.compile(r"(^|\s)1[.)]\s*(?=\D)")
_NEXT_PART = re.compile(r"[.!?;\n]+\s*|,\s+")
_TOO = re.compile(r"\W*(?:\w+\W+){0,4}?(?:juga|jg|jga|jua|too)\b", re.IGNORECASE)
_ENDS = " ,;:-\n"


@dataclass(frozen=True, slots=True)
class Parts:
    """A message in two; the words that joined them and the numbers before them are left out."""

    first: str
    second: str


def parts_of(text: str) -> Parts | None:
    """The two parts of a message that its writer set apart: "1. … 2. …", "selain itu …", "… juga …".

    None where nothing divides it, or where a part is shorter than three words. A third matter stays with the second.
    """
    return next((parts for parts in _divisions(text) if _are_long_enough(parts)), None)


def _divisions(text: str) -> Iterator[Parts]:
    numbered = _NUMBERED.search(text)
    if numbered:
        yield _cut(text, numbered.start("second"), numbered.end("second"))
    for joined in _JOINED.finditer(text):
        yield _cut(text, joined.start(), joined.end())
    for gap in _NEXT_PART.finditer(text):
        if _TOO.match(text, gap.end()):
            yield _cut(text, gap.start(), gap.end())


def _cut(text: str, start: int, end: int) -> Parts:
    return Parts(_FIRST_NUMBER.sub(r"\1", text[:start]).strip(_ENDS), text[end:].strip(_ENDS))


def _are_long_enough(parts: Parts) -> bool:
    return min(len(parts.first.split()), len(parts.second.split())) >= _FEWEST_WORDS
