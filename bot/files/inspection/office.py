"""Looks into office documents for macros, programs and locks. They are kept as they came, and only downloaded."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection

from bot.conversation.events import FileRefusal
from bot.files.inspection.found import Content
from bot.files.kinds import (
    OLD_SHEET,
    OLD_SLIDES,
    OLD_WORD,
    OPEN_SHEET,
    OPEN_SLIDES,
    OPEN_WORD,
    SHEET,
    SLIDES,
    WORD,
    FileKind,
)
from bot.files.refused import FileRefused

MOST_PARTS = 5_000
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
LARGEST_LIST_BYTES = 1024 * 1024
PIECE_BYTES = 256 * 1024
TYPES = "[Content_Types].xml"
FOLDERS = {"word/": WORD, "xl/": SHEET, "ppt/": SLIDES}
OPEN_KINDS = {kind.media_type.encode(): kind for kind in (OPEN_WORD, OPEN_SHEET, OPEN_SLIDES)}
MACROS = re.compile(
    r"vba|(?:^|/)(?:macrosheets|activex|basic|scripts)/|oleobject\d*\.bin$|\.(?:exe|dll|js|vbs|bat|cmd|scr|hta|lnk|ps1)$",
    re.IGNORECASE,
)
"""Parts that hold macros, or something to be run."""
OUTSIDE_TEMPLATE = re.compile(rb"attachedTemplate[^>]*TargetMode\s*=\s*[\"']External", re.IGNORECASE)
CROOKED = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|\\|^[A-Za-z]:")
OLD_KINDS = {"WordDocument": OLD_WORD, "Workbook": OLD_SHEET, "Book": OLD_SHEET, "PowerPoint Document": OLD_SLIDES}
OLD_MACROS = ("_VBA_PROJECT", "\x01Ole10Native")
DIRECTORY_ENTRY_BYTES = 128


def read_office(content: Content) -> FileKind:
    """A document of Word, Excel, PowerPoint or LibreOffice, each of which is a zip.

    Raises:
        Refused: it is another zip, is locked, broken, too large inside, or holds macros.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _read_parts(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError) as error:
        raise FileRefused(FileRefusal.BROKEN) from error


def _read_parts(parts: zipfile.ZipFile) -> FileKind:
    listed = parts.infolist()
    names = [part.filename for part in listed]
    kind = _kind(parts, names)
    if any(part.flag_bits & 1 for part in listed):
        raise FileRefused(FileRefusal.LOCKED)
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED_BYTES:
        raise FileRefused(FileRefusal.TOO_LARGE)
    if any(CROOKED.search(name) for name in names) or len(set(names)) < len(names):
        raise FileRefused(FileRefusal.DISGUISED)
    if any(MACROS.search(name) for name in names):
        raise FileRefused(FileRefusal.MACROS)
    for part in listed:
        _read_part(parts, part)
    return kind


def _kind(parts: zipfile.ZipFile, names: Collection[str]) -> FileKind:
    if TYPES in names:
        for folder, kind in FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return kind
    if "mimetype" in names:
        kind_of_office = OPEN_KINDS.get(_beginning(parts, "mimetype").strip())
        if kind_of_office:
            return kind_of_office
    raise FileRefused(FileRefusal.KIND)


def _beginning(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as opened:
        return opened.read(LARGEST_LIST_BYTES)


def _read_part(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part to its end, which shows a wrong size or checksum, and look at the lists among them."""
    if part.filename == TYPES and b"macroenabled" in _beginning(parts, part.filename).lower():
        raise FileRefused(FileRefusal.MACROS)
    if part.filename.endswith(".rels") and OUTSIDE_TEMPLATE.search(_beginning(parts, part.filename)):
        raise FileRefused(FileRefusal.MACROS)
    with parts.open(part) as opened:
        while opened.read(PIECE_BYTES):
            pass


def read_old_office(content: Content) -> FileKind:
    """A document of Office before 2007 (MS-CFB), known by the names of the streams in it.

    Raises:
        Refused: it is another such file (an installer, a mail), is locked, or holds macros.
    """
    if _has_stream(content, "EncryptedPackage"):
        raise FileRefused(FileRefusal.LOCKED)
    kind = next((kind for name, kind in OLD_KINDS.items() if _has_stream(content, name)), None)
    if kind is None:
        raise FileRefused(FileRefusal.KIND)
    if any(_has_stream(content, name) for name in OLD_MACROS):
        raise FileRefused(FileRefusal.MACROS)
    return kind


def _has_stream(content: Content, name: str) -> bool:
    """Whether a directory entry has this name: entries are 128 bytes long, and begin with it in UTF-16."""
    wanted = f"{name}\0".encode("utf-16-le")
    place = content.find(wanted)
    while place >= 0 and place % DIRECTORY_ENTRY_BYTES:
        place = content.find(wanted, place + 1)
    return place >= 0
