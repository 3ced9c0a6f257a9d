"""Which of the words that look like a person's name are one: with a cue before them, or known as names. Pure.

The detector (lokal's samaran) takes whatever is capitalised behind "saya" or "ibu" for a name, and so would cover what
happened in a report that is written in capitals.
"""

from __future__ import annotations

import re
from functools import cache

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

from bot.understanding.words import lines_of

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
    r"(?:\b(?:pak|bpk|bapak|bp|bu|ibu|sdr|sdri|saudara|saudari|mas|mbak|bang|kak|om|tante|haji|hj|h|tn|ny|nn|an|a\.\s?n|"
    r"a/n|atas\s+nama|bernama|dengan\s+nama|inisial|berinisial|almarhum(?:ah)?|alm|ustadz(?:ah)?|mr|mrs|ms|dr|"
    r"nama(?:ku|nya)?(?:\s+(?:lengkap|saya|aku|kami|sy|gue|anak|ibu|bapak|ayah|suami|istri|adik|kakak|pemilik|pelaku|"
    r"korban|petugas|penerima|pelanggan|pasien|siswa|teman|orang\s+tua)){0,3}|my\s+name\s+is|name)\.?|:)"
    r"\s*[:=,.]?\s*$",
    re.IGNORECASE,
)
_LONGEST_CUE = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")  # noqa: RUF001
_JAVANESE = re.compile(r"[a-z]{2,}(?:wati|yati|ningsih|ningrum|astuti|tini|rini|yanto|yono|wanto|harjo|santoso)")
_INFLECTED = re.compile(
    r"(?:me(?:m|n|ng|ny)?|ber|di|ter|pe(?:m|n|ng|ny)?|se|ke|nge?)(?P<stem>[a-z]{3,}?)(?:kan|an|i|nya)?|"
    r"(?P<base>[a-z]{3,})(?:nya|kan|lah|kah|an)"
)
_ACTIVE = re.compile(r"(?:meng|meny|mem|men)[a-z]{4,}|[a-z]{3,}kan")
_KNOWN = GIVEN_NAMES | FAMILY_NAMES | SECOND_NAMES | BALINESE_NAMES | CHINESE_FAMILY_NAMES
KNOWN_NAMES = _KNOWN | AMBIGUOUS_GIVEN_NAMES
"""Names of persons, small letters; some are words, too."""
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
    typed = [(one.group(), one.end()) for one in _WORD.finditer(match.value)]
    has_cue = _CUE.search(text[max(0, match.start - _LONGEST_CUE) : match.start]) is not None
    taken = 0
    for number, (word, end) in enumerate(typed):
        following = typed[number + 1][0] if number + 1 < len(typed) else ""
        is_alone = not taken and not _is_known(following, alone=True)
        if not (_is_known(word, alone=is_alone) or (has_cue and _may_be_name(word))):
            break
        has_cue, taken = True, end
    if not taken:
        return None
    return PiiMatch("NAME", match.start, match.start + taken, match.value[:taken], match.confidence)


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
    return bare not in ordinary() and not _is_inflected(bare)


def _is_inflected(bare: str) -> bool:
    """Whether it is an everyday word with what is put before and behind one ("menabrak", "lampunya")."""
    found = _INFLECTED.fullmatch(bare)
    stems = {found["stem"], found["base"]} if found else set()
    return _ACTIVE.fullmatch(bare) is not None or not stems.isdisjoint(ordinary())


@cache
def ordinary() -> frozenset[str]:
    """The words of everyday language that no name is taken for."""
    return frozenset(lines_of("ordinary"))
