"""Which district and village are meant, of all the names that a message mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.regency.model import Region
from bot.understanding import words
from bot.understanding.place.names import Mention, Name
from bot.understanding.place.reading import TokenisedText

_SIGNS = {name: frozenset(members) for name, members in words.lists("places", "signs").items()}
_DISTRICT_DOTS = 2
_SHORT = 5
_NUMBERED = frozenset({"rt", "rw", "kilometer", "dusun"})


@dataclass(frozen=True, slots=True)
class Meant:
    """A region that counts as a place of the message, where its name stands, and how sure that is."""

    region: Region
    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands around a name: a word for its level, or for what happens there."""

    level: str
    kind: str


def signs_before(reading: TokenisedText, first: int) -> Signs:
    """The signs left of the token `first`, through a word of level ("di desa X")."""
    level = ""
    index = reading.same_line_before(first)
    for sign in ("village", "district"):
        if index >= 0 and reading.word(index) in _SIGNS[sign]:
            level = sign
            index = reading.same_line_before(index)
            break
    word = reading.word(index) if index >= 0 else ""
    if word in _SIGNS["here"] and reading.word(index - 1) in _SIGNS["lives"]:
        return Signs(level, "home")
    kinds = ("never", "here", "goes", "way", "home", "thing", "regency")
    return Signs(level, next((kind for kind in kinds if word in _SIGNS[kind]), ""))


_SCORES: Mapping[str, float] = {"here": 4.0, "thing": 2.5, "way": 1.5, "goes": 1.5, "home": 1.0, "": 2.0}


class RegionChooser:
    """Chooses among the mentions of a message."""

    def __init__(self, regions: Sequence[Region]) -> None:
        """Learn which districts there are."""
        self._districts = {region.code: region for region in regions if _is_district(region)}

    def meant(self, reading: TokenisedText, mentions: Sequence[Mention]) -> list[Meant]:
        """The mentions that count as places, in the order of the message."""
        sure = {
            index: meant
            for index, mention in enumerate(mentions)
            if (meant := self._judge(reading, mention, beside=False)) is not None
        }
        for index, mention in enumerate(mentions):
            if index not in sure and self._stands_beside(reading, mentions, index, sure):
                meant = self._judge(reading, mention, beside=True)
                if meant is not None:
                    sure[index] = meant
        found = [sure[index] for index in sorted(sure)]
        left = [each for each in found if not _is_denied(reading, each)]
        return left or (found if _is_second_thought(reading) else [])

    def choose(self, meant: Sequence[Meant]) -> tuple[Region | None, Region | None]:
        """District and village: the surest, of equals the first. A village sets its district."""
        villages = [m for m in meant if not _is_district(m.region)]
        districts = [m for m in meant if _is_district(m.region)]
        best_district = max(districts, key=lambda m: (m.score, -m.first), default=None)
        best = max(villages, key=lambda m: (m.score, -m.first), default=None)
        if best is None or (best_district is not None and best_district.score > best.score + 2):
            return (best_district.region if best_district else None), None
        return self._districts.get(best.region.code.rpartition(".")[0]), best.region

    def _judge(self, reading: TokenisedText, mention: Mention, *, beside: bool) -> Meant | None:
        signs = signs_before(reading, mention.first)
        name = _at_level(mention.names, signs.level)
        own = signs.kind == "regency" and any(_is_district(each.region) for each in mention.names)
        if own and not signs.level:
            return None
        if signs.kind == "never" and not signs.level and (name.everyday or name.words == 1):
            return None
        if reading.word(mention.last) in _SIGNS["not_before"] and not signs.level:
            return None
        if name.everyday and mention.slips and not (signs.level or self._is_squeezed(mention)):
            return None
        shaky = name.everyday or (mention.slips > 0 and mention.letters <= _SHORT)
        if shaky and not (beside or signs.level or self._has_sign(reading, mention, signs)):
            return None
        score = _SCORES.get(signs.kind, 2.0) + (1.5 if signs.level else 0.0) - 0.7 * mention.slips
        return Meant(name.region, mention.first, mention.last, score)

    def _has_sign(self, reading: TokenisedText, mention: Mention, signs: Signs) -> bool:
        """Whether an everyday name is shown to be a place by what stands around it, or by how it is written."""
        before = reading.same_line_before(mention.first)
        numbered = before > 0 and reading.tokens[before].is_number and reading.word(before - 1) in _NUMBERED
        if (
            self._is_squeezed(mention)
            or numbered
            or signs.kind in {"here", "goes", "way", "home", "thing"}
            or reading.word(mention.last) in {"rt", "rw"}
        ):
            return True
        spoken = [i for i in range(mention.first, mention.last) if reading.tokens[i].is_word]
        return (
            reading.cased
            and all(reading.tokens[i].raw[0].isupper() for i in spoken)
            and not (len(spoken) == 1 and reading.opens_sentence(mention.first))
        )

    @staticmethod
    def _is_squeezed(mention: Mention) -> bool:
        """Whether a name of several words is typed as one ("sukaraja"), as no plain words are."""
        return mention.last - mention.first == 1 and mention.names[0].words > 1

    @staticmethod
    def _stands_beside(
        reading: TokenisedText, mentions: Sequence[Mention], index: int, sure: Mapping[int, Meant]
    ) -> bool:
        mention = mentions[index]
        before, after = sure.get(index - 1), sure.get(index + 1)
        near_before = before is not None and _gap(reading, before.last, mention.first)
        return near_before or (after is not None and _gap(reading, mention.last, after.first))


def _is_denied(reading: TokenisedText, meant: Meant) -> bool:
    """Whether she says that it is not there: "bukan di Petung tapi di Waru"."""
    index = meant.first - 1
    while reading.word(index) in _SIGNS["here"] | _SIGNS["village"] | _SIGNS["district"]:
        index -= 1
    return reading.word(index) in _SIGNS["denied"]


def _is_second_thought(reading: TokenisedText) -> bool:
    """Whether a message begins by taking something back: "bukan" may be of what was said before ("eh bukan Waru")."""
    return reading.word(0) in _SIGNS["second_thought"]


def _gap(reading: TokenisedText, start: int, end: int) -> bool:
    """Whether only a comma, dash or word of level stands between two names."""
    between = range(start, end)
    return all(
        reading.tokens[i].raw in ",-/.(" or reading.word(i) in _SIGNS["district"] | _SIGNS["village"] for i in between
    )


def _is_district(region: Region) -> bool:
    return region.code.count(".") == _DISTRICT_DOTS


def _at_level(names: Sequence[Name], level: str) -> Name:
    """The name of the level that is asked for; the district when none is (villages share district names)."""
    wants_village = level == "village"
    return next((name for name in names if _is_district(name.region) != wants_village), names[0])
