"""How much a message teaches, and what the training data knows already: its words and examples."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import batched

from rapidfuzz import fuzz

from bot.training.corpus.corpus import files_of
from bot.training.corpus.folder import DataFolder
from bot.understanding.normalise import normalise
from bot.understanding.understood import REPORT_TYPES, Guess

_WORD = re.compile(r"[^\W\d_]{4,}")
_FEW = 300
"""From so many examples on, a category is not rare."""
NEAR = 92.0
"""From this share of common words on (0 to 100, rapidfuzz's token_sort_ratio) two messages teach the same."""
SHORTEST_COMPARED = 3
TO_TWO_EVERY = 5
"""One message in so many goes to two trainers, so that it can be said how far they agree."""


class TeachingReason(StrEnum):
    """Why a message has its place in the trainers' inbox."""

    CORRECTED = "corrected"
    REROUTED = "rerouted"
    UNSURE = "unsure"
    RARE = "rare"
    NEW_WORDS = "new_words"


WEIGHTS: Mapping[TeachingReason, float] = {
    TeachingReason.CORRECTED: 4.0,
    TeachingReason.REROUTED: 4.0,
    TeachingReason.UNSURE: 2.0,
    TeachingReason.RARE: 1.0,
    TeachingReason.NEW_WORDS: 1.5,
}


@dataclass(frozen=True, slots=True)
class GuessedLabel:
    """What the model said about a message, and what the citizen chose instead.

    Attributes:
        categories: best first.
        chosen_intent, chosen_category: by her own hand; None where she left what stood there.
    """

    intent: Guess
    categories: tuple[Guess, ...] = ()
    sure: bool = False
    chosen_intent: str | None = None
    chosen_category: str | None = None

    @property
    def is_report(self) -> bool:
        """Whether the message was understood as a report."""
        return (self.chosen_intent or self.intent.name) in REPORT_TYPES

    @property
    def category(self) -> Guess | None:
        """The likeliest category of a report."""
        return self.categories[0] if self.categories and self.is_report else None

    @property
    def is_corrected(self) -> bool:
        """Whether the citizen has chosen another category than the model's."""
        best = self.categories[0].name if self.categories else None
        other_category = self.chosen_category is not None and self.chosen_category != best
        return other_category or self.chosen_intent not in {None, self.intent.name}


@dataclass(frozen=True, slots=True)
class Learned:
    """What the training data knows: words, and how many examples of each category."""

    words: Collection[str]
    examples: Mapping[str, int]


def worth_of(
    text: str, guessed: GuessedLabel, learned: Learned, *, rerouted: bool = False
) -> tuple[float, TeachingReason]:
    """How much it teaches, from 0, and what counts most."""
    shares = {
        TeachingReason.CORRECTED: float(guessed.is_corrected),
        TeachingReason.REROUTED: float(rerouted),
        TeachingReason.UNSURE: _doubt(guessed),
        TeachingReason.RARE: _rarity(guessed, learned),
        TeachingReason.NEW_WORDS: _novelty(text, learned),
    }
    worths = {reason: share * WEIGHTS[reason] for reason, share in shares.items()}
    return round(sum(worths.values()), 4), max(worths, key=lambda reason: worths[reason])


def _doubt(guessed: GuessedLabel) -> float:
    """1 where two are as likely, 0 where one is certain."""
    if not guessed.is_report:
        return 1 - guessed.intent.confidence
    ranked = [guess.confidence for guess in guessed.categories[:2]] or [0.0]
    return 1 - (ranked[0] - (ranked[1] if len(ranked) > 1 else 0.0))


def _rarity(guessed: GuessedLabel, learned: Learned) -> float:
    name = guessed.chosen_category or (guessed.category.name if guessed.category else None)
    return max(0.0, 1 - learned.examples.get(name, 0) / _FEW) if name else 0.0


def _novelty(text: str, learned: Learned) -> float:
    words = spoken_words(text)
    return sum(word not in learned.words for word in words) / len(words) if words else 0.0


def spoken_words(text: str) -> frozenset[str]:
    """The longer words of a message as they are meant, covered personal data left out."""
    return frozenset(_WORD.findall(normalise(re.sub(r"\[[A-Z]+_\d+\]", " ", text))))


def kin_of(text: str) -> str:
    """The same for messages of the same longer words, in whatever order and spelling."""
    words = spoken_words(text) or {normalise(text)}
    return hashlib.blake2b(" ".join(sorted(words)).encode(), digest_size=8).hexdigest()


def nearest(plain: str, others: Iterable[tuple[str, str]]) -> str | None:
    """The kin of a message among these (kin, normalised text) that is nearly the same; None where there is none."""
    if len(plain.split()) < SHORTEST_COMPARED:
        return None
    return next((kin for kin, other in others if fuzz.token_sort_ratio(plain, other, score_cutoff=NEAR)), None)


def goes_to_two(name: str) -> bool:
    """Whether this message is one of those that two trainers see; the same each time."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest()) % TO_TWO_EVERY == 0


EXAMPLES_AT_A_TIME = 50
BREATH_SECONDS = 0.005


@dataclass(slots=True)
class LearnedData:
    """Counts, and remembers until a file changes."""

    folder: DataFolder
    _of: tuple[tuple[str, int, int], ...] = ()
    _known: Learned = field(default_factory=lambda: Learned(frozenset(), {}))

    def __call__(self) -> Learned:
        """What is known now; takes some seconds when files have changed."""
        now = self._state()
        if now != self._of:
            corpus = self.folder.corpus()
            words = _words_of(tuple(example.text for example in corpus.examples))
            self._known, self._of = Learned(words, corpus.counts()), now
        return self._known

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        folders = (self.folder.reader.base, self.folder.own)
        files = [(path, path.stat()) for folder in folders for _, path in files_of(folder)]
        return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in files)


@lru_cache(maxsize=1)
def _words_of(texts: tuple[str, ...]) -> frozenset[str]:
    """All words of these; it breathes between them, for those who answer citizens meanwhile."""
    words = set[str]()
    for some in batched(texts, EXAMPLES_AT_A_TIME):
        words.update(*map(spoken_words, some))
        time.sleep(BREATH_SECONDS)
    return frozenset(words)
