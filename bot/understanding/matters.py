"""Two matters in one message: where the second begins. Pure; whether they are two is for the model to say.

Each part is her own words as she wrote them; only the numbers of a list, and the commas at the ends, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FEWEST_WORDS = 3
_JOINED = re.compile(
    r"(?:^|(?<=[\s,.;!?]))(?:dan |terus |trus |lalu |sama |oh iya |oh ya )?"
    r"(?:selain (?:itu|hal itu|masalah itu)|di ?samping itu|(?:ada )?satu lagi|satunya lagi|yang ke ?(?:dua|2)"
    r"|kedua(?=[,:])|(?:hal|masalah|keluhan) (?:lain(?:nya)?|kedua)|sekalian (?:juga )?(?:mau |ingin )?(?:me)?lapor\w*"
    r"|juga (?:mau |ingin )?(?:me)?lapor\w*|dan juga(?= \w+ \w+)|and also|also|another (?:thing|problem)"
    r"|besides that|secondly)\b[\s,:]*",
    re.IGNORECASE,
)
_COUNTED = """
rt rw km kelas no nomor jam gang gg blok lantai tahap tgl tanggal sd sdn smp smpn sma sman jl jalan hanya tinggal
""".split()  # noqa: SIM905 - a list of words reads best as words
"""What stands before a number that counts a thing, and is not one of a list: "rt 1."."""
_NOT_COUNTED = "".join(rf"(?<!\b{word} )" for word in _COUNTED)
_NUMBERED = re.compile(
    rf"(?:^|(?<=\s)){_NOT_COUNTED}(?P<first>(?:1[.)]|satu[.):])\s*)[^\d\s].*?"
    rf"\s{_NOT_COUNTED}(?P<second>(?:2[.)]|dua[.):])\s*)(?=[^\d\s])",
    re.IGNORECASE | re.DOTALL,
)
_BULLET = re.compile(r"^[ \t]*[-•*][ \t]+", re.MULTILINE)
_NEXT_PART = re.compile(r"[.!?;\n]+\s*|,\s+")
_TOO = re.compile(r"\W*(?:\w+\W+){0,4}?(?:juga|jg|jga|jua|too)\b", re.IGNORECASE)
_ENDS = " ,;:-\n"
_MARKED = re.compile(
    r"(?:^|(?<=[\s,.;!?(]))(?:(?:dan|terus|trus|trs|lalu|nah|oh ya|oh iya)\s+)?"
    r"(?:selain persoalan itu|di luar itu|yang ke ?(?:dua|tiga|2|3)"
    r"|(?:hal |masalah |keluhan |perkara )?(?:kedua|ketiga|berbeda)"
    r"|terakhir|(?:soal|urusan|beda|mengenai urusan|lain) (?:lain|lagi|urusan)|ganti topik|ngomong-? ?ngomong|sk?alian"
    r"|belum lagi|ditambah|oh ya|liyane maneh|adapun hal kedua|separately"
    r"|(?:II|III)\.|[b-d]\)|[23][.)])(?=[\s,:])[\s,:]*",
    re.IGNORECASE,
)
_JOINING = re.compile(
    r"[.;!?\n]+\s+|\s+(?:dan|sama|terus|trus|trs|lalu|kemudian|plus|wan|karo|na|serta|sedangkan|and)\s+"
    r"|\s+[&+]\s+|\s+-{1,2}\s+",
    re.IGNORECASE,
)
_EVERY_GAP = re.compile(rf"{_JOINING.pattern}|,\s+", re.IGNORECASE)
_COUNTS = re.compile(
    r"\b(?:dua|tiga|2|3|beberapa) (?:hal|keluhan|masalah|laporan|perkara|urusan|matters|problems)\b"
    r"|\blapor (?:dua|tiga)\b|\bsk?alian\b|\btiga tiganya\b",
    re.IGNORECASE,
)
"""Words that say how many matters come."""
_FOLLOWS = re.compile(
    r"\b(?:jadi|jadinya|bikin|karena|krn|gara|akibat\w*|sampai|sehingga|makanya|kalau|ikut|bilang|padahal|tetap|sekaligus"
    r"|selain saya|because|so)\b",
    re.IGNORECASE,
)
"""Words of a cause, a consequence or a condition: what follows them belongs to what stands before."""
_FORM = re.compile(r"\b(?:nama|lokasi|masalah)\s*:", re.IGNORECASE)
_MOST_WORDS_UNMARKED = 20
_MOST_DIVISIONS = 6


@dataclass(frozen=True, slots=True)
class Parts:
    """A message in two."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Division:
    """A place where a message may be cut in two; `is_marked`: its own words say that another matter begins."""

    parts: Parts
    is_marked: bool


def parts_of(text: str) -> Parts | None:
    """The two parts of a message that its writer set apart: "1. … 2. …", "- … - …", "selain itu …", "… juga …".

    None where nothing divides it, or where a part is shorter than three words. A third matter stays with the second.
    """
    return next((parts for parts in _divisions(text) if _are_long_enough(parts)), None)


def likely_parts(text: str) -> tuple[Division, ...]:
    """Where a message may be cut in two besides: at words like "beda urusan", and in a short one at "dan", "plus".

    Whether they are two is for the model to say: both parts must be of a category of their own.
    """
    if _FORM.search(text):
        return ()
    counted = bool(_COUNTS.search(text))
    found = [_cut_out(text, gap, is_marked=True) for gap in _MARKED.finditer(text)]
    if counted or len(text.split()) <= _MOST_WORDS_UNMARKED:
        gaps = (_EVERY_GAP if counted else _JOINING).finditer(text)
        found += [_cut_out(text, gap, is_marked=counted) for gap in gaps]
    return tuple(one for one in found if _is_of_two(one.parts))[:_MOST_DIVISIONS]


def _cut_out(text: str, gap: re.Match[str], *, is_marked: bool) -> Division:
    return Division(Parts(text[: gap.start()].strip(_ENDS), text[gap.end() :].strip(_ENDS)), is_marked)


def _is_of_two(parts: Parts) -> bool:
    """Long enough both, and the second is no cause, consequence or condition of the first."""
    return min(len(parts.first.split()), len(parts.second.split())) > 1 and not _FOLLOWS.search(parts.second)


def _divisions(text: str) -> Iterator[Parts]:
    numbered = _NUMBERED.search(text)
    if numbered:
        yield _without_marks(text, numbered.span("first"), numbered.span("second"))
    first, second, *_ = [*(bullet.span() for bullet in _BULLET.finditer(text)), None, None]
    if first and second:
        yield _without_marks(text, first, second)
    for joined in _JOINED.finditer(text):
        yield _cut(text, joined.start())
    for gap in _NEXT_PART.finditer(text):
        if _TOO.match(text, gap.end()):
            yield _cut(text, gap.end())


def _without_marks(text: str, first: tuple[int, int], second: tuple[int, int]) -> Parts:
    """A list of two, or more, without the marks before the first and the second."""
    before, told, after = text[: first[0]], text[first[1] : second[0]], text[second[1] :]
    return Parts(f"{before}{told}".strip(_ENDS), after.strip(_ENDS))


def _cut(text: str, second: int) -> Parts:
    return Parts(text[:second].strip(_ENDS), text[second:].strip(_ENDS))


def _are_long_enough(parts: Parts) -> bool:
    return min(len(parts.first.split()), len(parts.second.split())) >= _FEWEST_WORDS
