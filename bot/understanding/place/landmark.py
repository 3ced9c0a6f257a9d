"""The landmark of a message: "depan Masjid Al-Ikhlas", "simpang tiga Silkar", "Pasar Petung". Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.understanding import words
from bot.understanding.place.name_ends import is_end, is_ordinal, joins
from bot.understanding.place.reading import TokenisedText

_LANDMARKS = {name: frozenset(members) for name, members in words.lists("places", "landmarks").items()}
_OWN = frozenset({"saya", "kami", "kita", "ku", "sendiri"})
_PREPOSITIONS = frozenset({"di", "ke", "dari", "lokasi", "dalam", "jalan"})
_SMALL = frozenset({"tiga", "empat", "lima", "kiri", "kanan", "persis"})
_MOST_WORDS = 5

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A landmark's words and the tokens they take."""

    name: str
    first: int
    last: int


def find_landmark(reading: TokenisedText, regions: Collection[Span]) -> Landmark | None:
    """The first place beside which something is ("depan", "dekat"), else a crossing, else a place with a name.

    Args:
        reading: the message.
        regions: token spans of region names, which make a place a named one ("Pasar Petung").
    """
    indexes = range(len(reading.tokens))
    return (
        next((found for index in indexes if (found := _beside(reading, index, regions)) is not None), None)
        or next((found for index in indexes if (found := _crossing(reading, index, regions)) is not None), None)
        or next((found for index in indexes if (found := _named(reading, index, regions)) is not None), None)
    )


def _beside(reading: TokenisedText, index: int, regions: Collection[Span]) -> Landmark | None:
    """Such as "depan masjid al ikhlas", "sebelah kiri pintu gerbang SMK 3"."""
    relation = reading.plain[index] in _LANDMARKS["relation"]
    if not relation or reading.word(index + 1) in _LANDMARKS["relation"]:
        return None
    head = index + 1
    while reading.word(head) in _LANDMARKS["bridge"] and not _is_place(reading, head):
        head += 1
    if head >= len(reading.tokens) or not reading.tokens[head].is_word:
        return None
    if not _is_place(reading, head) and (is_end(reading, head) or not reading.is_capital(head)):
        return None
    last = _name_end(reading, head, regions)
    if not _is_findable(reading, index, head, last, regions):
        return None
    return Landmark(_written(reading, index, last, head), index, last)


def _is_findable(reading: TokenisedText, relation: int, head: int, last: int, regions: Collection[Span]) -> bool:
    """Whether a stranger finds it: "depan pasar", but not "depan rumah saya", nor "sekitar sekolah"."""
    if reading.word(head + 1) in _OWN and not reading.opens_line(head + 1):
        return False
    if f"{reading.plain[head]} {reading.word(head + 1)}" in _LANDMARKS["pairs"]:
        return True
    if reading.plain[head] == "rumah":
        return reading.word(head + 1) in _LANDMARKS["titles"] | _LANDMARKS["place"] or reading.is_capital(head + 1)
    if reading.plain[head] in _LANDMARKS["owners"]:
        return last > head + 1 or reading.plain[head] == "bengkel"
    return reading.plain[relation] != "sekitar" or (last > head + 1 and _is_proper(reading, head, last, regions))


def _crossing(reading: TokenisedText, index: int, regions: Collection[Span]) -> Landmark | None:
    """Such as "simpang tiga Silkar"; "pertigaan" alone is none."""
    if reading.plain[index] not in _LANDMARKS["crossing"]:
        return None
    last = _name_end(reading, index, regions)
    telling = [i for i in range(index + 1, last) if reading.tokens[i].is_word and reading.tokens[i].word not in _SMALL]
    return Landmark(_written(reading, index, last), index, last) if telling else None


def _named(reading: TokenisedText, index: int, regions: Collection[Span]) -> Landmark | None:
    """Such as "di pasar petung", "SDN 010 Penajam"."""
    if reading.plain[index] not in _LANDMARKS["named"]:
        return None
    last = _name_end(reading, index, regions)
    following = {reading.word(i) for i in range(index + 1, last)}
    if following <= _LANDMARKS["levels"] | _LANDMARKS["place"]:
        return None
    if reading.plain[index] == "kantor":
        signed = reading.word(index + 1) in _LANDMARKS["office_names"]
    else:
        signed = reading.word(index - 1) in _PREPOSITIONS or reading.plain[index] in _LANDMARKS["always"]
    if not signed and not _is_proper(reading, index, last, regions):
        return None
    return Landmark(_written(reading, index, last), index, last)


def _is_proper(reading: TokenisedText, index: int, last: int, regions: Collection[Span]) -> bool:
    """Whether the words after `index` are a name of their own: a region, a number, capitals, a saint's name."""
    after = range(index + 1, last)
    return (
        any(index < start < last for start, _ in regions)
        or reading.tokens[index + 1].is_number
        or all(reading.is_capital(i) for i in after if reading.tokens[i].is_word)
        or reading.tokens[index + 1].word in _LANDMARKS["worship"]
        or (reading.opens_sentence(index) and last > index + 2 and reading.plain[index] != "kantor")
    )


def _is_place(reading: TokenisedText, index: int) -> bool:
    pair = f"{reading.word(index)} {reading.word(index + 1)}"
    return reading.word(index) in _LANDMARKS["place"] or pair in _LANDMARKS["pairs"]


def _name_end(reading: TokenisedText, head: int, regions: Collection[Span]) -> int:
    """The token after the last word of the name whose first word is `head`; a region's name is its last."""
    ends = dict(regions)
    index, count = head + 1, 0
    while index < len(reading.tokens) and count < _MOST_WORDS and not reading.opens_line(index):
        if index in ends:
            last = ends[index]
            return last + 1 if reading.word(last) in _LANDMARKS["suffix"] else last
        token = reading.tokens[index]
        if joins(reading, index):
            index += 1
            continue
        if token.is_number:
            if not is_ordinal(reading, index):
                return index
        elif (
            not token.is_word
            or reading.plain[index] in _LANDMARKS["crossing"]
            or (is_end(reading, index) and not _belongs(reading, index))
        ):
            return index
        index += 1
        count += 1
    return index if reading.tokens[index - 1].raw not in ".-/" else index - 1


def _belongs(reading: TokenisedText, index: int) -> bool:
    """Whether a word of plain speech is part of the name here: "kantor desa", "rumah pak RT", "pasar baru"."""
    before, word = reading.plain[index - 1], reading.plain[index]
    if f"{before} {word}" in _LANDMARKS["pairs"]:
        return True
    if word in _LANDMARKS["titles"]:
        return before in _LANDMARKS["owners"] | _LANDMARKS["offices"]
    if word in _LANDMARKS["levels"]:
        return before in _LANDMARKS["offices"]
    return word in _LANDMARKS["place"] and before in _LANDMARKS["crossing"] | _LANDMARKS["bridge"]


def _written(reading: TokenisedText, first: int, last: int, head: int = 0) -> str:
    """The citizen's own words, what stands before the place's `head` in plain spelling, names with capitals."""
    parts: list[str] = []
    for index in range(first, last):
        token = reading.tokens[index]
        school = token.is_number and index > first and reading.tokens[index - 1].word in _LANDMARKS["upper"]
        apart = not token.glued or school
        word = reading.plain[index] if index < head else _cased(reading, index)
        parts.append(f" {word}" if apart else word)
    return "".join(parts).strip()


def _cased(reading: TokenisedText, index: int) -> str:
    token, plain = reading.tokens[index], reading.plain[index]
    if not token.is_word:
        return token.raw
    if plain in _LANDMARKS["relation"] | _LANDMARKS["crossing"] or token.word in _SMALL:
        return plain
    if token.word in _LANDMARKS["upper"]:
        return token.raw.upper()
    word = plain if plain in _LANDMARKS["place"] else token.raw
    return word if reading.cased and word[0].isupper() else word.lower().capitalize()
