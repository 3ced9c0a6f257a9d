"""The road of a message, as a signpost would write it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.understanding import words
from bot.understanding.place.name_ends import is_end, is_ordinal, joins
from bot.understanding.place.reading import TokenisedText

_ROADS = {name: frozenset(members) for name, members in words.lists("places", "roads").items()}
_UPPER = frozenset(words.lists("places", "landmarks")["upper"])
_WRITTEN = words.inverted(words.lists("places", "signposts"))
_MOST_WORDS = 4

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Road:
    """A road's name and the tokens it takes."""

    name: str
    first: int
    last: int


def find_road(reading: TokenisedText, regions: Collection[Span]) -> Road | None:
    """The first road with a name; an alley (gang) only when there is no road.

    Args:
        reading: the message.
        regions: token spans of region names; one that ends a road's name says where the road is.
    """
    roads = list(_roads(reading, regions))
    return next((road for road in roads if road.name.startswith("Jl.")), roads[0] if roads else None)


def _roads(reading: TokenisedText, regions: Collection[Span]) -> Iterator[Road]:
    for intro, word in enumerate(reading.plain):
        if word not in _ROADS["intro"]:
            continue
        first = intro + 1
        while first < len(reading.tokens) and reading.tokens[first].raw in ".:":
            first += 1
        last = _name_end(reading, first, dict(regions))
        if first < last and _is_named(reading, intro, first, last):
            title = "Jl." if word == "jalan" else "Gg."
            yield Road(f"{title} {_signpost(reading, first, last)}", intro, last)


def _name_end(reading: TokenisedText, first: int, regions: Mapping[int, int]) -> int:
    """The token after the last word of the name that starts at `first`; `first` when there is none.

    "Jl. Mawar Petung" is Jl. Mawar; "jalan Petung Sotek" is no name; "Jl. Raya Petung" is one, and so is
    "Jl. Poros Petung-Sotek".
    """
    index, count = first, 0
    while index < len(reading.tokens) and count < _MOST_WORDS:
        token = reading.tokens[index]
        if reading.opens_line(index):
            return index
        if index in regions:
            if not count or reading.word(index - 1) not in _ROADS["of_place"] | {"-"}:
                return index
            index = regions[index]
        elif token.is_number:
            named = is_ordinal(reading, index) and (count or reading.plain[first - 1] in _ROADS["numbered"])
            return index + 1 if named else index
        elif count and joins(reading, index):
            index += 1
            continue
        elif not token.is_word or (is_end(reading, index) and not _opens(reading, index, count)):
            return index
        else:
            index += 1
        count += 1
    return index


def _opens(reading: TokenisedText, index: int, count: int) -> bool:
    """Whether a word of plain speech may open a road's name ("negara", "poros")."""
    return count == 0 and reading.plain[index] in _ROADS["known"]


def _is_named(reading: TokenisedText, intro: int, first: int, last: int) -> bool:
    """Whether this is a road's name: introduced by "jl.", known, capitalised, after "di", or before a number."""
    if last == first + 1 and reading.plain[first] in _ROADS["nameless"] and not reading.is_capital(first):
        return False
    abbreviated = reading.tokens[intro].word != "jalan"
    if abbreviated or reading.plain[first] in _ROADS["known"] or reading.is_capital(first):
        return True
    return reading.word(intro - 1) in _ROADS["before"] or reading.word(last) in _ROADS["after"]


def _signpost(reading: TokenisedText, first: int, last: int) -> str:
    """The name as a signpost writes it."""
    parts: list[str] = []
    for index in range(first, last):
        token = reading.tokens[index]
        if token.raw in "-/":
            parts.append("-")
        elif token.is_number:
            parts.append(f" {token.raw.lstrip('0') or '0'}")
        elif token.is_word:
            joined = parts and parts[-1] == "-"
            parts.append(_capitals(token.raw) if joined else f" {_capitals(token.raw)}")
    return "".join(parts).strip()


def _capitals(word: str) -> str:
    lower = word.lower()
    if lower in _WRITTEN:
        return _WRITTEN[lower]
    return lower.upper() if lower in _UPPER else lower.capitalize()
