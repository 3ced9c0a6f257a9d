"""A deployment's own labelled messages are learned from, covered, and never against what the data says already."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.training.corpus.corpus import BASE, Corpus, fold
from bot.training.corpus.examples import read_file
from bot.training.samples.importing import Imported, LeftOut, additions_of
from bot.understanding.evaluation.evaluation import LabelledText

CATEGORIES = frozenset({"jalan", "sampah"})
DATA = """version: "3.1"
nlu:
- intent: aspiration
  metadata:
    category: jalan
  examples: |
    - minta jalan kampung diaspal
"""


def imported(*rows: LabelledText) -> Imported:
    corpus = Corpus({(BASE, "category/jalan.yml"): read_file(BASE, "category/jalan.yml", DATA)})
    return additions_of(rows, corpus, CATEGORIES)


def kinds(found: Imported) -> list[tuple[str, str | None]]:
    return [addition.label.kind for addition in found.additions]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (LabelledText("aspal rusak", "complaint", None, "jalan"), ("complaint", "jalan")),
        (LabelledText("kapan diaspal", None, "information", "jalan"), ("information", "jalan")),
        (LabelledText("aspal rusak", "aspiration", "complaint", "jalan"), ("aspiration", "jalan")),
        (LabelledText("aspal rusak", None, None, "jalan"), ("complaint", "jalan")),
        (LabelledText("aspal rusak", "complaint"), ("complaint", None)),
        (LabelledText("terima kasih jalannya bagus", "thanks", None, "jalan"), ("thanks", None)),
    ],
)
def test_a_row_is_learned_as_what_it_says(row: LabelledText, kind: tuple[str, str | None]) -> None:
    found = imported(row)
    assert kinds(found) == [kind]
    assert found.additions[0].label.type_known == bool(row.intent or row.type)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (LabelledText(" \n", "complaint", None, "jalan"), LeftOut.NO_TEXT),
        (LabelledText("aspal rusak"), LeftOut.NO_LABEL),
        (LabelledText("aspal rusak", "keluhan", None, "jalan"), LeftOut.UNKNOWN_INTENT),
        (LabelledText("aspal rusak", None, None, "Jalan Rusak"), LeftOut.UNKNOWN_CATEGORY),
        (LabelledText("Minta jalan kampung diaspal!", "aspiration", None, "jalan"), LeftOut.KNOWN),
        (LabelledText("minta jalan kampung diaspal", None, None, "jalan"), LeftOut.KNOWN),
        (LabelledText("minta jalan kampung diaspal", "complaint", None, "jalan"), LeftOut.CONFLICT),
        (LabelledText("minta jalan kampung diaspal", None, None, "sampah"), LeftOut.CONFLICT),
    ],
)
def test_a_row_that_cannot_be_learned_is_left_out_and_named(row: LabelledText, why: LeftOut) -> None:
    found = imported(LabelledText("aspal rusak lagi", "complaint", None, "jalan"), row)
    assert (len(found.additions), found.left_out) == (1, ((2, why),))


def test_of_rows_that_differ_the_first_is_learned() -> None:
    rows = [LabelledText("sampah di jalan", None, None, slug) for slug in ("sampah", "jalan", "sampah")]
    found = imported(*rows)
    assert kinds(found) == [("complaint", "sampah")]
    assert found.left_out == ((2, LeftOut.CONFLICT), (3, LeftOut.KNOWN))


def test_personal_data_is_covered() -> None:
    [addition] = imported(LabelledText("jalan rusak,\nhubungi 081234567890", None, None, "jalan")).additions
    assert addition.line == "jalan rusak, hubungi [PHONE_1]"


def test_it_is_told_how_many_rows_are_done() -> None:
    told: list[int] = []
    rows = [LabelledText("aspal rusak", None, None, "jalan"), LabelledText("")]
    additions_of(rows, Corpus({}), CATEGORIES, told.append)
    assert told == [1, 2]


@given(st.lists(st.tuples(st.text(), st.sampled_from([*CATEGORIES, "lain", None]))))
def test_every_row_is_learned_or_named_and_no_message_is_learned_as_two_things(
    rows: list[tuple[str, str | None]],
) -> None:
    found = imported(*(LabelledText(text, None, None, slug) for text, slug in rows))
    assert len(found.additions) + len(found.left_out) == len(rows)
    words = [fold(addition.plain) for addition in found.additions]
    assert len(words) == len(set(words))
