"""The name that a citizen gives in a sentence: "pakai nama Sri aja ya", "nama saya boleh ditulis kok, Rusmini"."""

from __future__ import annotations

from functools import cache

from bot.understanding.personal import KNOWN_NAMES, PersonalData

MOST_WORDS = 14
_CUE = "nama saya "


def name_said(text: str) -> str:
    """The first name that the words hold, as she wrote it; "" for none.

    What comes behind a word of hers is a name where the detector of personal data takes it for one behind "nama saya".
    In small letters it must be a known name: "samaran" is none.
    """
    words = text.split()
    if len(words) > MOST_WORDS or "?" in text:
        return ""
    found = (_at_the_head_of(" ".join(words[number:])) for number in range(len(words)))
    return next((name for name in found if name and (_is_written_as_one(name, text) or _is_known(name))), "")


def _at_the_head_of(words: str) -> str:
    matches = _detector().scan(_CUE + words)
    return next((match.value for match in matches if match.type == "NAME" and match.start == len(_CUE)), "")


def _is_written_as_one(name: str, text: str) -> bool:
    return name[0].isupper() and not text.isupper()


def _is_known(name: str) -> bool:
    return name.split(maxsplit=1)[0].casefold() in KNOWN_NAMES


@cache
def _detector() -> PersonalData:
    return PersonalData()
