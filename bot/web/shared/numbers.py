"""Numbers as addresses and forms carry them: whoever writes them may write anything."""

from __future__ import annotations

from typing import Final

MOST_DIGITS: Final = 18
"""What a database's 64-bit column holds, whatever the digits are."""


def whole_number(written: str) -> int | None:
    """The number of a row, a version or a place in a list; None for anything that is none."""
    is_number = written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS
    return int(written) if is_number else None


def needed_number(written: str) -> int:
    """The same, where a page is nothing without it.

    Raises:
        ValueError: it is none that a database could hold.
    """
    number = whole_number(written)
    if number is None:
        raise ValueError("not a number of a row")
    return number
