"""Understanding by words alone, for when no model answers. It orders buttons; it is never sure. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from bot.understanding import words
from bot.understanding.normalise import normalise
from bot.understanding.understood import Guess

_HIGHEST = 0.5
_DOUBT = 4.0
_WEIGHTS = {"strong": 3.0, "weak": 1.0}
_LEAST = 3
_MOST_WORDS = 3
_USUAL = ("jalan", "sampah", "drainase_banjir", "penerangan_jalan", "air_bersih", "kependudukan", "lainnya")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SMALL_TALK_WORDS = 12
_MATTER_WORDS = 3
_FEW_WORDS = 8
_NO_OWN: Mapping[str, Collection[str]] = MappingProxyType({})
_POLITE = re.compile(
    r"\b(?:pak|bapak|ibu|bu|kak|min|admin|mas|mbak|bang|dok|bos|ya|yah|dong|deh|sih|kok|banyak|sangat|sekali|semua|"
    r"saja|aja|lah|atas (?:bantuan|perhatian|respon|informasi)(?:nya| anda)?|bantuannya|infonya|responnya|"
    r"perhatiannya|kasih|sudah|wr|wb|so much|very much|please)\b"
)


def _compiled(section: str, shape: str) -> Mapping[str, re.Pattern[str]]:
    listed = words.lists("intents", section)
    return {name: re.compile(shape.format("|".join(patterns))) for name, patterns in listed.items()}


_WHOLE = _compiled("whole", r"(?:{0})(?:[\s,.!]+(?:{0}))*")
_SOMEWHERE = _compiled("somewhere", r"\b(?:{0})")
_SHORT = _compiled("short", r"\b(?:{0})(?!\w)")
_MATTER = _compiled("matter", r"(?:{0})")
_GREETING = re.compile(rf"^(?:{_WHOLE['greet'].pattern})[\s,.!]+")


class KeywordUnderstanding:
    """Ranks categories and intents by the words of `words/categories.toml`, the regency's, and `words/intents.toml`."""

    def __init__(self, categories: Iterable[str], own: Mapping[str, Collection[str]] = _NO_OWN) -> None:
        """Learn which categories this regency has.

        Args:
            categories: slugs of the leaves; words of other slugs are left out.
            own: words that the regency itself says of some of them.
        """
        self._slugs = tuple(categories)
        self._own = {slug: frozenset(map(normalise, said)) for slug, said in own.items() if said}
        weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for strength, weight in _WEIGHTS.items():
            for slug, members in words.lists("categories", strength).items():
                for member in members if slug in self._slugs else ():
                    known = weights[member].get(slug, 0.0)
                    weights[member][slug] = max(known, weight * len(member.split()))
        for slug, said in self._own.items():
            for member in said:
                weights[member][slug] = _WEIGHTS["strong"] * len(member.split())
        self._weights: Mapping[str, Mapping[str, float]] = dict(weights)

    def rank(self, text: str) -> tuple[Guess, ...]:
        """Categories, best first, at least three where the regency has them; confidence at most 0.5."""
        scores: defaultdict[str, float] = defaultdict(float)
        for phrase in _phrases(normalise(text)):
            for slug, weight in self._weights.get(phrase, {}).items():
                scores[slug] += weight
        total = sum(scores.values()) + _DOUBT
        ranked = [Guess(slug, round(_HIGHEST * score / total, 4)) for slug, score in _by_score(scores)]
        usual = [slug for slug in (*_USUAL, *self._slugs) if slug in self._slugs and slug not in scores]
        fill = [Guess(slug, 0.0) for slug in dict.fromkeys(usual)]
        return tuple(ranked + fill[: max(0, _LEAST - len(ranked))])

    def named(self, text: str, learned: Collection[str]) -> str | None:
        """The category that has not been learned, and of whose own words one stands in a text; None where none has."""
        unlearned = {slug: said for slug, said in self._own.items() if slug not in learned}
        phrases = set(_phrases(normalise(text))) if unlearned else set[str]()
        return next((slug for slug, said in unlearned.items() if said & phrases), None)

    def intent(self, text: str) -> Guess:
        """The likeliest intent; confidence at most 0.5. Three words or more that are no small talk are a matter."""
        plain = normalise(text).strip(" .!?")
        length = len(_WORD.findall(plain))
        if length <= _SMALL_TALK_WORDS:
            small = _small_talk(plain)
            if small is not None:
                return Guess(small, _HIGHEST)
        if length <= _FEW_WORDS and not self._names_a_matter(plain):
            short = next((name for name, pattern in _SHORT.items() if pattern.search(plain)), None)
            if short is not None:
                return Guess(short, 0.4)
        for name, pattern in _MATTER.items():
            if pattern.search(plain):
                return Guess(name, 0.4)
        if length >= _MATTER_WORDS or self._weights.keys() & set(_phrases(plain)):
            return Guess("complaint", 0.4)
        return Guess("out_of_scope", 0.2)

    def _names_a_matter(self, plain: str) -> bool:
        """Whether a word stands in the message that hardly ever means anything but one category."""
        strong = _WEIGHTS["strong"]
        return any(max(self._weights.get(phrase, {"": 0.0}).values()) >= strong for phrase in _phrases(plain))


def _small_talk(plain: str) -> str | None:
    """The small talk of a short message, None when it has a matter."""
    bare = " ".join(_POLITE.sub(" ", plain).split()).strip(" ,.!?")
    for candidate in (plain, bare, _GREETING.sub("", f"{bare} ").strip(" ,.!?")):
        for name, pattern in _WHOLE.items():
            if candidate and pattern.fullmatch(candidate):
                return name
    return next((name for name, pattern in _SOMEWHERE.items() if pattern.search(plain)), None)


def _by_score(scores: Mapping[str, float]) -> list[tuple[str, float]]:
    """Best first; equal ones by name, so that every process offers them in the same order."""
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _phrases(plain: str) -> Iterable[str]:
    """Every run of one to three words, also without "nya", each once."""
    spoken = _WORD.findall(plain)
    found: set[str] = set()
    for start in range(len(spoken)):
        for end in range(start + 1, min(start + _MOST_WORDS, len(spoken)) + 1):
            phrase = " ".join(spoken[start:end])
            found |= {phrase, phrase.removesuffix("nya")}
    return found
