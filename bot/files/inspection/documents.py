"""Looks into texts, PDF and office documents for macros, programs, scripts and locks."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator

from bot.conversation.events import FileRefusal
from bot.files.inspection.disguise import Content, has_page
from bot.files.kinds import (
    OLD_SHEET,
    OLD_SLIDES,
    OLD_WORD,
    OPEN_SHEET,
    OPEN_SLIDES,
    OPEN_WORD,
    PDF,
    SHEET,
    SLIDES,
    TEXT,
    WORD,
    FileKind,
    FileRefused,
)

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


ACTIVE = ("JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "GoToE", "SubmitForm")
"""Names of what a PDF can do or carry besides pages (ISO 32000-1, 7.11.4, 12.6.4, 13)."""
PACKED = re.compile(rb"/ObjStm\b[^\0]{0,400}?stream\r?\n", re.DOTALL)
"""Where objects are packed into a stream (7.5.7)."""
MOST_UNPACKED_PDF_BYTES = 32 * 1024 * 1024
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
    left = MOST_UNPACKED_PDF_BYTES
    for packed in PACKED.finditer(content):
        try:
            objects = zlib.decompressobj().decompress(content[packed.end() : packed.end() + left], left)
        except zlib.error:
            continue
        yield objects
        left -= len(objects)
        if left <= 0:
            raise FileRefused(FileRefusal.TOO_LARGE)


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
