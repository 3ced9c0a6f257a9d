"""Answers to questions about the service, in whichever language they were written down."""

from __future__ import annotations

from bot.understanding.answers import Answer, AnswerBook

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
