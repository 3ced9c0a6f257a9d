"""Makes the spelling of a chat even, so that one everyday word is counted as one word.

Pure but for `read_table`. It works on words only: it neither corrects grammar nor guesses unknown words,
since a wrong guess would hide what the citizen wrote from the classifier.

The service does the same in a Python of its own (`bot/understanding/model/grams.py`), to the letter. So
nothing here may depend on which Unicode a Python knows: signs are made plain one by one as Unicode 3.2 does
it, and only Latin letters and the ten digits make words. `tests/spelling.json` holds both to it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("spelling.tsv")
_own: list[Path] = []

_LETTER = "a-z\u00df-\u00f6\u00f8-\u00ff\u0100-\u024f"
_SIGN = f"{_LETTER}0-9"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_FOREIGN = re.compile("[^\\x00-\u024f\u0300-\u036f\u2018\u2019\u02bc\\s]")
"""What is neither Latin, nor an accent, nor an apostrophe."""
_NOT_WORDS = re.compile(
    rf"""
    \[[a-z_ ]{{2,20}}[0-9]{{0,3}}\]   # a masked name or number: [NAMA], [PHONE_1]
    | (?:https?://|www\.)\S{{1,500}}
    | [{_SIGN}_.+-]{{1,64}}@[{_SIGN}_][{_SIGN}_.-]{{1,250}}
    """,
    re.VERBOSE,
)
_APOSTROPHE_IN_WORD = re.compile(f"(?<=[{_SIGN}])['`\u2018\u2019\u02bc](?=[{_SIGN}])")
_WORD = re.compile(f"[{_SIGN}]+")
_STRETCHED = re.compile(rf"([{_LETTER}])\1{{2,}}")
_DOUBLED = re.compile(f"([{_LETTER}]{{3,}})2([{_LETTER}]{{0,3}})")
_LONGEST_NUMBER = 3
"""Digits of the longest number that is kept: 112 says something, a telephone number or NIK says only who."""


class SpellingTableError(ValueError):
    """A line of the spelling table cannot be used; the message names file, line and mend."""


@dataclass(frozen=True)
class Spelling:
    """How everyday words are written out.

    Attributes:
        words: chat spelling to written-out spelling, both lower case; the latter may be several words.
    """

    words: Mapping[str, str]

    def normalise(self, text: str) -> str:
        """The words of `text` in lower case and even spelling, divided by single blanks; may be empty."""
        even = _plain(text).lower()
        even = _APOSTROPHE_IN_WORD.sub("", _NOT_WORDS.sub(" ", even))
        return " ".join(filter(None, (self._write_out(word) for word in _WORD.findall(even))))

    def _write_out(self, word: str) -> str:
        if word.isdigit():
            return word if len(word) <= _LONGEST_NUMBER else ""
        word = _STRETCHED.sub(r"\1", word)
        if known := self.words.get(word):
            return known
        if doubled := _DOUBLED.fullmatch(word):
            stem = self.words.get(doubled[1], doubled[1])
            return f"{stem} {stem}{doubled[2]}"
        return word


def _plain(text: str) -> str:
    """Full-width, bold and joined signs made plain, accents joined to their letters, foreign scripts gone."""
    if text.isascii():
        return text
    old = unicodedata.ucd_3_2_0
    plain = _BEYOND_ASCII.sub(lambda sign: old.normalize("NFKC", sign[0]), text)
    return unicodedata.normalize("NFC", _FOREIGN.sub("\ufffd", plain))


def spell_as(data: Iterable[Path]) -> None:
    """From now on the tables of these data directories are laid over the one of this folder, the last on top.

    Rasa makes its components itself and hands them no path, so this is said once, before anything is trained.
    """
    _own[:] = [path for directory in data if (path := directory / TABLE.name).is_file()]


def read_table(path: Path | None = None) -> Spelling:
    """The spelling table of a file; without one that of this folder, under those of `spell_as`.

    A line a word: chat spelling, a tab, how it is written out; # a remark.

    Raises:
        SpellingTableError: a line that is not of this form, or a word that stands twice.
        OSError: a file cannot be read.
    """
    words: dict[str, str] = {}
    for one in [path] if path else [TABLE, *_own]:
        words.update(_words_of(one))
    return Spelling(words)


def _words_of(path: Path) -> dict[str, str]:
    words: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        chat, _, written = line.partition("\t")
        where = f"{path.name}, line {number}"
        if not _WORD.fullmatch(chat) or chat != chat.lower() or not written.strip():
            raise SpellingTableError(f"{where}: write one lower-case word, a tab, and how it is written out.")
        if chat in words:
            raise SpellingTableError(f"{where}: {chat} stands twice; keep one of the two lines.")
        words[chat] = written.strip()
    return words
