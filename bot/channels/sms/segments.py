"""Divides a message for a gateway that joins nothing: numbered parts, each a whole SMS. Pure; loses no word."""

from __future__ import annotations

from bot.channels.sms.gsm import ROOM, Coding, coding_of, units

MOST_LETTERS = ROOM[Coding.GSM][0]


def segments(text: str) -> list[str]:
    """The text in as few messages as it takes, "1/3 " before each where there are several; none when blank."""
    coding = coding_of(text)
    most = ROOM[coding][0]
    found, digits = [text], 0
    if units(text, coding) <= most:
        return found if text.strip() else []
    while len(str(len(found))) > digits:
        digits += 1
        found = _parts(text, coding, most - len("/ ") - 2 * digits)
    return [f"{number}/{len(found)} {part}" for number, part in enumerate(found, 1)]


def _parts(rest: str, coding: Coding, room: int) -> list[str]:
    """Each ends behind a line or a word, with the blank that stands there; only a word too long is broken."""
    parts = list[str]()
    while units(rest, coding) > room:
        fits = _letters_that_fit(rest, coding, room)
        end = rest.rfind("\n", fits // 2, fits) + 1 or rest.rfind(" ", 0, fits) + 1 or fits
        parts.append(rest[:end])
        rest = rest[end:]
    return [*parts, rest]


def _letters_that_fit(text: str, coding: Coding, room: int) -> int:
    fits = min(len(text), room)
    while units(text[:fits], coding) > room:
        fits -= 1
    return fits
