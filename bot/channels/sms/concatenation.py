"""The header of a message of several parts (3GPP TS 23.040, 9.2.3.24.1 and .8): written and read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EIGHT_BITS: Final = (0x00, 3)
SIXTEEN_BITS: Final = (0x08, 4)
"""Element and length of a concatenation with a reference of so many bits."""


@dataclass(frozen=True, slots=True)
class Concatenation:
    """Which part of which message this is; `number` counts from 1."""

    reference: int
    total: int
    number: int

    @property
    def is_one_of_several(self) -> bool:
        """Whether there is anything to wait for; a header may also be wrong."""
        return self.total > 1 and 1 <= self.number <= self.total

    def header(self) -> bytes:
        """The user data header with an eight-bit reference, its length included."""
        return bytes([5, *EIGHT_BITS, self.reference & 0xFF, self.total, self.number])


def read_header(octets: bytes) -> tuple[Concatenation | None, bytes]:
    """The concatenation in a user data header that stands before a text, and the text.

    A header that is longer than the message is none: everything is text.
    """
    length = octets[0] if octets else 0
    header, text = octets[1 : length + 1], octets[length + 1 :]
    if len(header) < length:
        return None, octets
    found, at = None, 0
    while at + 2 <= len(header):
        element, size = header[at], header[at + 1]
        value = header[at + 2 : at + 2 + size]
        if (element, size) in {EIGHT_BITS, SIXTEEN_BITS} and len(value) == size:
            found = Concatenation(int.from_bytes(value[:-2]), value[-2], value[-1])
        at += 2 + size
    return found, text
