"""Where another matter may begin: at a stop, a joining word, a mark of a list, or words that announce it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.understanding import words
from bot.understanding.matters.marked import NOT_COUNTED
from bot.understanding.normalise import normalise

MOST_CUTS = 8
"""More are not looked at: of those, the weakest are left out."""
LONGEST_TEXT = 1_500
_FORM = re.compile(r"\b(?:nama|lokasi|masalah)\s*:", re.IGNORECASE)
_LISTS = words.lists("matters", "marks")
_JOIN = rf"(?:{'|'.join(_LISTS['joining'])})\b"
_LEAD = rf"(?:{'|'.join(_LISTS['announcing'])})\b"
_FIRST = rf"(?:{NOT_COUNTED}(?:{'|'.join(_LISTS['first'])}))(?=[\s:,.)]|\w)"
_NEXT = rf"(?:{NOT_COUNTED}(?:{'|'.join(_LISTS['next'])}))(?=[\s:,.)]|\w)"
_STOP = r"(?<![\s(][1aAI])(?<!^[1aAI])[.!?]+\s+|\s*(?:\n+\s*|[;/]\s*)"
_BULLET = r"[-•*+&]+\s+"
_GAP = re.compile(
    rf"(?P<stop>{_STOP})?(?P<comma>\s*,\s*|\s+(?=[-•*+&(]|\w))?(?P<bullet>{_BULLET})?"
    rf"(?P<join>(?:{_JOIN}\s*,?\s*)*)(?P<next>{_NEXT}[\s,:.]*)?(?P<lead>(?:{_LEAD}[\s,:]*)*)",
    re.IGNORECASE,
)
_COUNTS = re.compile(rf"\b(?:{'|'.join(_LISTS['counting'])})\b")
_NUMBERS = {"dua": 2, "2": 2, "two": 2, "tiga": 3, "3": 3, "three": 3}
_FIRST_MARK = re.compile(rf"(?:^|(?<=[\s(:])){_FIRST}[\s,:.)]*", re.IGNORECASE)
_ENDS = " ,;:-/\n(&+"
_FEWEST_WORDS = 2
_MOST_WORDS_OF_ADDRESS = 2
_STRENGTH = ("next", "lead", "bullet", "stop", "join", "comma")


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a message may be cut in two.

    Attributes:
        start, end: of what stands between the two parts.
        kinds: what that is: "stop", "comma", "bullet", "join", "next" (a further mark of a list), "lead".
        words: it, in lower case.
    """

    start: int
    end: int
    kinds: tuple[str, ...]
    words: str

    @property
    def is_marked(self) -> bool:
        """Whether her own words say that another thing comes."""
        return not {"next", "lead", "bullet"}.isdisjoint(self.kinds)


def cuts_of(text: str) -> tuple[Cut, ...]:
    """Where a message may be cut, in order; a form with its fields is one matter.

    A comma alone divides only where her words say how many matters come.
    """
    if _FORM.search(text) or len(text) > LONGEST_TEXT:
        return ()
    counted = counts(text)
    found = [cut for cut in _gaps(text) if _is_between_words(text, cut) and (counted or cut.kinds != ("comma",))]
    strongest = sorted(found, key=lambda cut: min(_STRENGTH.index(kind) for kind in cut.kinds))[:MOST_CUTS]
    return tuple(sorted(strongest, key=lambda cut: cut.start))


def counts(text: str) -> bool:
    """Whether some words say that several matters come ("mau lapor dua hal")."""
    return bool(_COUNTS.search(normalise(text)))


def told_count(text: str) -> int:
    """How many matters some words say that there are ("mau lapor tiga"); 0 where they do not say."""
    found = _COUNTS.search(normalise(text))
    return next((_NUMBERS[word] for word in found[0].split() if word in _NUMBERS), 0) if found else 0


def tells_behind_count(part: str) -> bool:
    """Whether a part tells of something, and not only how many matters come ("mau lapor dua hal pak")."""
    plain = normalise(part)
    found = _COUNTS.search(plain)
    return found is None or len(plain[found.end() :].split()) > _MOST_WORDS_OF_ADDRESS


def _gaps(text: str) -> Iterator[Cut]:
    at = 0
    while at < len(text):
        found = _GAP.match(text, at)
        kinds = tuple(kind for kind in _STRENGTH if found and (found[kind] or "").strip(" ")) if found else ()
        if found and kinds and found.end() > at and (text[at] in " .,;!?/\n"):
            yield Cut(at, found.end(), kinds, " ".join(found.group().lower().split()))
            at = found.end()
        else:
            at += 1


def _is_between_words(text: str, cut: Cut) -> bool:
    before, after = text[: cut.start], text[cut.end :]
    return len(before.split()) >= _FEWEST_WORDS and len(after.split()) >= _FEWEST_WORDS


def pieces_of(text: str, cuts: Sequence[Cut], first: int, last: int) -> str:
    """The words between two cuts, as they were typed; cut -1 is the beginning, and one behind the last the end.

    The mark of the first of a list is left out, as those of the others are.
    """
    start = cuts[first].end if first >= 0 else 0
    end = cuts[last].start if last < len(cuts) else len(text)
    part = text[start:end].strip(_ENDS)
    found = _FIRST_MARK.search(part) if first < 0 and any("next" in cut.kinds for cut in cuts) else None
    return f"{part[: found.start()]}{part[found.end() :]}".strip(_ENDS) if found else part
