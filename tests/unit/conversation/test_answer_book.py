"""Answers to questions about the service, in whichever language they were written down."""

from __future__ import annotations

import pytest

from bot.main.assembly import DEFAULTS
from bot.understanding.answers import Answer, AnswerBook, read_answers

BOOK = AnswerBook(
    {
        "id": [Answer("cost", ("apakah ini berbayar",), "Gratis."), Answer("hours", ("jam berapa buka",), "Selalu.")],
        "en": [Answer("cost", ("is it free",), "It is free.")],
    }
)


def test_an_answer_is_given_in_her_language() -> None:
    assert BOOK.words("cost", "en") == "It is free."


def test_an_answer_that_her_language_lacks_is_given_in_another() -> None:
    assert BOOK.words("hours", "en") == "Selalu."


def test_what_was_not_asked_is_not_answered() -> None:
    assert BOOK.find("lampu jalan mati sudah dua minggu") is None


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("biayanya berapa ya", "what-does-it-cost"),
        ("kak bisa anonim gak", "is-it-secret"),
        ("laporan saya bisa dicabut nggak?", "can-i-withdraw"),
        ("ini bot apa orang sih", "human-or-machine"),
        ("kalau gak puas sama jawabannya gimana", "not-satisfied"),
        ("what if the agency does nothing?", "not-satisfied"),
        ("gimana cara lihat laporan sy", "how-to-follow"),
        ("cara batalin laporan gimana ya", "can-i-withdraw"),
        ("gimana caranya edit laporan min", "can-i-change-it"),
        ("how do i send photos", "how-to-add-a-photo"),
    ],
)
def test_what_is_asked_often_is_answered_here(asked: str, key: str) -> None:
    found = read_answers(DEFAULTS, DEFAULTS, ("id", "en")).find(asked)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "asked",
    [
        "gimana cara lapor",
        "min gmn cr lapor",
        "bagaimana cara melapor?",
        "cara bikin laporan gimana",
        "how do i report",
    ],
)
def test_how_to_report_is_left_to_the_talk(asked: str) -> None:
    assert read_answers(DEFAULTS, DEFAULTS, ("id", "en")).find(asked) is None


def test_every_answer_is_there_in_every_language() -> None:
    book = read_answers(DEFAULTS, DEFAULTS, ("id", "en"))
    assert set(book._words["id"]) == set(book._words["en"])
