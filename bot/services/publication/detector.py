"""What in an answer may name somebody: stricter than what covers names for officers, for nobody reads it in between.

There a name needs a cue or a list; here a word must be one of everyday language, or it may be a name. Every number,
every unknown sign, every word of the reporter's name and every passage of her story is found as well. What is found
wrongly costs a moderator a look; what is not found costs somebody her safety. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from actions.privacy.publication import PublicationRules
from bot.understanding.everyday import ordinary
from bot.understanding.personal import KNOWN_NAMES

DIGITS: Final = frozenset(
    {"nol", "kosong", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"}
)
ROW_OF_DIGITS: Final = 3
"""So many numbers in words, one behind the other, may be a telephone number."""
PASSAGE: Final = 4
"""So many words, one behind the other, that stand in the story as well are quoted from it."""
BEHIND_CUE: Final = frozenset(
    {"yang", "dan", "atau", "untuk", "dapat", "bisa", "sudah", "telah", "akan", "atas", "di", "ke", "dari", "agar"}
)
"""What may stand behind "Bapak" or "Ibu" where they only address somebody."""
_PIECE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|\S", re.UNICODE)  # noqa: RUF001
_ADDRESS = re.compile(r"\w+\.\w+\S*")
_SIGNS = frozenset(".,;:!?()\"'“”‘’–—-…%&/")  # noqa: RUF001
_ENDS = frozenset('.!?:…"“(')
_STEM = re.compile(
    r"(?P<front>me|di|ter|ber|pe|se|ke)(?P<nasal>mem|men|meny|meng|ng|ny|m|n|r|l)?(?P<stem>[a-z]{4,}?)"
    r"(?:kan|an|i|nya|lah)?|(?P<base>[a-z]{4,})(?:nya|lah|kan|an|i)"
)
_LOST = {"m": "p", "n": "t", "ng": "k", "ny": "s"}
"""A sound that "me-" swallows: "memangkas" is of "pangkas"."""


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What may stand in an answer beside the words of everyday language, and what of the reporter's may not.

    Attributes:
        allowed: words of agencies, of categories and of the place in the title.
        whole: names of agencies and categories in full. They stand for nobody, whatever words they are made of:
            "Dinas Perlindungan Anak" tells of no child, and "Kecamatan Waru" of no place where somebody lives.
        name: the reporter's; "" for none.
        story: what she wrote, and the words for her place.
    """

    allowed: frozenset[str] = frozenset()
    whole: tuple[str, ...] = ()
    name: str = ""
    story: str = ""


def find_names(answer: str, known: KnownWords, rules: PublicationRules) -> tuple[str, ...]:
    """Everything in an answer that may be a name or a number, as it stands there, each once; empty for nothing."""
    plain = unicodedata.normalize("NFC", answer)
    pieces = _PIECE.findall(plain)
    names = frozenset(words_of(known.name))
    allowed = known.allowed | frozenset(word.casefold() for word in rules.ordinary)
    public = _named_in_full(pieces, known.whole, names)
    strange = (place for place in range(len(pieces)) if place not in public)
    found = [pieces[place] for place in strange if _is_strange(pieces, place, allowed, names, rules)]
    found += [*_rows_of_digits(pieces), *_passages(plain, known.story), *_ADDRESS.findall(plain)]
    return tuple(dict.fromkeys(found))


def words_of(*texts: str) -> list[str]:
    """The words of some texts, in small letters."""
    return [word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold())]


def _named_in_full(pieces: list[str], whole: Iterable[str], names: frozenset[str]) -> frozenset[int]:
    """The places of pieces that belong to a name of several words, none of them the reporter's."""
    said, places = [piece.casefold() for piece in pieces], set[int]()
    for one in {tuple(_PIECE.findall(name.casefold())) for name in whole}:
        if len(one) > 1 and not names & set(one):
            starts = (start for start in range(len(said)) if tuple(said[start : start + len(one)]) == one)
            places.update(place for start in starts for place in range(start, start + len(one)))
    return frozenset(places)


def _is_strange(
    pieces: list[str], place: int, allowed: Collection[str], names: Collection[str], rules: PublicationRules
) -> bool:
    piece = pieces[place]
    if not piece[0].isalpha():
        return piece not in _SIGNS
    parts = [part for part in re.split(r"['’-]", piece.casefold()) if part]  # noqa: RUF001
    if any(part in names or part in rules.persons for part in parts):
        return True
    before = pieces[place - 1].casefold() if place else "."
    if before in rules.cues or (before == "." and place > 1 and pieces[place - 2].casefold() in rules.cues):
        return parts[0] not in BEHIND_CUE and piece.casefold() not in rules.cues
    if all(part in allowed for part in parts):
        return False
    if piece[0].isupper() and before not in _ENDS and place and not _is_written_whole(piece):
        return True
    return any(part in KNOWN_NAMES or not is_everyday(part) for part in parts if part not in allowed)


def _is_written_whole(piece: str) -> bool:
    """Whether it is written in capitals alone, as a whole sentence may be."""
    return len(piece) > 1 and piece.isupper()


def is_everyday(word: str) -> bool:
    """Whether a word, or what it is made of, is one of everyday language."""
    if word in ordinary():
        return True
    return any(stem in ordinary() and stem not in KNOWN_NAMES for stem in _stems(word))


def _stems(word: str) -> Iterator[str]:
    found = _STEM.fullmatch(word)
    if found is None:
        return
    if found["base"]:
        yield found["base"]
        return
    yield found["stem"]
    if lost := _LOST.get(found["nasal"] or ""):
        yield f"{lost}{found['stem']}"


def _rows_of_digits(pieces: Iterable[str]) -> Iterator[str]:
    row: list[str] = []
    for piece in [*pieces, ""]:
        if piece.casefold() in DIGITS:
            row.append(piece)
            continue
        if len(row) >= ROW_OF_DIGITS:
            yield " ".join(row)
        row = []


def _passages(answer: str, story: str) -> Iterator[str]:
    """What is quoted from the story, some words at a time."""
    told, said = words_of(story), words_of(answer)
    quoted = {tuple(told[place : place + PASSAGE]) for place in range(len(told) - PASSAGE + 1)}
    for place in range(len(said) - PASSAGE + 1):
        if tuple(said[place : place + PASSAGE]) in quoted:
            yield " ".join(said[place : place + PASSAGE])
