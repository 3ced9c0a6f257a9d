"""Whether words want secrecy or refuse it: a model hears the word, and not what denies it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from bot.understanding import words
from bot.understanding.acts.dialogue_act import DialogueAct
from bot.understanding.normalise import normalise

_LISTS = {name: frozenset(members) for name, members in words.lists("stance", "secrecy").items()}
_SECRET = words.lists("stance", "secrecy")["secret"]
_CLAUSE, _WORD = re.compile(r"[.,;!?\n]+|\s-+\s"), re.compile(r"[a-z']+")
FOR, AGAINST = "want_secret", "want_open"


def stance_on_secrecy(text: str) -> str:
    """The act of words that speak of secrecy: wanting it, if anything does; refusing it, if all is denied; else "".

    Denials count through words that only lead on to what is denied ("tidak usah dibuat rahasia", but not "jangan lupa
    dirahasiakan"), and two of them are none; a condition ("kalau tidak dirahasiakan …") refuses nothing.
    """
    found = [
        _is_denied(clause[:at])
        for clause in (_WORD.findall(part) for part in _CLAUSE.split(normalise(text)))
        for at, word in enumerate(clause)
        if word.startswith(tuple(_SECRET))
    ]
    if not found:
        return ""
    return AGAINST if all(found) else FOR


def agreeing(acts: Sequence[DialogueAct], text: str) -> tuple[DialogueAct, ...]:
    """Acts about secrecy as the words' own stance has them; all others as they are."""
    stance = stance_on_secrecy(text)
    return tuple(replace(one, name=stance) if stance and one.name in {FOR, AGAINST} else one for one in acts)


def _is_denied(before: Sequence[str]) -> bool:
    """Whether what comes after these words is denied an odd number of times, and under no condition."""
    if not _LISTS["condition"].isdisjoint(before):
        return False
    near = list(takewhile((_LISTS["denies"] | _LISTS["leads_on"]).__contains__, reversed(before)))
    return sum(word in _LISTS["denies"] for word in near) % 2 == 1
