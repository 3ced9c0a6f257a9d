"""Finds the answer to a question about the service, among those that a regency wrote down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz, process

from actions.regency.declaration import phrase
from actions.regency.files import found
from actions.regency.settings import TomlTable, read_settings

GOOD = 76.0
"""From this likeness (0 to 100) on a question counts as asked; below, the talk does not guess."""


EXACT = 95.0
"""From this likeness on nothing else can be meant."""
LEFT_TO_TALK = ""
"""In the place of an answer's key."""


@dataclass(frozen=True, slots=True)
class MatchedAnswer:
    """The key of an answer, and whether it was asked for almost word by word."""

    key: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and the ways in which people ask for it."""

    key: str
    questions: tuple[str, ...]
    words: str


class AnswerBook:
    """The answers of each language."""

    def __init__(self, answers: Mapping[str, Sequence[Answer]], left_to_talk: Sequence[str] = ()) -> None:
        """`answers` by language; `left_to_talk` are questions that resemble some of them and have no answer here."""
        self._words = {language: {answer.key: answer.words for answer in book} for language, book in answers.items()}
        self._asked = [
            (_plain(q), answer.key) for book in answers.values() for answer in book for q in answer.questions
        ]
        self._asked += [(_plain(question), LEFT_TO_TALK) for question in left_to_talk]
        self._questions = [question for question, _ in self._asked]

    def words(self, key: str, language: str) -> str:
        """The words of an answer; in another language where this one does not have it."""
        return next(book[key] for book in (self._words[language], *self._words.values()) if key in book)

    def find(self, text: str) -> MatchedAnswer | None:
        """The answer that these words ask for, in any language; None when it is not clear."""
        asked = _plain(text)
        if not asked:
            return None
        best = process.extractOne(asked, self._questions, scorer=fuzz.token_sort_ratio, score_cutoff=GOOD)
        if best is None or self._asked[best[2]][1] == LEFT_TO_TALK:
            return None
        return MatchedAnswer(self._asked[best[2]][1], best[1] >= EXACT)


def read_answers(config_dir: Path, defaults_dir: Path, languages: Sequence[str]) -> AnswerBook:
    """Read `faq/<language>.toml` of a regency, or the project's where it has none.

    Raises:
        WrongDeclaration: a file is missing, is no TOML, or its tables lack something.
    """
    files = {language: found(f"faq/{language}.toml", config_dir, defaults_dir) for language in languages}
    read = {language: read_settings(file) for language, file in files.items()}
    left = [
        question
        for about in read.values()
        if "left_to_talk" in about.values
        for question in about.listed("left_to_talk")
    ]
    return AnswerBook({language: _answers(about) for language, about in read.items()}, left)


def _answers(about: TomlTable) -> list[Answer]:
    tables = about.values.get("answer")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        mend = phrase("write [[answer]] with key, questions and answer")
        raise about.wrong("answer", phrase("there is no answer"), mend)
    return [_answer(replace(about, values=table)) for table in tables]


def _answer(table: TomlTable) -> Answer:
    key, questions = table.words("key"), table.listed("questions")
    return Answer(key, questions, table.words("answer"))


_FILLERS = frozenset(
    """
    aku anda apakah bang bapak bu dah deh dong halo ibu ini itu iya kah kak kakak kalian kamu ko kok lah mas maaf mau
    mbak min nanya ni nih numpang pak permisi please saya sih sy tanya the tolong ya yah
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Said around a question, and no part of it."""


def _plain(text: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return " ".join(word for word in words if word not in _FILLERS)
