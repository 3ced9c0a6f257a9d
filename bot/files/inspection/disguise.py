"""Finds what is a program, or is something else besides what it looks like: a picture that is a script too."""

from __future__ import annotations

import re

from bot.conversation.events import FileRefusal
from bot.files.inspection.found import Content, Found
from bot.files.kinds import PDF, TEXT
from bot.files.refused import FileRefused

PROGRAMS = (
    b"MZ",  # Windows
    b"\x7fELF",  # Linux
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",  # Apple, four ways round
    b"\xca\xfe\xba\xbe",  # Java, and Apple for several processors
    b"dex\n",  # Android
    b"\0asm",  # WebAssembly
    b"L\0\0\0\x01\x14\x02\0",  # a Windows shortcut
    b"#!/",
    b"#! /",
)
PAGE = re.compile(rb"<(?:script|html|iframe|body|!doctype html)[\s>/]|<\?php|javascript:", re.IGNORECASE)
LISTS_A_ZIP = b"PK\x05\x06"
ENDS_BYTES = 64 * 1024
SCRIPT_IN_GIF = re.compile(rb"GIF8[79]a\s*(?:/\*|=|//)")


def is_program(content: Content) -> bool:
    """Whether a computer would run it."""
    return content[:16].startswith(PROGRAMS)


def has_page(words: bytes) -> bool:
    """Whether a browser would find a page or a script in it."""
    return PAGE.search(words) is not None


def refuse_second_life(content: Content, found: Found) -> None:
    """Refuse what another program would take for something else: a picture that is a page, a script or a zip too.

    Only the ends are looked at, where such a second life must begin; phones put a film or notes of their own behind
    a picture, which goes when it is written anew.

    Raises:
        Refused: it has a second life.
    """
    if found is TEXT:
        return  # its own reader has looked
    ends = (content[:ENDS_BYTES], content[-ENDS_BYTES:])
    is_office = content[:2] == b"PK"
    is_disguised = (
        SCRIPT_IN_GIF.match(ends[0])
        or any(has_page(end) for end in ends if not is_office)
        or (not is_office and LISTS_A_ZIP in ends[1])
        or (found is not PDF and not is_office and b"%PDF-" in ends[0][:2048])
    )
    if is_disguised:
        raise FileRefused(FileRefusal.DISGUISED)
