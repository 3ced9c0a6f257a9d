"""Names of regions found in a message, however they are spelt. Says where a name stands, not whether it counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from actions.regency.model import Region
from bot.understanding import words
from bot.understanding.place.reading import TokenisedText, skeleton

_NAMES = words.lists("places", "names")
_EVERYDAY = frozenset(_NAMES["everyday"])
_SHARED = frozenset(_NAMES["shared"]) | _EVERYDAY
_NUMBER = words.inverted(words.lists("places", "numbers"))
_KNOWN = (
    frozenset(words.lists("places", "stop")["words"])
    | frozenset(_NAMES["not_misspelt"])
    | frozenset(words.lists("slang"))
    | frozenset(word for members in words.lists("places", "signs").values() for word in members)
    | frozenset(word for members in words.lists("places", "landmarks").values() for word in members)
    | _EVERYDAY
)
_WORD = re.compile(r"[a-z]+")
_JOINS = frozenset("-.'’")  # noqa: RUF001
_MOST_WORDS = 3
_SHORTEST_ALIAS = 4
_SHORTEST_FUZZY = 5
_TWO_SLIPS_FROM = 10


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a region.

    Attributes:
        region: what it names.
        key: its letters, `skeleton` word by word, without spaces.
        words: how many words it has. `everyday`: plain speech has them too, so it needs a sign.
        whole: it is the region's own name, not one telling word of it.
    """

    region: Region
    key: str
    words: int
    everyday: bool
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a message, from token `first` to token `last`, the latter not included."""

    names: tuple[Name, ...]
    first: int
    last: int
    slips: int
    letters: int

    @property
    def weight(self) -> int:
        """Long and well spelt mentions win over those they overlap."""
        return self.letters - 3 * self.slips


def _names(regions: Iterable[Region]) -> Iterator[Name]:
    """Every region's own name, and each telling word that only one region's name has."""
    meaning: defaultdict[str, set[str]] = defaultdict(set)
    spoken = [(region, _WORD.findall(region.name.lower())) for region in regions]
    for region, parts in spoken:
        for part in parts:
            meaning[part].add(region.name)
        everyday = all(part in _EVERYDAY for part in parts)
        yield Name(region, "".join(map(skeleton, parts)), len(parts), everyday)
    for region, parts in spoken:
        for part in set(parts) if len(parts) > 1 else ():
            telling = len(part) >= _SHORTEST_ALIAS and part not in _SHARED and len(meaning[part]) == 1
            if telling:
                yield Name(region, skeleton(part), 1, everyday=False, whole=False)


class Gazetteer:
    """The names of a set of regions, ready to be looked for."""

    def __init__(self, regions: Iterable[Region]) -> None:
        """Learn the names of `regions`."""
        exact: defaultdict[str, list[Name]] = defaultdict(list)
        for name in _names(regions):
            exact[name.key].append(name)
        self._exact = {key: tuple(names) for key, names in exact.items()}
        by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._exact:
            if len(key) >= _SHORTEST_FUZZY:
                by_letter[key[0]].append(key)
        self._by_letter = dict(by_letter)
        self._letters = frozenset(key[0] for key in self._exact)

    def mentions(self, reading: TokenisedText) -> list[Mention]:
        """Every name in the message, left to right; of overlapping ones the heavier."""
        found = [hit for start in range(len(reading.tokens)) for hit in self._starting_at(reading, start)]
        found.sort(key=lambda hit: (-hit.weight, hit.first))
        taken: set[int] = set()
        kept: list[Mention] = []
        for hit in found:
            span = range(hit.first, hit.last)
            if taken.isdisjoint(span):
                taken.update(span)
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.first)

    def _starting_at(self, reading: TokenisedText, start: int) -> Iterator[Mention]:
        if reading.skeletons[start][:1] not in self._letters:
            return
        for key, end, spoken, familiar in _windows(reading, start):
            names = self._exact.get(key)
            if names is not None:
                yield Mention(names, start, end, 0, len(key))
            elif not familiar:
                yield from self._misspelt(key, start, end, spoken)

    def _misspelt(self, key: str, start: int, end: int, spoken: int) -> Iterator[Mention]:
        """Names that `key`, of `spoken` words, is one or two slips away from."""
        for candidate in self._by_letter.get(key[0], ()):
            allowed = 1 if len(candidate) < _TWO_SLIPS_FROM else 2
            if abs(len(candidate) - len(key)) > allowed:
                continue
            names = self._exact[candidate]
            if names[0].words < spoken:
                continue
            slips = OSA.distance(key, candidate, score_cutoff=allowed)
            if slips <= allowed and not (names[0].everyday and names[0].words == 1):
                yield Mention(names, start, end, slips, len(candidate))


def _windows(reading: TokenisedText, start: int) -> Iterator[tuple[str, int, int, bool]]:
    """Keys of one to three words from `start`: the key, the token after it, how many words, whether all are known."""
    key, count, known = "", 0, True
    index = start
    while index < len(reading.tokens) and count < _MOST_WORDS:
        token = reading.tokens[index]
        if count and token.raw in _JOINS:
            index += 1
            continue
        if count and token.word in _NUMBER:
            if count == 1 and token.raw == "2":
                yield key + key, index + 1, 2, True
            yield key + _NUMBER[token.word], index + 1, 2, True
        if not token.is_word:
            return
        word = reading.plain[index]
        known = known and word in _KNOWN
        stopped = word in _KNOWN and word not in _EVERYDAY and count > 0
        key += reading.skeletons[index]
        index += 1
        count += 1
        yield key, index, count, known or stopped
