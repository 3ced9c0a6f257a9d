"""Texts as SMS: nothing is lost, no part is too long, and every letter is one that a phone has."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.sms.gsm import CODES, Coding, coding_of, cut, decode, encode, in_sms_letters, parts_needed, units
from bot.channels.sms.segments import MOST_LETTERS, segments
from tests.talks.sms import joined

LETTERS = frozenset(CODES)
words = st.text(st.sampled_from(sorted(LETTERS - {" ", "\n"})), min_size=1, max_size=30)
texts = st.lists(words | st.sampled_from([" ", "\n", "\n\n", "x" * 400]), max_size=300).map("".join)
longer = texts.filter(lambda text: len(text) > MOST_LETTERS)


@given(longer)
def test_the_parts_give_the_text_back(text: str) -> None:
    assert joined(segments(text)) == [text]


@given(texts)
def test_no_part_is_longer_than_an_sms(text: str) -> None:
    assert all(0 < len(part) <= MOST_LETTERS for part in segments(text))


@given(longer)
def test_parts_are_numbered(text: str) -> None:
    parts = segments(text)
    assert [part.split(" ")[0] for part in parts] == [f"{n}/{len(parts)}" for n in range(1, len(parts) + 1)]


@pytest.mark.thorough
@given(st.lists(words, min_size=50, max_size=200))
def test_no_word_is_broken(said: list[str]) -> None:
    parts = [part.split(" ", 1)[1] for part in segments(" ".join(said))] if len(" ".join(said)) > MOST_LETTERS else []
    assert [word for part in parts for word in part.split(" ") if word] == (said if parts else [])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_nothing_becomes_a_question_mark(text: str) -> None:
    assert in_sms_letters(text).count("?") == unicodedata.normalize("NFKD", text).count("?")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_octets_say_what_was_written(text: str) -> None:
    coding = coding_of(text)
    most = 153 if coding is Coding.GSM else 67
    pieces = cut(text, coding, most)
    assert "".join(decode(encode(piece, coding), coding.value) for piece in pieces) == text
    assert all(units(piece, coding) <= most and len(encode(piece, coding)) <= 140 + 13 for piece in pieces)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ꦱ" * 70, 1),
        ("ꦱ" * 71, 2),
        ("😭" * 36, 2),
    ],
)
def test_what_a_text_costs(text: str, parts: int) -> None:
    assert parts_needed(text) == parts


@given(texts)
def test_what_an_sms_can_hold_stays_as_it_is(text: str) -> None:
    assert in_sms_letters(text) == text


def test_a_short_text_is_one_message_without_a_number() -> None:
    assert segments("x" * 160) == ["x" * 160]


def test_a_blank_text_is_no_message() -> None:
    assert segments(" \n") == []


def test_a_hundred_parts_have_room_for_their_numbers() -> None:
    parts = segments("halo " * 3200)
    assert (len(parts), parts[0][:6], max(map(len, parts)) <= 160) == (107, "1/107 ", True)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Penerangan jalan · Jl. Provinsi …", "Penerangan jalan - Jl. Provinsi ..."),
        ("“lampu mati” – kata dia", '"lampu mati" - kata dia'),  # noqa: RUF001 - as phones write
        ("cafe\u0301 kopi ê", "café kopi e"),
        ("[1] {a} ~b|c", "(1) (a) -b/c"),
        ("tolong 🙏🏽 pak", "tolong 🙏🏽 pak"),
        ("“ꦱꦸꦫꦠ”", "“ꦱꦸꦫꦠ”"),
        ("Rp 5 €", "Rp 5 €"),
        ("a\u200db\ufe0f\u00a0c\td\r\n", "ab c d\r\n"),
    ],
)
def test_letters_that_an_sms_lacks_become_their_likeness(written: str, seen: str) -> None:
    assert in_sms_letters(written) == seen
