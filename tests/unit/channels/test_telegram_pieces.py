"""Texts that are too long for one message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.pieces import clipped, pieces, units

TEXTS = st.text(alphabet=st.sampled_from("ab😀.!? \n"), max_size=200)


@given(TEXTS, st.integers(4, 30))
def test_pieces_fit_and_lose_nothing_but_blanks(text: str, most: int) -> None:
    found = pieces(text, most)
    assert all(units(piece) <= most for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(TEXTS.filter(str.strip), st.integers(4, 30))
def test_no_piece_is_blank(text: str, most: int) -> None:
    assert all(piece.strip() for piece in pieces(text, most))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Satu dua.\n\nTiga empat.", ["Satu dua.", "Tiga empat."]),
        ("Satu dua.\nTiga empat.", ["Satu dua.", "Tiga empat."]),
        ("Satu dua! Tiga empat.", ["Satu dua!", "Tiga empat."]),
        ("Satu dua tiga empat lima", ["Satu dua tiga", "empat lima"]),
        ("Satuduatigaempatlima", ["Satuduatigaempa", "tlima"]),
        ("A.\n\nBCD EFG HIJ KLM", ["A.\n\nBCD EFG HIJ", "KLM"]),
        ("pendek", ["pendek"]),
        (" ", [""]),
    ],
)
def test_a_text_is_cut_where_a_reader_pauses(text: str, expected: list[str]) -> None:
    assert pieces(text, 15) == expected


def test_an_emoji_counts_two() -> None:
    assert [len(piece) for piece in pieces("😀" * 3000)] == [2048, 952]


@pytest.mark.parametrize(
    ("text", "expected"), [("lima", "lima"), ("Laporan Anda", "Laporan…"), ("😀😀😀😀😀", "😀😀😀…")]
)
def test_a_note_that_is_too_long_says_that_it_goes_on(text: str, expected: str) -> None:
    assert clipped(text, 8) == expected
