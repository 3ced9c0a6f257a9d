"""The number a citizen keeps: drawing it, checking it, finding it in what she types. Pure; knows no case.

`LP-XXXX-XXXX` is seven random symbols and a check symbol, over 23 symbols without a vowel and without two
that look alike. Their places in that list, weighted 2…8 and 1, sum to a multiple of 23. As 23 is prime and no
two weights are alike, every single wrong symbol and every swap of two symbols is caught.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

SYMBOLS = "23456789CDFGHJKMNPRTWXY"
_DIGITS, _LETTERS = SYMBOLS[:8], SYMBOLS[8:]
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 1)
_LENGTH = len(_WEIGHTS)

_MEANT = str.maketrans("ZSB", "258")
_DASHES = r"\-\u2010-\u2015\u2212"
_GAP = rf"[\s._:#{_DASHES}]{{0,3}}"
_DASH = rf" ?[{_DASHES}] ?"
_WITH_PREFIX = re.compile(
    rf"(?<![A-Z0-9])LP{_GAP}"
    rf"([A-Z0-9]{{4}}{_GAP}[A-Z0-9]{{4}}|[A-Z0-9](?: [A-Z0-9]){{7}}|[A-Z0-9]+(?:[{_DASHES}][A-Z0-9]+)?)"
    r"(?![A-Z0-9])"
)
_BARE = re.compile(
    rf"(?<![A-Z0-9/{_DASHES}])([{SYMBOLS}ZSB]{{4}}(?:{_DASH}| )?[{SYMBOLS}ZSB]{{4}})(?![A-Z0-9/{_DASHES}])"
)
_NEIGHBOURHOOD = re.compile(r"RT ?\d+ ?RW ?\d+")
_NUMBER_PLATE = re.compile(r"[A-Z]{1,2}\d{1,4}[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A number whose check is right. Whether such a case exists is for the look-up to say."""

    number: str


@dataclass(frozen=True, slots=True)
class Mistyped:
    """Something meant as a number whose check is wrong; Z, S and B already read as 2, 5 and 8."""

    number: str


type Read = Ticket | Mistyped


def draw(randbelow: Callable[[int], int]) -> str:
    """Draws a new number. Unique only once the database has taken it.

    Every number holds a digit and a letter, so that one typed without "LP" is told from a word and from a
    telephone number.

    Args:
        randbelow: a number from 0 to below its argument, from a cryptographic source (`secrets.randbelow`).

    Returns:
        "LP-XXXX-XXXX".
    """
    drawn = [SYMBOLS[randbelow(len(SYMBOLS))] for _ in _WEIGHTS[:-1]]
    for kind in (_DIGITS, _LETTERS):
        if not set(kind) & set(drawn):
            drawn[randbelow(len(drawn))] = kind[randbelow(len(kind))]
    return _spelled("".join(drawn) + SYMBOLS[-_sum(drawn) % len(SYMBOLS)])


def read_back(text: str) -> list[Read]:
    """Finds the numbers in what a citizen typed, in order, each once.

    With "LP" anything of about the right length counts. Without it a run of eight symbols needs a digit and a
    letter; in the middle of other words it also needs a right check or the dash, and number plates and RT/RW
    are left alone.
    """
    found: dict[int, Read | None] = {}
    shouted = text.upper()

    def note(match: re.Match[str], read: Callable[[str], Read | None]) -> str:
        found[match.start()] = read(match[1])
        return " " * len(match[0])

    rest = _WITH_PREFIX.sub(lambda match: note(match, _read_with_prefix), shouted)
    alone = _BARE.fullmatch(shouted.strip()) is not None
    _BARE.sub(lambda match: note(match, lambda typed: _read_bare(typed, alone=alone)), rest)
    return list(dict.fromkeys(read for _, read in sorted(found.items()) if read is not None))


def likely(number: str, own: Iterable[str]) -> str | None:
    """Which of her own tickets a citizen most likely meant.

    Args:
        number: the number of a `Mistyped`.
        own: the numbers of her tickets.

    Returns:
        The one that is a single slip away (a symbol wrong, left out or too many, or two swapped), else None.
    """
    typed = _symbols(number)
    return next((ticket for ticket in own if _one_slip(typed, _symbols(ticket))), None)


def _read_with_prefix(typed: str) -> Read | None:
    symbols = _symbols(typed)
    if not _LENGTH - 1 <= len(symbols) <= _LENGTH + 1:
        return None
    meant = set(symbols) <= set(SYMBOLS) or re.search(r"\d", typed) or re.search(rf"^.{{4}}[{_DASHES}]", typed)
    return _judged(symbols) if meant else None


def _read_bare(typed: str, *, alone: bool) -> Read | None:
    has_both = re.search(r"\d", typed) and re.search(r"[A-Z]", typed)
    if not has_both or _NEIGHBOURHOOD.fullmatch(typed) or (_NUMBER_PLATE.fullmatch(typed) and not alone):
        return None
    read = _judged(_symbols(typed))
    told_apart = isinstance(read, Ticket) or alone or re.search(rf"[{_DASHES}]", typed)
    return read if told_apart else None


def _judged(symbols: str) -> Read:
    right = len(symbols) == _LENGTH and set(symbols) <= set(SYMBOLS) and _sum(symbols) % len(SYMBOLS) == 0
    return Ticket(_spelled(symbols)) if right else Mistyped(_spelled(symbols))


def _sum(symbols: Iterable[str]) -> int:
    return sum(weight * SYMBOLS.index(symbol) for weight, symbol in zip(_WEIGHTS, symbols, strict=False))


def _symbols(number: str) -> str:
    bare = re.sub(r"[^A-Z0-9]", "", number.upper())
    return bare.removeprefix("LP").translate(_MEANT)


def _spelled(symbols: str) -> str:
    return f"LP-{symbols[:4]}-{symbols[4:]}"


def _one_slip(typed: str, meant: str) -> bool:
    if len(typed) != len(meant):
        longer, shorter = sorted((typed, meant), key=len, reverse=True)
        return shorter in set(_each_one_left_out(longer))
    match [place for place in range(len(meant)) if typed[place] != meant[place]]:
        case [_]:
            return True
        case [one, other]:
            return typed[one] == meant[other] and typed[other] == meant[one]
    return False


def _each_one_left_out(symbols: str) -> Iterator[str]:
    return (symbols[:place] + symbols[place + 1 :] for place in range(len(symbols)))
