"""Examples that stand twice, or under two labels with one word's difference, as the model spells them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.training.corpus.examples import DataFault, Example
from bot.understanding.model.grams import Spelling

SHORTEST = 5
"""Words; in fewer, one that differs is all that matters."""

type Words = tuple[str, ...]


def twins(examples: Sequence[Example], spelling: Spelling) -> Iterator[DataFault]:
    """One text twice or under two labels ("twice", "conflict"), and texts of two labels that are nearly one ("near").

    Args:
        examples: all there are; each fault is that of the later one.
        spelling: makes texts even that the model reads as one.
    """
    words = [tuple(spelling.words(example.text)) for example in examples]
    seen: dict[Words, Example] = {}
    for example, sentence in zip(examples, words, strict=True):
        former = seen.setdefault(sentence, example)
        if former.kind != example.kind:
            yield DataFault("conflict", example.place, f"{former.said} / {example.said}", former.place)
        elif former is not example and former.text == example.text:
            yield DataFault("twice", example.place, example.said, former.place)
    for later, first in _near(words, [example.said for example in examples]).items():
        one, other = examples[first], examples[later]
        yield DataFault("near", other.place, f"{one.said} / {other.said}", one.place)


def _near(sentences: Sequence[Words], labels: Sequence[str]) -> dict[int, int]:
    """Sentences that are those of another label once a word is left out of the one, of the other, or of both.

    Returns:
        The first such sentence before each: of many that are nearly the same, all pairs would be too many.
    """
    alike: dict[Words, list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        if len(sentence) >= SHORTEST:
            for shorter in _shortened(sentence):
                alike[shorter].append(number)
    found: dict[int, int] = {}
    for group in alike.values():
        firsts: dict[str, int] = {}
        for later in group:
            for label, former in firsts.items():
                if label != labels[later] and sentences[former] != sentences[later]:
                    found[later] = min(former, found.get(later, later))
            firsts.setdefault(labels[later], later)
    return found


def _shortened(sentence: Words) -> set[Words]:
    """The sentence itself, and without each of its words in turn, each once."""
    return {sentence, *(sentence[:place] + sentence[place + 1 :] for place in range(len(sentence)))}
