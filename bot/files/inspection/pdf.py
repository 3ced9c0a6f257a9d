"""Looks into a PDF for what a reader would run. It is kept as it came, and only ever downloaded."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from bot.conversation.events import FileRefusal
from bot.files.inspection.found import Content
from bot.files.kinds import PDF, FileKind
from bot.files.refused import FileRefused

ACTIVE = ("JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "GoToE", "SubmitForm")
"""Names of what a PDF can do or carry besides pages (ISO 32000-1, 7.11.4, 12.6.4, 13)."""
PACKED = re.compile(rb"/ObjStm\b[^\0]{0,400}?stream\r?\n", re.DOTALL)
"""Where objects are packed into a stream (7.5.7)."""
MOST_UNPACKED_BYTES = 32 * 1024 * 1024
TAIL_BYTES = 2048


def _spelt(name: str) -> bytes:
    """A name in all its spellings: each letter may be written as # and two digits (7.3.5)."""
    return b"".join(b"(?:%c|#%02x|#%02X)" % (letter, letter, letter) for letter in name.encode())


RUNS = re.compile(b"/(?:%s)(?![A-Za-z0-9#])" % b"|".join(_spelt(name) for name in ACTIVE))


def read_pdf(content: Content) -> FileKind:
    """A PDF.

    What hides in an encrypted or oddly packed stream is not found; therefore no page shows a PDF.

    Raises:
        Refused: it ends too early, runs a script, opens a program, or carries files.
    """
    if b"%%EOF" not in content[-TAIL_BYTES:]:
        raise FileRefused(FileRefusal.BROKEN)
    if RUNS.search(_without_streams(content)) or any(RUNS.search(objects) for objects in _unpacked(content)):
        raise FileRefused(FileRefusal.MACROS)
    return PDF


def _without_streams(content: Content) -> bytes:
    """All but the bodies of streams, in whose packed bytes any short name turns up by chance."""
    kept, at = list[bytes](), 0
    while (begins := content.find(b"stream", at)) >= 0 and (ends := content.find(b"endstream", begins)) >= 0:
        kept.append(content[at:begins])
        at = ends + len(b"endstream")
    return b" ".join([*kept, content[at:]])


def _unpacked(content: Content) -> Iterator[bytes]:
    """The objects in packed streams."""
    left = MOST_UNPACKED_BYTES
    for packed in PACKED.finditer(content):
        try:
            objects = zlib.decompressobj().decompress(content[packed.end() : packed.end() + left], left)
        except zlib.error:
            continue
        yield objects
        left -= len(objects)
        if left <= 0:
            raise FileRefused(FileRefusal.TOO_LARGE)
