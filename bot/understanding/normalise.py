"""Chat spelling made plain for the rules, and personal data covered before anyone but an officer reads it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.understanding import words
from bot.understanding.personal import PersonalData

_MEANT = words.inverted(words.lists("slang"))
_TOKEN = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*|\d+|\S")  # noqa: RUF001
_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")  # noqa: RUF001
_LONG_DRAWN = re.compile(r"(?<=[^\W\d_])(?<![vx])([^\W\d_])\1{2,}")  # inside a word: PPPK and VIII stay
_DOUBLED = re.compile(r"\b([^\W\d_]{3,}?)(nya|an)?2(nya|an)?\b")
_UNIT_AFTER_DIGIT = re.compile(r"(?<=\d)(?=[^\W\d_]{2,})")
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign of a message.

    Attributes:
        raw: as typed.
        word: lower case, accents off, "tolooong" as "tolong".
        start, end: where it stands in the message.
        glued: nothing stands between it and the token before.
        is_word, is_number: whether it is made of letters, of digits; a sign is neither.
    """

    raw: str
    word: str
    start: int
    end: int
    glued: bool
    is_word: bool
    is_number: bool


def plain(word: str) -> str:
    """The word that is meant by one typed word ("yg" is "yang"); itself when it is no slang."""
    return _MEANT.get(word, word)


def _folded(text: str) -> str:
    """Lower case, compatible forms unified, accents off, letters drawn long cut to one."""
    if text.isascii():
        return _LONG_DRAWN.sub(r"\1", text.lower())
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _LONG_DRAWN.sub(r"\1", bare.lower())


def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and signs of a message, in order; letters and digits are kept apart ("rt05")."""
    found: list[Token] = []
    end = -1
    for match in _TOKEN.finditer(text):
        raw = match.group()
        glued = match.start() == end
        found.append(Token(raw, _folded(raw), match.start(), match.end(), glued, raw[0].isalpha(), raw.isdigit()))
        end = match.end()
    return tuple(found)


def normalise(text: str) -> str:
    """The message in plain lower-case words: slang replaced, "hari2" doubled, "3bln" divided.

    Signs and line ends stay, since sentences end there. Not reversible: positions differ from the message's.
    """
    folded = _folded(text)
    folded = _UNIT_AFTER_DIGIT.sub(" ", folded)
    folded = _DOUBLED.sub(lambda m: f"{m[1]}-{m[1]}{m[2] or m[3] or ''}", folded)
    spoken = _WORD.sub(lambda m: _MEANT.get(m.group(), m.group()), folded)
    return _SPACES.sub(" ", spoken).strip()


def mask(text: str) -> str:
    """Cover NIK, phone, e-mail, account and card numbers and names: "[NIK_1]", "[PHONE_1]".

    Addresses stay: they say where the matter is. A name that has no cue before it and is on no list stays too.
    """
    return PersonalData().mask(text).text


def personal_parts(text: str) -> tuple[str, ...]:
    """What `mask` would cover, as it stands in the text, each once."""
    return tuple(dict.fromkeys(match.value for match in PersonalData().mask(text).matches))
