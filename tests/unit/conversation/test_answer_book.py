"""Answers to questions about the service, in whichever language they were written down."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.main.assembly import DEFAULTS
from bot.understanding.answers import Answer, AnswerBook, not_written, read_answers, read_local

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


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("syarat bikin KTP apa ya", "id-card"),
        ("buka jam berapa", "office-hours"),
        ("bikin kk baru syaratnya apa", "family-card"),
        ("berapa biaya nikah", "marriage"),
        ("ktp hilang gimana ngurusnya", "id-card-lost"),
        ("jam berapa puskesmas buka", "health-centre"),
        ("mau nikah di kua syaratnya apa pak", "marriage"),
        ("kapan sampah diangkut", "waste"),
    ],
)
def test_what_is_asked_of_the_regency_is_answered_here(asked: str, key: str) -> None:
    found = read_answers(DEFAULTS, DEFAULTS, ("id", "en")).find(asked)
    assert found is not None
    assert found.key == key


@pytest.mark.thorough
def test_there_are_answers_to_sixty_questions_and_each_question_finds_its_own() -> None:
    book = read_answers(DEFAULTS, DEFAULTS, ("id", "en"))
    assert len(book._words["id"]) >= 60
    found = {question: book.find(question) for question, _ in book._asked}
    elsewhere = [q for q, key in book._asked if ((match := found[q]) and match.key) != (key or None)]
    assert len(elsewhere) <= 1, elsewhere


def test_what_varies_is_said_where_the_regency_wrote_it_and_named_where_it_did_not(tmp_path: Path) -> None:
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "local.toml").write_text('[id]\ndukcapil = "Buka Senin sampai Jumat."\nrsud = ""\n', "utf-8")
    book = read_answers(tmp_path, DEFAULTS, ("id", "en"))
    assert book.words("id-card", "id").endswith("Gratis. Buka Senin sampai Jumat.")
    assert book.words("id-card", "en").endswith("It is free. Buka Senin sampai Jumat.")
    assert "belum ditulis" in book.words("hospital", "id")
    assert not_written(read_local(tmp_path, DEFAULTS), "id") == ("rsud",)


def test_every_office_that_answers_name_has_its_line() -> None:
    for language in ("id", "en"):
        told = tomllib.loads((DEFAULTS / "faq" / f"{language}.toml").read_text("utf-8"))["answer"]
        named = {answer["local"] for answer in told if "local" in answer}
        assert named == set(read_local(DEFAULTS, DEFAULTS)[language])
