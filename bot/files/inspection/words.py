"""Reads plain words, and tells them from pages and scripts, which are words too."""

from __future__ import annotations

import re

from bot.conversation.events import FileRefusal
from bot.files.inspection.disguise import has_page
from bot.files.inspection.found import Content
from bot.files.kinds import TEXT, FileKind
from bot.files.refused import FileRefused

LARGEST_TEXT_BYTES = 2 * 1024 * 1024
PROGRAM = re.compile(
    r"\s*(?:<[?%!a-z]|#!|%!ps|@echo\b|<#|::\s|rem\s|\[(?:internetshortcut|desktop entry)\])", re.IGNORECASE
)
"""How a page, a script, a batch file or a shortcut begins."""
RICH_TEXT = "{\\rt"
"""RTF can carry programs in more spellings than anybody has listed."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def read_words(content: Content) -> FileKind:
    """Plain words.

    Raises:
        Refused: they are a page or a script, or no words at all.
    """
    if len(content) > LARGEST_TEXT_BYTES:
        raise FileRefused(FileRefusal.KIND)
    raw = content[:]
    words = _decoded(raw)
    if words is None or CONTROL.search(words) or words.lstrip().startswith(RICH_TEXT):
        raise FileRefused(FileRefusal.KIND)
    if PROGRAM.match(words) or has_page(words.encode()):
        raise FileRefused(FileRefusal.PROGRAM)
    return TEXT


def _decoded(raw: bytes) -> str | None:
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
