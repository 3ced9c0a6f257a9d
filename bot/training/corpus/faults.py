"""What is wrong with training data: what nothing may be saved with, and all that `lapor nlu check` names. Pure.

The one place of these checks. `nlu/check.py` only asks Rasa, for Rasa lives in a Python of its own.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.training.corpus.corpus import BASE, OWN, Corpus, fold, may_be_personal
from bot.training.corpus.examples import DataFault, Example, SourcePosition, without_marks
from bot.training.corpus.twins import twins
from bot.training.samples.labels import INTENTS
from bot.understanding.model.grams import Spelling
from bot.understanding.normalise import mask
from bot.understanding.understood import REPORT_TYPES

HEAVY = frozenset(
    {"unreadable", "no_examples", "no_intent", "unknown_mark", "empty", "unknown_intent", "unknown_category"}
    | {"category_of_small_talk", "conflict", "personal"}
)
"""Faults with which nothing is saved."""
FEWEST_OF_CATEGORY, FEWEST_OF_INTENT = 120, 60
"""Examples, so that a model can learn it."""
FEWEST_WORDS_OF_CATEGORY, MOST_WORDS = 3, 120
_DIGITS = re.compile(r"(?<![\w-])\+?\d(?:[ .-]?\d){8,}(?![\w-])")
"""Nine digits or more, as telephone numbers, NIK, family cards and accounts have them."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_RASAS_OWN = re.compile(r"\[[^\]]*\]\s*[({]|^/")
"""What Rasa reads as an entity or an order and not as words."""


def heavy_faults(corpus: Corpus, categories: Collection[str]) -> list[DataFault]:
    """What stands in the way of saving, file by file. Takes about a second for 10,000 examples.

    Args:
        corpus: all data.
        categories: slugs that an example may bear.
    """
    examples = list(corpus.examples)
    found = [fault for file in corpus.files.values() for fault in file.faults if fault.what in HEAVY]
    found += (fault for example in examples for fault in _faults_of(example, categories))
    found += _conflicts(examples)
    return sorted(found, key=lambda fault: (fault.place, fault.what))


def all_faults(
    corpus: Corpus, categories: Collection[str], wanted: Iterable[str], spelling: Spelling
) -> list[DataFault]:
    """Everything that is to be mended, file by file.

    Args:
        corpus: all data.
        categories: slugs that an example may bear.
        wanted: slugs that need examples.
        spelling: makes texts even that the model reads as one.
    """
    examples = list(corpus.examples)
    heavy = heavy_faults(corpus, categories)
    found = [fault for file in corpus.files.values() for fault in file.faults]
    found += _not_written_back(corpus)
    found += (fault for example in examples for fault in _faults_of_words(example))
    found += _too_few(examples, wanted)
    found += twins(examples, spelling)
    known = {(fault.place, fault.what) for fault in heavy}
    more = [fault for fault in found if (fault.place, fault.what) not in known]
    return sorted([*heavy, *more], key=lambda fault: (fault.place, fault.what, fault.detail))


def _faults_of(example: Example, categories: Collection[str]) -> Iterator[DataFault]:
    is_report = example.intent in REPORT_TYPES
    if example.intent not in INTENTS:
        yield DataFault("unknown_intent", example.place, example.intent)
    if example.category and example.category not in categories:
        yield DataFault("unknown_category", example.place, example.category)
    if example.category and not is_report:
        yield DataFault("category_of_small_talk", example.place, example.category)
    if example.place.layer == OWN and may_be_personal(example.text) and mask(example.text) != example.text:
        yield DataFault("personal", example.place)


def _conflicts(examples: Iterable[Example]) -> Iterator[DataFault]:
    first = dict[str, Example]()
    for example in examples:
        before = first.setdefault(fold(example.text), example)
        if before.kind != example.kind:
            yield DataFault("conflict", example.place, f"{before.said} / {example.said}", before.place)


def _faults_of_words(example: Example) -> Iterator[DataFault]:
    if _DIGITS.search(example.text) or _MAIL.search(example.text):
        yield DataFault("personal", example.place)
    if _RASAS_OWN.search(without_marks(example.written)):
        yield DataFault("unknown_mark", example.place)
    words = len(example.text.split())
    if words > MOST_WORDS:
        yield DataFault("too_long", example.place, str(words))
    if example.category and words < FEWEST_WORDS_OF_CATEGORY:
        yield DataFault("too_short", example.place, example.category)


def _too_few(examples: Iterable[Example], wanted: Iterable[str]) -> Iterator[DataFault]:
    """Labels with too few examples, the wanted ones without any too; said of the file that more belong into."""
    counts, files = Counter[str](), dict[str, SourcePosition]()
    for example in examples:
        for label in filter(None, (example.intent, example.category)):
            counts[label] += 1
            files.setdefault(label, SourcePosition(example.place.layer, example.place.file, 0))
    for label in {*wanted, *counts}:
        fewest = FEWEST_OF_INTENT if label in INTENTS else FEWEST_OF_CATEGORY
        if counts[label] < fewest:
            where = files.get(label, SourcePosition(BASE, f"category/{label}.yml", 0))
            yield DataFault("too_few", where, f"{label} {counts[label]} {fewest - counts[label]}")


def _not_written_back(corpus: Corpus) -> Iterator[DataFault]:
    """Files that a YAML writer would change; what a trainer adds is to show as one line in their history."""
    for (layer, name), file in corpus.files.items():
        if file.faults:
            continue
        try:
            is_same = _written_back(file.content) == file.content
        except (YAMLError, ValueError) as error:
            mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
            yield DataFault(
                "unreadable", SourcePosition(layer, name, mark.line + 1 if mark else 1), type(error).__name__
            )
            continue
        if not is_same:
            yield DataFault("rewritten", SourcePosition(layer, name, 0))


def _written_back(content: str) -> str:
    """As a YAML writer writes the files of this project."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    stream = io.StringIO()
    yaml.dump(yaml.load(content), stream)
    return stream.getvalue()
