"""How the letters of a file are written: UTF-8, a spreadsheet's "Unicode text", or what Windows writes by itself."""

from __future__ import annotations

import codecs
from pathlib import Path

PIECE_BYTES = 1 << 20
UTF_8, UTF_16, WINDOWS = "utf-8-sig", "utf-16", "cp1252"
NO_TEXT = b"\0"
"""A byte that text in none of the encodings without a mark has."""


def encoding_of(file: Path) -> str:
    """The encoding of a text file, by its mark where it has one; else the whole of it is read.

    Raises:
        UnicodeDecodeError: it is no text.
    """
    decoder, is_utf_8 = codecs.getincrementaldecoder(UTF_8)("replace"), True
    with file.open("rb") as content:
        if content.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return UTF_16
        content.seek(0)
        for piece in iter(lambda: content.read(PIECE_BYTES), b""):
            if NO_TEXT in piece:
                raise UnicodeDecodeError(UTF_8, NO_TEXT, 0, 1, "no text")
            is_utf_8 = is_utf_8 and "\ufffd" not in decoder.decode(piece)
    is_utf_8 = is_utf_8 and "\ufffd" not in decoder.decode(b"", final=True)
    return UTF_8 if is_utf_8 else WINDOWS
