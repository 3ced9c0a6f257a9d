"""What a moderator covers of a case, and who then reads what."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.case import Attachment, Location, Words
from actions.privacy.redaction import (
    COVER,
    NOTHING_MODERATED,
    Moderated,
    Redaction,
    TextSpan,
    WrongRedaction,
    copied_spans,
    cover,
    cover_again,
    fitted,
    joined,
    moderated,
)
from actions.privacy.visibility import Reader, anybody_reads, said_to_group, see
from tests.unit.actions.builders import a_case

STORY = "Pak Budi di rumah biru menutup selokan"
BUDI = TextSpan(4, 8)
CASE = a_case(attachments=(Attachment("photo", "satu"), Attachment("photo", "dua")))
WORDS = Words(STORY, "Siti", Redaction(story=(BUDI,), suppressed=frozenset({1})))

spans = st.lists(st.builds(TextSpan, st.integers(0, 40), st.integers(0, 40)), max_size=6)


def read_by(reader: Reader) -> str:
    seen = see(CASE, WORDS, reader)
    return seen.words.story if seen and seen.words else ""


def test_what_is_covered_is_not_there_and_its_length_tells_nothing() -> None:
    assert cover(STORY, [BUDI, TextSpan(12, 22)]) == f"Pak {COVER} di {COVER} menutup selokan"


@given(spans)
def test_spans_never_touch_and_cover_what_they_covered(some: list[TextSpan]) -> None:
    together = joined(some)
    assert all(first.end < second.start for first, second in itertools.pairwise(together))
    assert {place for span in some for place in range(*span)} == {place for span in together for place in range(*span)}


def test_a_copied_part_is_covered_wherever_it_stands() -> None:
    assert copied_spans("Budi, lalu budi lagi, BUDI!", ["budi", ""]) == (
        TextSpan(0, 4),
        TextSpan(11, 15),
        TextSpan(22, 26),
    )


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
    redaction = Redaction(title="Selokan ditutup", answer=4, answer_covered=(TextSpan(0, 4),))
    assert moderated(redaction, 4, "Budi sudah ditegur") == Moderated("Selokan ditutup", f"{COVER} sudah ditegur")
    assert moderated(redaction, 6, "Jawaban baru") == Moderated("Selokan ditutup", "")


def test_nobody_reads_a_title_of_a_case_of_which_she_may_not_know() -> None:
    told = Moderated("Selokan ditutup", "Sudah ditegur")
    assert anybody_reads(CASE, told) == told
    assert anybody_reads(replace(CASE, is_hidden=True), told) == NOTHING_MODERATED


@pytest.mark.parametrize(
    "wrong",
    [
        Redaction(story=(TextSpan(0, len(STORY) + 1),)),
        Redaction(story=(TextSpan(-1, 3),)),
        Redaction(answer=9),
        Redaction(suppressed=frozenset({3})),
        Redaction(title="dua\nbaris"),
        Redaction(title="x" * 121),
    ],
)
def test_what_fits_not_is_refused(wrong: Redaction) -> None:
    with pytest.raises(WrongRedaction):
        fitted(wrong, STORY, None, 2)


PAK_BUDI = TextSpan(0, 8)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Rumah biru itu rumah PAK  budi", f"Rumah biru itu rumah {COVER}"),
        ("budi marah, si Budi", f"{COVER} marah, si {COVER}"),
        ("budidaya ikan di rumah biru", "budidaya ikan di rumah biru"),
        ("", ""),
    ],
)
def test_what_is_covered_in_the_story_is_covered_in_what_is_said_later(said: str, read: str) -> None:
    assert cover_again(said, STORY, [PAK_BUDI]) == read


def test_a_word_that_still_stands_in_the_story_stays() -> None:
    story = "Budi Jalan Budi nomor 5 rusak"
    assert cover_again("Jalan Budi rusak", story, [TextSpan(0, 4), TextSpan(11, 15)]) == f"Jalan {COVER} rusak"
    assert cover_again("jalan rusak", story, [TextSpan(0, 10)]) == f"{COVER} rusak"
    assert cover_again("nomor 5", story, [TextSpan(11, 15)]) == "nomor 5"


def test_of_a_covered_sentence_only_the_whole_is_covered_again() -> None:
    story = "Katanya lurah mengambil uang warga, jalan rusak"
    said = "jalan dekat rumah lurah"
    assert cover_again(said, story, [TextSpan(0, 34)]) == said
    assert cover_again(f"ya, {story[:34].lower()}", story, [TextSpan(0, 34)]) == f"ya, {COVER}"


@given(st.text(max_size=30), st.text(max_size=30), spans)
def test_no_covered_part_is_ever_read_in_what_is_said_later(before: str, after: str, some: list[TextSpan]) -> None:
    for span in joined([TextSpan(min(span.start, 38), min(span.end, 38)) for span in some]):
        part = STORY[span.start : span.end].strip()
        if part:
            assert part not in cover_again(f"{before}{part}{after}", STORY, [span]).replace(COVER, "\0")


def test_a_group_reads_neither_in_later_words_nor_in_the_place_what_is_covered() -> None:
    assert said_to_group("budi lagi", WORDS) == f"{COVER} lagi"
    assert said_to_group("budi lagi", None) == "budi lagi"
    case = replace(CASE, location=Location(spoken="dekat rumah Budi"))
    seen = {reader: see(case, WORDS, reader) for reader in (Reader.GROUP, Reader.OFFICER)}
    where = [one.case.location.spoken if one else None for one in seen.values()]
    assert where == [f"dekat rumah {COVER}", "dekat rumah Budi"]
