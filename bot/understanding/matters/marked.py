"""Several matters in one message, where its writer set them apart. Pure; whether they are several, a model says.

Each part is her own words as she wrote them; only the numbers of a list, and the commas at the ends, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_FEWEST_WORDS = 3
_JOINED = re.compile(
    r"(?:^|(?<=[\s,.;!?]))(?:dan |terus |trus |lalu |sama |oh iya |oh ya )?"
    r"(?:selain (?:itu|hal itu|masalah itu)|di ?samping itu|(?:ada )?satu lagi|satunya lagi|yang ke ?(?:dua|tiga|2|3)"
    r"|(?:kedua|ketiga)(?=[,:])|(?:hal|masalah|keluhan) (?:lain(?:nya)?|kedua)"
    r"|sekalian (?:juga )?(?:mau |ingin )?(?:me)?lapor\w*"
    r"|juga (?:mau |ingin )?(?:me)?lapor\w*|dan juga(?= \w+ \w+)|and also|also|another (?:thing|problem)"
    r"|besides that|secondly)\b[\s,:]*",
    re.IGNORECASE,
)
_COUNTED = """
rt rw km kelas no nomor jam gang gg blok lantai tahap tgl tanggal sd sdn smp smpn sma sman jl jalan hanya tinggal
""".split()  # noqa: SIM905 - a list of words reads best as words
"""What stands before a number that counts a thing, and is not one of a list: "rt 1."."""
NOT_COUNTED = "".join(rf"(?<!\b{word} )" for word in _COUNTED)
_NUMBERED = re.compile(
    rf"(?:^|(?<=\s)){NOT_COUNTED}(?P<first>(?:1[.)]|satu[.):])\s*)[^\d\s].*?"
    rf"\s{NOT_COUNTED}(?P<second>(?:2[.)]|dua[.):])\s*)(?=[^\d\s])",
    re.IGNORECASE | re.DOTALL,
)
_FURTHER = tuple(
    re.compile(rf"\s{NOT_COUNTED}(?P<mark>(?:{number}[.)]|{word}[.):])\s*)(?=[^\d\s])", re.IGNORECASE)
    for number, word in ((3, "tiga"), (4, "empat"), (5, "lima"))
)
_BULLET = re.compile(r"^[ \t]*[-•*][ \t]+", re.MULTILINE)
_NEXT_PART = re.compile(r"[.!?;\n]+\s*|,\s+")
_TOO = re.compile(r"\W*(?:\w+\W+){0,4}?(?:juga|jg|jga|jua|too)\b", re.IGNORECASE)
_ENDS = " ,;:-\n"
type Span = tuple[int, int]


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of a message that its writer set apart: "1. … 2. … 3. …", "- … - …", "selain itu …", "… juga …".

    Empty where nothing divides it, or where a part is shorter than three words.
    """
    return next(ways_to_divide(text), ())


def ways_to_divide(text: str) -> Iterator[tuple[str, ...]]:
    """The parts of a message in each way that its words may set them apart, the likeliest first."""
    return (parts for parts in _divisions(text) if _are_long_enough(parts))


def _divisions(text: str) -> Iterator[tuple[str, ...]]:
    if numbered := tuple(_numbered(text)):
        yield _without_marks(text, numbered)
    bullets = [bullet.span() for bullet in _BULLET.finditer(text)]
    if len(bullets) > 1:
        yield _without_marks(text, bullets)
    for joined in _JOINED.finditer(text):
        yield from _cut(text, joined.start())
    for gap in _NEXT_PART.finditer(text):
        if _TOO.match(text, gap.end()):
            yield from _cut(text, gap.end())


def _numbered(text: str) -> Iterator[Span]:
    """Where the numbers of a list stand, from the first on; none where there is no second."""
    found = _NUMBERED.search(text)
    if found is None:
        return
    yield found.span("first")
    last = found.span("second")
    yield last
    for mark in _FURTHER:
        further = mark.search(text, last[1])
        if further is None:
            return
        last = further.span("mark")
        yield last


def _without_marks(text: str, marks: Sequence[Span]) -> tuple[str, ...]:
    """A list without its marks; what stands before it belongs to the first of it."""
    ends = [start for start, _ in marks[1:]] + [len(text)]
    told = [text[mark[1] : end] for mark, end in zip(marks, ends, strict=True)]
    return tuple(part.strip(_ENDS) for part in (text[: marks[0][0]] + told[0], *told[1:]))


def _cut(text: str, second: int) -> Iterator[tuple[str, ...]]:
    """The message in two; in three, where a word divides the second once more."""
    first, rest = text[:second].strip(_ENDS), text[second:].strip(_ENDS)
    for joined in _JOINED.finditer(rest, 1):
        yield first, rest[: joined.start()].strip(_ENDS), rest[joined.start() :].strip(_ENDS)
    yield first, rest


def _are_long_enough(parts: Sequence[str]) -> bool:
    return all(len(part.split()) >= _FEWEST_WORDS for part in parts)
