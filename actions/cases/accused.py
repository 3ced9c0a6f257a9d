"""Which agencies a report accuses, by their names in its words, and whom that keeps from the case. Pure.

Any name counts: the one in `agencies.csv`, its code, or one of its aliases. What is about one agency is kept from the
agencies below it, too, which take orders from it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

from actions.cases.case import Location
from actions.regency.agencies import parents
from actions.regency.model import Agency, Regency
from actions.regency.regions import is_within

_WORD = re.compile(r"[^\W_]+")
_SPELT_OUT = re.compile(r"\b(?:[^\W\d_][ ]){2,}[^\W\d_]\b")
"""Single letters in a row: "p u p r", and what is left of "P.U.P.R." once its points are gone."""
_ENDINGS = ("nya",)
"""What Indonesian hangs on a word: "dishubnya"."""
_SHORTEST_STEM = 3


def accused_in(regency: Regency, words: str, location: Location) -> tuple[str, ...]:
    """The codes of the agencies that stand in these words, in order.

    A name that several agencies share, such as "camat", means those that work where it is; all of them where that is
    not known.

    Args:
        regency: its agencies.
        words: what the reporter wrote.
        location: where it is.
    """
    said = plain(words)
    found = set[str]()
    for name, codes in _names(tuple(regency.agencies.values())).items():
        if f" {name} " in said:
            found |= _meant(regency.agencies, codes, location)
    return tuple(sorted(found))


def keeps_out(agencies: Mapping[str, Agency], code: str, accused: Collection[str]) -> bool:
    """Whether an agency may neither hold nor read what is about these: it is one of them, or below one."""
    if not accused:
        return False
    line = {code, *parents(agencies, code)} if code in agencies else {code}
    return not line.isdisjoint(accused)


def plain(words: str) -> str:
    """Words in small letters with single spaces, one at each end; those with an ending stand there without it, too."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    shown = "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")
    spaced = " ".join(_WORD.findall(shown))
    joined = _SPELT_OUT.sub(lambda letters: letters[0].replace(" ", ""), spaced)
    return f" {joined} {' '.join(_stem(word) for word in joined.split())} "


def _stem(word: str) -> str:
    ending = next((one for one in _ENDINGS if word.endswith(one)), "")
    is_long_enough = len(word) >= len(ending) + _SHORTEST_STEM
    return word.removesuffix(ending) if is_long_enough else word


@lru_cache(maxsize=8)
def _names(agencies: tuple[Agency, ...]) -> Mapping[str, frozenset[str]]:
    """The agencies of each name."""
    names: dict[str, set[str]] = {}
    for agency in agencies:
        for written in (agency.name, agency.code, *agency.aliases):
            if name := " ".join(_WORD.findall(unicodedata.normalize("NFKC", written).casefold())):
                names.setdefault(name, set()).add(agency.code)
    return {name: frozenset(codes) for name, codes in names.items()}


def _meant(agencies: Mapping[str, Agency], codes: frozenset[str], location: Location) -> frozenset[str]:
    place = location.village or location.district or location.region
    if len(codes) == 1 or place is None:
        return codes
    near = {
        code
        for code in codes
        if not agencies[code].regions or any(is_within(place, region) for region in agencies[code].regions)
    }
    return frozenset(near) or codes
