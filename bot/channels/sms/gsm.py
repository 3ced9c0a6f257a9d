"""The letters of an SMS: GSM-7 (3GPP TS 23.038), and UCS-2 where its alphabet cannot hold the words. Pure."""

from __future__ import annotations

from enum import Enum
from typing import Final
from unicodedata import category, normalize

ALPHABET: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""Each letter at the place of its code; 0x1b leads to a letter of the extension table."""
EXTENSION: Final = dict(zip("\f^{}\\[~]|€", b"\x0a\x14\x28\x29\x2f\x3c\x3d\x3e\x40\x65", strict=True))
"""Each takes the room of two letters."""
ESCAPE: Final = 0x1B
CODES: Final = {letter: code for code, letter in enumerate(ALPHABET) if code != ESCAPE}
EXTENDED: Final = {code: letter for letter, code in EXTENSION.items()}
ALIKE: Final = str.maketrans(
    {
        **dict(zip("·•–—“”„‘’`\t[]{}~^|\\→█✓", "----\"\"\"''' ()()-'//>#v", strict=True)),  # noqa: RUF001 - as phones write
        "\u200d": None,
        "\ufe0f": None,
    }
)
"""What is written in a letter that costs less, and reads the same."""


class Coding(Enum):
    """How letters become octets; the value is SMPP's `data_coding`."""

    GSM = 0
    UCS2 = 8


ROOM: Final = {Coding.GSM: (160, 153), Coding.UCS2: (70, 67)}
"""Units of one message, and of one of several parts, whose header takes six octets."""


def in_sms_letters(text: str) -> str:
    """The text as an SMS holds it for the least money: in GSM-7 by letters that read the same, else as it is."""
    composed = normalize("NFC", text)
    plain = "".join(map(_letter, composed.translate(ALIKE)))
    return plain if coding_of(plain) is Coding.GSM else composed


def _letter(letter: str) -> str:
    if letter in CODES or letter in EXTENSION:
        return letter
    alike = "".join(one for one in normalize("NFKD", letter) if category(one) != "Mn")
    if alike and all(one in CODES for one in alike):
        return alike
    return "" if category(letter) in {"Cc", "Cf"} else letter


def coding_of(text: str) -> Coding:
    """GSM-7 where it has all these letters, else UCS-2."""
    return Coding.GSM if all(letter in CODES or letter in EXTENSION for letter in text) else Coding.UCS2


def units(text: str, coding: Coding) -> int:
    """How much of a message's room the text takes."""
    if coding is Coding.GSM:
        return len(text) + sum(letter in EXTENSION for letter in text)
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)  # noqa: PLR2004 - beyond it UTF-16 takes a pair


def parts_needed(text: str) -> int:
    """How many parts are paid for this text."""
    coding = coding_of(text)
    whole, part = ROOM[coding]
    taken = units(text, coding)
    return 0 if not text.strip() else 1 if taken <= whole else len(cut(text, coding, part))


def cut(text: str, coding: Coding, room: int) -> list[str]:
    """The text in pieces that fill their room; no letter is cut in two."""
    pieces, taken = [""], 0
    for letter in text:
        size = units(letter, coding)
        if taken + size > room:
            pieces.append("")
            taken = 0
        pieces[-1] += letter
        taken += size
    return pieces


def encode(text: str, coding: Coding) -> bytes:
    """The octets of a text in letters of this coding; GSM-7 with a septet in each octet, as SMPP carries it."""
    if coding is Coding.UCS2:
        return text.encode("utf-16-be", "surrogatepass")
    octets = bytearray()
    for letter in text:
        octets += bytes([CODES[letter]]) if letter in CODES else bytes([ESCAPE, EXTENSION[letter]])
    return bytes(octets)


def decode_gsm(octets: bytes) -> str:
    """The text of octets that hold a septet each; one that is no letter is left out."""
    letters, is_extended = list[str](), False
    for octet in octets:
        if octet == ESCAPE:
            is_extended = True
            continue
        code = octet & 0x7F
        letters.append(EXTENDED.get(code, ALPHABET[code]) if is_extended else ALPHABET[code])
        is_extended = False
    return "".join(letters)


def decode(octets: bytes, data_coding: int) -> str:
    """The text of a message by its `data_coding` (SMPP 3.4, 5.2.19; 3GPP TS 23.038, 4)."""
    match data_coding & 0x0C if data_coding & 0xF0 in {0x00, 0x10, 0xF0} else -1:
        case 0x08:
            return octets[: len(octets) // 2 * 2].decode("utf-16-be", "replace")
        case _ if data_coding in {0x01, 0x03}:
            return octets.decode("latin-1")
        case _:
            return decode_gsm(octets)
