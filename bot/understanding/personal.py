"""Which of the words that look like a person's name are one: with a cue before them, or known as names. Pure.

The detector (lokal's samaran) takes whatever is capitalised behind "saya" or "ibu" for a name, and so would cover what
happened in a report that is written in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from lokal import PiiType, Samaran
from lokal.samaran import PiiMatch
from lokal.samaran._names import (
    AMBIGUOUS_GIVEN_NAMES,
    BALINESE_NAMES,
    CHINESE_FAMILY_NAMES,
    FAMILY_NAMES,
    GIVEN_NAMES,
    SECOND_NAMES,
)

from bot.understanding.everyday import is_everyday, ordinary
from bot.understanding.words import lists

KEPT: tuple[PiiType, ...] = (
    "ADDRESS",
    "FINANCIAL",
    "GENDER",
    "HEALTH",
    "RELIGION",
    "NATIONALITY",
    "MARITAL_STATUS",
    "CRIMINAL_RECORD",
)
"""What is not covered, though it may be personal: it says where and what the matter is."""

_CUE = re.compile(
    r"(?:\b(?:pak|bpk|bapak|bp|bu|ibu|buk|emak|mama|mamah|sdr|sdri|saudara|saudari|mas|mbak|bang|kak|om|tante|haji|hj|h|tn|ny|nn|an|a\.\s?n|"
    r"a/n|atas\s+nama|bernama|dengan\s+nama|inisial|berinisial|almarhum(?:ah)?|alm|ustadz(?:ah)?|mr|mrs|ms|dr|"
    r"nama(?:ku|nya)?(?:\s+(?:lengkap|saya|aku|kami|sy|gue|anak|ibu|bapak|ayah|suami|istri|adik|kakak|pemilik|pelaku|"
    r"korban|petugas|penerima|pelanggan|pasien|siswa|teman|orang\s+tua)){0,3}|my\s+name\s+is|name)\.?|:)"
    r"\s*[:=,.]?\s*$",
    re.IGNORECASE,
)
_LONGEST_CUE = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")  # noqa: RUF001
_JAVANESE = re.compile(r"[a-z]{2,}(?:wati|yati|ningsih|ningrum|astuti|tini|rini|yanto|yono|wanto|harjo|santoso)")
_KNOWN = GIVEN_NAMES | FAMILY_NAMES | SECOND_NAMES | BALINESE_NAMES | CHINESE_FAMILY_NAMES
KNOWN_NAMES = _KNOWN | AMBIGUOUS_GIVEN_NAMES
"""Names of persons, small letters; some are words, too."""
_BEFORE_A_PLACE = {
    "jl",
    "jln",
    "frontage",
    "flyover",
    "perumahan",
    "perum",
    "idul",
    "tpq",
    "rs",
    "rsi",
    *lists("places", "roads")["intro"],
    *lists("places", "signs")["thing"],
}
"""Behind these stands what a road, a house of prayer or a school is called."""
_OF_A_PLACE = re.compile(
    rf"\b(?:{'|'.join(sorted(_BEFORE_A_PLACE, key=len, reverse=True))})\.?\s+"
    r"(?:(?:h|hj|k\.?h|a|m|r|r\.?a|dr|haji)\b[.\s]*)*$",
    re.IGNORECASE,
)
_PARTICLES = frozenset({"bin", "binti", "al", "el", "de", "van", "der"})


class PersonalData(Samaran):
    """Finds and covers personal data; of names only those that a cue or a list of names makes sure of."""

    __slots__ = ()

    def __init__(self) -> None:
        """Covers names, numbers, mail addresses and accounts, each place-holder counted from 1."""
        super().__init__(exclude=KEPT)

    def scan(self, text: str) -> list[PiiMatch]:
        """Returns the personal data in a text, in order."""
        found = (_name_in(text, match) if match.type == "NAME" else match for match in super().scan(text))
        return [match for match in found if match]


def _name_in(text: str, match: PiiMatch) -> PiiMatch | None:
    """The part of a match that is a name: from its first word to the last before an ordinary one; None for nothing."""
    before = text[max(0, match.start - _LONGEST_CUE) : match.start]
    if _OF_A_PLACE.search(before):
        return None
    has_cue = _CUE.search(before) is not None
    words = list(_WORD.finditer(match.value))
    while words and _is_cue(words[0].group()):
        has_cue = True
        del words[0]
    taken = _taken([word.group() for word in words], has_cue=has_cue)
    if not taken:
        return None
    start, end = match.start + words[0].start(), match.start + words[taken - 1].end()
    return PiiMatch("NAME", start, end, text[start:end], match.confidence)


def _taken(words: Sequence[str], *, has_cue: bool) -> int:
    """How many of the words, from the first on, are a name."""
    taken = 0
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        is_alone = not taken and not _is_known(following, alone=True)
        if not (_is_known(word, alone=is_alone) or ((has_cue or taken) and _may_be_name(word))):
            break
        taken += 1
    return taken


def _is_known(word: str, *, alone: bool) -> bool:
    """Whether it is on a list of names; one that is a common word too ("Indah") only behind another."""
    bare = word.lower()
    if bare in AMBIGUOUS_GIVEN_NAMES or bare in ordinary():
        return not alone and bare in KNOWN_NAMES
    return bare in _KNOWN or _JAVANESE.fullmatch(bare) is not None


def _may_be_name(word: str) -> bool:
    """Whether a word behind a cue may be a name: on a list of names, or no word of everyday language."""
    bare = word.lower()
    if bare in KNOWN_NAMES or bare in _PARTICLES:
        return True
    return not is_everyday(bare) and not _is_cue(bare)


def _is_cue(word: str) -> bool:
    return _CUE.fullmatch(word) is not None
