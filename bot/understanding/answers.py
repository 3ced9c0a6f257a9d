"""Finds the answer to a question about the service, among those that a regency wrote down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz, process

from actions.regency.declaration import phrase
from actions.regency.files import found
from actions.regency.settings import TomlTable, read_settings
from bot.understanding.normalise import plain

GOOD = 76.0
"""From this likeness (0 to 100) on a question counts as asked; below, the talk does not guess."""


GOOD_WITH_SUBJECT = 66.0
"""The same where a word is there that only few answers are asked with."""
EXACT = 95.0
"""From this likeness on nothing else can be meant."""
_FEW_ANSWERS = 9
_MOST_OTHER_WORDS = 1
_MOST_LIKELY = 40
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
        self._vocabulary: dict[str, set[str]] = {}
        for question, key in self._asked:
            self._vocabulary.setdefault(key, set()).update(question.split())

    def words(self, key: str, language: str) -> str:
        """The words of an answer; in another language where this one does not have it."""
        return next(book[key] for book in (self._words[language], *self._words.values()) if key in book)

    def find(self, text: str) -> MatchedAnswer | None:
        """The answer that these words ask for, in any language; None when it is not clear.

        A word that only few answers are asked with has to be one of those that the answer is asked with: "biaya nikah"
        is not "biayanya berapa".
        """
        asked = _plain(text)
        if not asked:
            return None
        subjects = self._subjects(asked.split())
        likely = process.extract(
            asked, self._questions, scorer=fuzz.token_sort_ratio, score_cutoff=GOOD_WITH_SUBJECT, limit=_MOST_LIKELY
        )
        for _, likeness, number in likely:
            key = self._asked[number][1]
            others = len(set(asked.split()) - self._vocabulary[key])
            least = GOOD_WITH_SUBJECT if subjects else GOOD
            if subjects <= self._vocabulary[key] and likeness >= least and others <= _MOST_OTHER_WORDS:
                return None if key == LEFT_TO_TALK else MatchedAnswer(key, likeness >= EXACT)
        return None

    def _subjects(self, asked: Sequence[str]) -> set[str]:
        """The words that only few answers are asked with."""
        return {word for word in asked if 0 < sum(word in known for known in self._vocabulary.values()) <= _FEW_ANSWERS}


LOCAL_FILE = "faq/local.toml"
"""What varies from regency to regency: hours, addresses, costs."""


def read_answers(config_dir: Path, defaults_dir: Path, languages: Sequence[str]) -> AnswerBook:
    """Read `faq/<language>.toml` and `faq/local.toml` of a regency, or the project's where it has none.

    Raises:
        WrongDeclaration: a file is missing, is no TOML, or its tables lack something.
    """
    files = {language: found(f"faq/{language}.toml", config_dir, defaults_dir) for language in languages}
    read = {language: read_settings(file) for language, file in files.items()}
    local = read_local(config_dir, defaults_dir)
    left = [
        question
        for about in read.values()
        if "left_to_talk" in about.values
        for question in about.listed("left_to_talk")
    ]
    answers = {
        language: _answers(about, {**_written(local, languages[0]), **_written(local, language)})
        for language, about in read.items()
    }
    return AnswerBook(answers, left)


def read_local(config_dir: Path, defaults_dir: Path) -> Mapping[str, Mapping[str, str]]:
    """What a regency wrote of its own offices, by language and name; "" is not written yet."""
    about = read_settings(found(LOCAL_FILE, config_dir, defaults_dir))
    return {
        language: {name: str(words) for name, words in about.table(language).values.items()}
        for language in about.values
    }


def not_written(local: Mapping[str, Mapping[str, str]], language: str) -> tuple[str, ...]:
    """The names of offices of which this language says nothing yet."""
    return tuple(name for name, words in local.get(language, {}).items() if not words.strip())


def _written(local: Mapping[str, Mapping[str, str]], language: str) -> dict[str, str]:
    return {name: words.strip() for name, words in local.get(language, {}).items() if words.strip()}


def _answers(about: TomlTable, local: Mapping[str, str]) -> list[Answer]:
    tables = about.values.get("answer")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        mend = phrase("write [[answer]] with key, questions and answer")
        raise about.wrong("answer", phrase("there is no answer"), mend)
    missing = about.words("not_written") if "not_written" in about.values else ""
    return [_answer(replace(about, values=table), local, missing) for table in tables]


def _answer(table: TomlTable, local: Mapping[str, str], missing: str) -> Answer:
    """The answer, and what the regency wrote of the office that it names; or that this is not written yet."""
    key, questions = table.words("key"), table.listed("questions")
    if "local" not in table.values:
        return Answer(key, questions, table.words("answer"))
    general = str(table.values.get("answer", ""))
    own = local.get(table.words("local"), missing)
    return Answer(key, questions, " ".join(part for part in (general, own) if part))


_FILLERS = frozenset(
    """
    aku anda apakah bang bapak bu dah deh dong halo ibu ini itu iya kah kak kakak kalian kamu ko kok lah mas maaf mau
    mbak min nanya ni nih numpang pak permisi please saya sih sy tanya the tolong ya yah
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Said around a question, and no part of it."""


def _plain(text: str) -> str:
    spoken = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return " ".join(_bare(word) for word in spoken if word not in _FILLERS)


def _bare(word: str) -> str:
    """The word that is meant by slang, without "-nya"."""
    meant = plain(word)
    return meant.removesuffix("nya") if len(meant) > _SHORTEST_WITH_ENDING else meant


_SHORTEST_WITH_ENDING = 6
