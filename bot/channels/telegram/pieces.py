"""Cuts a text that is too long for one Telegram message where a reader would pause."""

from __future__ import annotations

MOST_UNITS = 4096
"""UTF-16 code units in one message, as the Bot API counts characters."""

PAUSES = ("\n\n", "\n", ". ", "! ", "? ", " ")
"""Where to cut, best first."""


def units(text: str) -> int:
    """Length in UTF-16 code units: an emoji counts two."""
    return len(text) + sum(character > "\uffff" for character in text)


def pieces(text: str, most_units: int = MOST_UNITS) -> list[str]:
    """The text in pieces of at most `most_units`, none of them blank; one empty piece for a blank text.

    A piece ends at a paragraph, else at a line, a sentence, a word, and only then in the middle of one. No
    pause in the first half of a piece is taken.
    """
    found: list[str] = []
    rest = text.strip()
    while units(rest) > most_units:
        end = _pause(rest, _fitting(rest, most_units))
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, rest] if rest or not found else found


def clipped(text: str, most_units: int) -> str:
    """The text, or as much of it as fits with a sign that it goes on."""
    if units(text) <= most_units:
        return text
    return text[: _fitting(text, most_units - 1)].rstrip() + "…"


def _fitting(text: str, most_units: int) -> int:
    """How many characters of the text fit."""
    taken = 0
    for count, character in enumerate(text):
        taken += 2 if character > "\uffff" else 1
        if taken > most_units:
            return count
    return len(text)


def _pause(text: str, end: int) -> int:
    for pause in PAUSES:
        at = text.rfind(pause, end // 2, end + 1)
        if at > 0:
            return min(at + len(pause.rstrip()), end) or at
    return end
