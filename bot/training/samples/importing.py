"""Turns a deployment's own labelled messages into additions to the training data; says which it leaves out, and why.

Personal data is covered first. What stands in the data already is left as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.training.corpus.corpus import Corpus, fold, may_be_personal
from bot.training.corpus.edits import Addition
from bot.training.corpus.examples import one_line
from bot.training.samples.labels import INTENTS, SampleLabel
from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.normalise import mask
from bot.understanding.understood import REPORT_TYPES

UNCLEAR = "complaint"
"""What a report of no known type counts as; the model learns no intent from it."""
_FORMULA = re.compile(r"\s*(?:=\s*(?:\$?[A-Z]{1,3}\$?\d|[\d.(])|[=+@-]\s*[A-Z][A-Z.]+\()")
"""What a spreadsheet reckons with: nobody's words."""
Kind = tuple[str, str | None]
"""Intent and category."""


class LeftOut(StrEnum):
    """Why a row is not learned from."""

    NO_TEXT = "no_text"
    NO_LABEL = "no_label"
    UNKNOWN_INTENT = "unknown_intent"
    UNKNOWN_CATEGORY = "unknown_category"
    KNOWN = "known"
    CONFLICT = "conflict"
    PERSONAL = "personal"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file comes to. `left_out`: the number of a row, counted from 1, and why, in the order of the rows."""

    additions: tuple[Addition, ...]
    left_out: tuple[tuple[int, LeftOut], ...]


def additions_of(
    rows: Sequence[LabelledText],
    corpus: Corpus,
    categories: Collection[str],
    progress: Callable[[int], None] = lambda _: None,
) -> Imported:
    """What of these rows can be learned from.

    Args:
        rows: as a file has them.
        corpus: all data, as it is; what it says of a message stands.
        categories: the leaves of this regency.
        progress: told how many rows are done.
    """
    known = {words: found[0].kind for words, found in corpus.by_words().items()}
    additions, left_out = list[Addition](), list[tuple[int, LeftOut]]()
    for number, row in enumerate(rows, start=1):
        found = new_or_left_out(row, categories, known)
        if isinstance(found, Addition):
            additions.append(found)
            known[fold(found.plain)] = found.label.kind
        else:
            left_out.append((number, found))
        progress(number)
    return Imported(tuple(additions), tuple(left_out))


def new_or_left_out(row: LabelledText, categories: Collection[str], known: Mapping[str, Kind]) -> Addition | LeftOut:
    """A row as it will be learned, unless its words are known as this or as something else."""
    found = _addition(row, categories)
    before = None if isinstance(found, LeftOut) else known.get(fold(found.plain))
    if isinstance(found, LeftOut) or before is None:
        return found
    intent_said = bool(row.intent or row.type)
    is_same = before == found.label.kind if intent_said else before[1] == found.label.category
    return LeftOut.KNOWN if is_same else LeftOut.CONFLICT


def _addition(row: LabelledText, categories: Collection[str]) -> Addition | LeftOut:
    """A row as it would be learned, whatever else is known."""
    label = _label(row, categories)
    if isinstance(label, LeftOut):
        return label
    if _FORMULA.match(row.text):
        return LeftOut.FORMULA
    text = mask(one_line(row.text))
    found = Addition(text, label)
    if not fold(found.plain):
        return LeftOut.NO_TEXT
    is_covered = not may_be_personal(found.plain) or mask(found.plain) == found.plain
    return found if is_covered else LeftOut.PERSONAL


def _label(row: LabelledText, categories: Collection[str]) -> SampleLabel | LeftOut:
    """What a row says it is; the intent goes before the type, and only a report is about something."""
    intent, category = row.intent or row.type, row.category
    if not (intent or category):
        return LeftOut.NO_LABEL
    if intent and intent not in INTENTS:
        return LeftOut.UNKNOWN_INTENT
    if category and category not in categories:
        return LeftOut.UNKNOWN_CATEGORY
    if not intent:
        return SampleLabel(UNCLEAR, category, type_known=False)
    return SampleLabel(intent, category if intent in REPORT_TYPES else None)
