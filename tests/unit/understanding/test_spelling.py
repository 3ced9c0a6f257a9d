"""Chat spelling made plain, the words that files hold, and what covers personal data."""

from __future__ import annotations

import re

import pytest

from bot.understanding import words
from bot.understanding.normalise import mask, normalise, tokens


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Lampu jln sdh 3bln mati", "lampu jalan sudah 3 bulan mati"),
        ("TOLOOONG", "tolong"),
        ("honorer PPPK gang VIII", "honorer pppk gang viii"),
        ("hari2 gelap bgt", "hari-hari gelap sangat"),
        ("blm ada tindakan dr kmrn", "belum ada tindakan dari kemarin"),
        ("jalannya  rusak\nparah", "jalannya rusak\nparah"),
    ],
)
def test_chat_spelling_becomes_plain(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


def test_letters_and_digits_typed_as_one_are_two_tokens() -> None:
    assert [token.word for token in tokens("RT05 nipah2")] == ["rt", "05", "nipah", "2"]


def test_no_slang_stands_for_two_words() -> None:
    meant = [typed for members in words.lists("slang").values() for typed in members]
    assert len(meant) == len(set(meant))


def test_no_slang_is_the_plain_word_of_another() -> None:
    slang = words.lists("slang")
    assert not {typed for members in slang.values() for typed in members} & slang.keys()


@pytest.mark.parametrize("form", ["memukul", "mukul", "dipukuli", "mukulin", "terpukul", "pemukulan", "mamukul"])
def test_a_verb_is_known_in_its_forms(form: str) -> None:
    assert re.fullmatch(words.forms("pukul"), form)


@pytest.mark.parametrize(
    ("root", "form"), [("bacok", "membacok"), ("culik", "penculikan"), ("aniaya", "dianiaya"), ("rampok", "ngerampok")]
)
def test_sounds_melt_or_stay_after_the_nasal(root: str, form: str) -> None:
    assert re.fullmatch(words.forms(root), form)


def test_a_file_that_says_something_else_is_refused_with_its_name() -> None:
    with pytest.raises(words.WordsError, match=r"words/slang.toml: there is no table \[nothing\]"):
        words.lists("slang", "nothing")


def test_personal_data_is_covered_and_the_place_stays() -> None:
    covered = mask("NIK 6409011203900001 hp 081234567890, jl provinsi km 5 rt 3")
    assert "6409011203900001" not in covered
    assert "081234567890" not in covered
    assert "jl provinsi km 5 rt 3" in covered
