"""Tells what a file is by what is in it. A list of what is taken, not of what is not: the rest is refused.

Each beginning leads to a reader of that kind, which looks further. Neither `puremagic` nor `filetype` is used: they
name the likeliest of thousands of kinds, and call a zip of programs a Word file and a Word file with macros just a
Word file, so that every answer of theirs would have to be checked by this very code.
"""

from __future__ import annotations

from bot.conversation.events import FileRefusal
from bot.files.inspection.disguise import is_program, refuse_second_life
from bot.files.inspection.found import Content, Found, FoundPicture
from bot.files.inspection.movies import read_boxes
from bot.files.inspection.office import read_office, read_old_office
from bot.files.inspection.pdf import read_pdf
from bot.files.inspection.sounds import is_mp3, read_mp3, read_ogg, read_webm
from bot.files.inspection.words import read_words
from bot.files.kinds import FileKind
from bot.files.refused import FileRefused

PICTURES = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
}
PICTURE_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
READERS = {
    b"%PDF-": read_pdf,
    b"PK\x03\x04": read_office,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": read_old_office,
    b"OggS": read_ogg,
    b"ID3": read_mp3,
    b"\x1a\x45\xdf\xa3": read_webm,
}


def look(content: Content) -> Found:
    """What this is.

    Raises:
        Refused: it is not kept.
    """
    if not len(content):
        raise FileRefused(FileRefusal.EMPTY)
    if is_program(content):
        raise FileRefused(FileRefusal.PROGRAM)
    picture = _picture_format(content)
    found: Found = FoundPicture(picture) if picture else _read(content)
    refuse_second_life(content, found)
    return found


def _picture_format(content: Content) -> str | None:
    """The name that Pillow has for it; None when it is no picture."""
    beginning = content[:16]
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "WEBP"
    if beginning[4:8] == b"ftyp" and beginning[8:12] in PICTURE_BRANDS:
        return "HEIF"
    return next((name for magic, name in PICTURES.items() if beginning.startswith(magic)), None)


def _read(content: Content) -> FileKind:
    beginning = content[:16]
    for magic, read in READERS.items():
        if beginning.startswith(magic):
            return read(content)
    if beginning[4:8] == b"ftyp":
        return read_boxes(content)
    if is_mp3(content, 0):
        return read_mp3(content)
    return read_words(content)
