"""The spelling table of this installation: "X is written out as Y", over the table that comes with the version.

It lies beside the trainers' data (`spelling.tsv`), each line under a remark that says who added it and when. A training
reads both tables, and the model it makes carries them: what is in service spells as it has learned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bot.training.corpus.notes import alone_in
from bot.training.corpus.writing import write_whole
from bot.understanding.model.grams import Spelling
from bot.understanding.rasa.model_files import SPELLING, ModelFolders

LONGEST_WORD, MOST_WORDS = 40, 5
MOST_ROWS = 2_000


class WordFault(StrEnum):
    """Why a word is not added; pages have words for each."""

    WORD = "word"
    LONG = "long"
    MEANING = "meaning"
    SAME = "same"
    THERE = "there"
    SPELLED = "spelled"
    KNOWN = "known"
    UNSURE = "unsure"
    FULL = "full"
    UNREADABLE = "unreadable"


class WordRefused(Exception):
    """A word is not added. `why`: the reason; `words`: those that it is about, where it is about single ones."""

    def __init__(self, why: WordFault, *words: str) -> None:
        """Keeps the reason."""
        super().__init__(why.value)
        self.why, self.words = why, words


type Knows = Callable[[str], bool]
"""Whether a model has learned from texts with this word."""


@dataclass(frozen=True, slots=True)
class SpelledWord:
    """A word, how it is written out, and who added it when, as far as that is known."""

    word: str
    meaning: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class SpellingTable:
    """The installation's own table.

    Attributes:
        folders: where the data lies, and the table of the version.
    """

    folders: ModelFolders

    @property
    def file(self) -> Path:
        """Where the table lies."""
        return self.folders.data_dir / "nlu" / SPELLING

    def words(self) -> list[SpelledWord]:
        """Those of this installation, the last added first."""
        return list(_read(self.file))[::-1]

    def shipped(self, sought: str) -> list[SpelledWord]:
        """Those of the version that are this word, or are written out with it."""
        found = _read(self.folders.program / "components" / SPELLING)
        return [SpelledWord(one.word, one.meaning) for one in found if sought in {one.word, *one.meaning.split()}]

    def checked(self, word: str, meaning: str, knows: Knows, *, sure: bool = False) -> SpelledWord:
        """The word and its meaning as the model reads them. `sure`: although the model knows no such meaning.

        Raises:
            WordRefused: they are of no use, would change what is read rightly, or the word stands there already.
        """
        if len(word) > LONGEST_WORD or len(meaning) > LONGEST_WORD * MOST_WORDS:
            raise WordRefused(WordFault.LONG)
        found = Spelling({}).words(word)
        if len(found) != 1 or len(found[0]) > LONGEST_WORD or found[0].isdigit():
            raise WordRefused(WordFault.WORD)
        table = table_of(self.folders)
        written = Spelling(table).words(meaning)
        if not 1 <= len(written) <= MOST_WORDS:
            raise WordRefused(WordFault.MEANING)
        if found[0] in written:
            raise WordRefused(WordFault.SAME)
        if any(one.word == found[0] for one in self.words()):
            raise WordRefused(WordFault.THERE, found[0])
        if found[0] in table:
            raise WordRefused(WordFault.SPELLED, found[0], table[found[0]])
        if knows(found[0]):
            raise WordRefused(WordFault.KNOWN, found[0])
        unknown = [one for one in written if not knows(one)]
        if unknown and not sure:
            raise WordRefused(WordFault.UNSURE, *unknown)
        return SpelledWord(found[0], " ".join(written))

    def add(self, word: SpelledWord, who: str, at: datetime, knows: Knows, *, sure: bool = False) -> SpelledWord:
        """Adds a word; returns it as it now stands there.

        Raises:
            WordRefused: see `checked`; or there is no room.
            OSError: the file cannot be read or written.
        """
        with alone_in(self.file.parent):
            one = self.checked(word.word, word.meaning, knows, sure=sure)
            if len(self.words()) >= MOST_ROWS:
                raise WordRefused(WordFault.FULL)
            before = self.file.read_text("utf-8") if self.file.exists() else ""
            about = f"{at:%Y-%m-%d %H:%M} · {' '.join(who.split())}"
            begun = f"{before.rstrip()}\n" if before.strip() else ""
            write_whole(self.file, f"{begun}# {about}\n{one.word}\t{one.meaning}\n")
        return SpelledWord(one.word, one.meaning, about)

    def remove(self, word: str) -> SpelledWord | None:
        """Takes a word out again, with its remark; returns what stood there, None where nothing did.

        Raises:
            OSError: the file cannot be read or written.
        """
        with alone_in(self.file.parent):
            gone = next((one for one in self.words() if one.word == word), None)
            if gone is None:
                return None
            kept: list[str] = []
            for line in self.file.read_text("utf-8").splitlines():
                if line.partition("\t")[0] != word:
                    kept.append(line)
                elif kept and kept[-1] == f"# {gone.about}":
                    kept.pop()
            write_whole(self.file, "".join(f"{line}\n" for line in kept))
        return gone


def table_of(folders: ModelFolders) -> Mapping[str, str]:
    """How the next model will spell: the table of the version, under the regency's, under the trainers'."""
    tables = (folders.program / "components", folders.base_data, folders.data_dir / "nlu")
    return {one.word: one.meaning for folder in tables for one in _read(folder / SPELLING)}


def _read(file: Path) -> Iterator[SpelledWord]:
    about = ""
    for line in file.read_text("utf-8").splitlines() if file.is_file() else []:
        word, tab, meaning = line.partition("\t")
        if tab and not line.startswith("#"):
            yield SpelledWord(word, meaning.strip(), about)
        about = line.removeprefix("#").strip() if line.startswith("#") else ""
