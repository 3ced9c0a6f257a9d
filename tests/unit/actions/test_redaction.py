"""What a moderator covers of a case, and who then reads what."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.case import Attachment, Words
from actions.redaction import (
    COVER,
    NOTHING_MODERATED,
    Moderated,
    Redaction,
    Span,
    WrongRedaction,
    copied_spans,
    cover,
    fitted,
    joined,
    moderated,
)
from actions.visible import Reader, anybody_reads, see
from tests.unit.actions.builders import a_case

STORY = "Pak Budi di rumah biru menutup selokan"
BUDI = Span(4, 8)
CASE = a_case(attachments=(Attachment("photo", "satu"), Attachment("photo", "dua")))
WORDS = Words(STORY, "Siti", Redaction(story=(BUDI,), withheld=frozenset({1})))

spans = st.lists(st.builds(Span, st.integers(0, 40), st.integers(0, 40)), max_size=6)


def read_by(reader: Reader) -> str:
    seen = see(CASE, WORDS, reader)
    return seen.words.story if seen and seen.words else ""


def test_what_is_covered_is_not_there_and_its_length_tells_nothing() -> None:
    assert cover(STORY, [BUDI, Span(12, 22)]) == f"Pak {COVER} di {COVER} menutup selokan"


@given(spans)
def test_spans_never_touch_and_cover_what_they_covered(some: list[Span]) -> None:
    together = joined(some)
    assert all(first.end < second.start for first, second in itertools.pairwise(together))
    assert {place for span in some for place in range(*span)} == {place for span in together for place in range(*span)}


def test_a_copied_part_is_covered_wherever_it_stands() -> None:
    assert copied_spans("Budi, lalu budi lagi, BUDI!", ["budi", ""]) == (Span(0, 4), Span(11, 15), Span(22, 26))


@pytest.mark.parametrize("reader", [Reader.GROUP, Reader.TRAINER])
def test_a_group_and_a_trainer_read_what_is_left(reader: Reader) -> None:
    assert read_by(reader) == f"Pak {COVER} di rumah biru menutup selokan"


@pytest.mark.parametrize("reader", [Reader.REPORTER, Reader.OFFICER])
def test_the_reporter_and_the_officer_read_all(reader: Reader) -> None:
    assert read_by(reader) == STORY


def test_anybody_reads_no_story_with_or_without_it() -> None:
    assert read_by(Reader.ANYBODY) == ""


def test_a_group_does_not_hear_of_what_is_withheld() -> None:
    seen = see(CASE, WORDS, Reader.GROUP)
    assert seen
    assert seen.case.attachments == (Attachment("photo", "dua"),)


def test_an_answer_is_out_until_another_is_given() -> None:
    redaction = Redaction(title="Selokan ditutup", answer=4, answer_covered=(Span(0, 4),))
    assert moderated(redaction, 4, "Budi sudah ditegur") == Moderated("Selokan ditutup", f"{COVER} sudah ditegur")
    assert moderated(redaction, 6, "Jawaban baru") == Moderated("Selokan ditutup", "")


def test_nobody_reads_a_title_of_a_case_of_which_she_may_not_know() -> None:
    told = Moderated("Selokan ditutup", "Sudah ditegur")
    assert anybody_reads(CASE, told) == told
    assert anybody_reads(replace(CASE, is_hidden=True), told) == NOTHING_MODERATED


@pytest.mark.parametrize(
    "wrong",
    [
        Redaction(story=(Span(0, len(STORY) + 1),)),
        Redaction(story=(Span(-1, 3),)),
        Redaction(answer=9),
        Redaction(withheld=frozenset({3})),
        Redaction(title="dua\nbaris"),
        Redaction(title="x" * 121),
    ],
)
def test_what_fits_not_is_refused(wrong: Redaction) -> None:
    with pytest.raises(WrongRedaction):
        fitted(wrong, STORY, None, 2)
