"""What is wrong between examples: one text under two labels, near-twins, labels unknown or too seldom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from checking.faults import Example, Fault
from components.spelling import Spelling

FEWEST_OF_CATEGORY = 120
FEWEST_OF_INTENT = 60
_SHORTEST_TWIN = 5
"""Words; in fewer, one that differs is all that matters."""

Words = tuple[str, ...]


@dataclass(frozen=True)
class Labels:
    """What may be predicted.

    Attributes:
        intents: as domain.yml names them.
        categories: the slugs that have a parent in categories.csv; None when nobody says.
    """

    intents: Collection[str]
    categories: Collection[str] | None


def faults_of_labels(examples: Sequence[Example], known: Labels) -> Iterator[Fault]:
    """Labels that nobody knows, and those with too few examples."""
    for example in examples:
        if example.intent not in known.intents:
            yield example.fault(f"no intent is called {example.intent}: domain.yml names those there are.")
        if example.category and known.categories is not None and example.category not in known.categories:
            yield example.fault(
                f"no category is called {example.category}: categories.csv names those there are."
            )
    yield from _too_seldom(examples, Counter(one.intent for one in examples), FEWEST_OF_INTENT)
    yield from _too_seldom(
        examples, Counter(one.category for one in examples if one.category), FEWEST_OF_CATEGORY
    )


def _too_seldom(examples: Sequence[Example], counts: Counter[str], fewest: int) -> Iterator[Fault]:
    for label, count in sorted(counts.items()):
        if count < fewest:
            file = next(one.file for one in examples if label in (one.intent, one.category))
            yield Fault(file, 0, f"{label} has {count} examples only: write {fewest - count} more.")


def faults_of_twins(examples: Sequence[Example], spelling: Spelling) -> Iterator[Fault]:
    """One text twice, and texts of two labels that differ by one word at most, spelling made even."""
    words = [tuple(spelling.normalise(example.text).split()) for example in examples]
    seen: dict[Words, Example] = {}
    for example, sentence in zip(examples, words):
        former = seen.setdefault(sentence, example)
        if former is not example and (former.label != example.label or former.text == example.text):
            yield example.fault(_twice(former, example))
    for one, other in sorted(_near(words, [example.label for example in examples]).items()):
        later, former = examples[one], examples[other]
        yield later.fault(
            f"but for one word this is {_place(former)}, {former.label}, and itself {later.label}:"
            " say more in one of them or leave it out."
        )


def _twice(former: Example, example: Example) -> str:
    if former.label == example.label:
        return f"this stands in {_place(former)} already: leave it out."
    return f"this is {example.label}, and {former.label} in {_place(former)}: keep one of them."


def _place(example: Example) -> str:
    return f"{example.file.name}:{example.line}"


def _near(sentences: Sequence[Words], labels: Sequence[str]) -> dict[int, int]:
    """Sentences that are those of another label once a word is left out of the one, of the other, or of both.

    Returns:
        The first such sentence before each: of many that are nearly the same, all pairs would be too many.
    """
    alike: dict[Words, list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        if len(sentence) >= _SHORTEST_TWIN:
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


def _shortened(sentence: Words) -> Iterable[Words]:
    """The sentence itself, and without each of its words in turn, each once."""
    return {sentence, *(sentence[:place] + sentence[place + 1 :] for place in range(len(sentence)))}
