"""Finds the answer to a question about the service, among those that a regency wrote down."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

GOOD = 76.0
"""From this likeness (0 to 100) on a question counts as asked; below, the talk does not guess."""


EXACT = 95.0
"""From this likeness on nothing else can be meant."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The key of an answer, and whether it was asked for almost word by word."""

    key: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and the ways in which people ask for it."""

    key: str
    questions: tuple[str, ...]
    words: str


class WrongAnswers(ValueError):
    """A file of answers cannot be used; the message names file and mend."""


class AnswerBook:
    """The answers of each language."""

    def __init__(self, answers: Mapping[str, Sequence[Answer]]) -> None:
        """`answers` by language."""
        self._words = {language: {answer.key: answer.words for answer in book} for language, book in answers.items()}
        self._asked = [
            (_plain(q), answer.key) for book in answers.values() for answer in book for q in answer.questions
        ]
        self._questions = [question for question, _ in self._asked]

    def words(self, key: str, language: str) -> str:
        """The words of an answer; in another language where this one does not have it."""
        return next(book[key] for book in (self._words[language], *self._words.values()) if key in book)

    def find(self, text: str) -> Asked | None:
        """The answer that these words ask for, in any language; None when it is not clear."""
        asked = _plain(text)
        if not asked:
            return None
        best = process.extractOne(asked, self._questions, scorer=fuzz.token_sort_ratio, score_cutoff=GOOD)
        return Asked(self._asked[best[2]][1], best[1] >= EXACT) if best else None


def read_answers(folder: Path, languages: Sequence[str]) -> AnswerBook:
    """Read `<language>.toml` of a regency.

    Raises:
        WrongAnswers: a file is missing, is no TOML, or its tables lack something.
    """
    return AnswerBook({language: _read(folder / f"{language}.toml") for language in languages})


def _read(file: Path) -> list[Answer]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))["answer"]
        return [Answer(str(t["key"]), tuple(map(str, t["questions"])), str(t["answer"])) for t in tables]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongAnswers(f"{file}: {error}; write it as data/README.md shows") from error
    except (KeyError, TypeError) as error:
        raise WrongAnswers(f"{file}: an [[answer]] needs key, questions and answer") from error


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
