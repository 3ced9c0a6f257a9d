"""Which kind of danger a message tells of, so that the one number that fits can stand first. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.understanding.danger.features import classes_of
from bot.understanding.danger.patterns import signs_of_risk, tells_of_missing_child
from bot.understanding.normalise import normalise

ANY = "any"
_WORD = re.compile(r"[a-z]+")
_BY_CLASS: Mapping[str, str] = {
    "fire": "fire",
    "weapon": "crime",
    "sexual": "violence",
    "drowns": "search",
    "missing": "search",
    "buried": "search",
    "live_wire": "power",
    "crash": "accident",
    "hits": "crime",
    "wound": "medical",
}
"""Classes of `words/risk.toml` by what they speak of, as `hotlines.csv` names it; the first that is found counts."""
_SOMEBODY = frozenset({"person", "child"})


def kind_of_danger(text: str) -> str:
    """What the danger is, in the words of `hotlines.csv`'s column `for`; `ANY` where the words do not tell.

    Nobody is sent to search for an animal that is lost.
    """
    plain = normalise(text)
    if tells_of_missing_child(plain):
        return "search"
    found = {name for word in _WORD.findall(plain) for name in classes_of(word)}
    if "animal" in found and _SOMEBODY.isdisjoint(found):
        found.discard("missing")
    kinds = [kind for name, kind in _BY_CLASS.items() if name in found]
    if not {"fire", "search"}.intersection(kinds[:1]) and "violence" in set(signs_of_risk(plain)):
        return "violence"
    return kinds[0] if kinds else ANY
