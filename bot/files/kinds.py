"""Which kinds of file are kept, and how each is served. What is not in this table is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 20 * 1024 * 1024
"""A file's largest size, as Telegram's `getFile` has it."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file.

    Attributes:
        media_type: as it is served.
        ending: of the name under which it is downloaded, without a dot.
        shown: a page may show or play it; all else is only downloaded.
    """

    media_type: str
    ending: str
    shown: bool = False


PICTURE: Final = FileKind("image/jpeg", "jpg", shown=True)
"""The only kind a picture is kept as, whatever it came as: it is decoded and written anew."""

PDF: Final = FileKind("application/pdf", "pdf")
TEXT: Final = FileKind("text/plain", "txt")
WORD: Final = FileKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
SHEET: Final = FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
SLIDES: Final = FileKind("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx")
OPEN_WORD: Final = FileKind("application/vnd.oasis.opendocument.text", "odt")
OPEN_SHEET: Final = FileKind("application/vnd.oasis.opendocument.spreadsheet", "ods")
OPEN_SLIDES: Final = FileKind("application/vnd.oasis.opendocument.presentation", "odp")
OLD_WORD: Final = FileKind("application/msword", "doc")
OLD_SHEET: Final = FileKind("application/vnd.ms-excel", "xls")
OLD_SLIDES: Final = FileKind("application/vnd.ms-powerpoint", "ppt")
OGG: Final = FileKind("audio/ogg", "ogg", shown=True)
MP3: Final = FileKind("audio/mpeg", "mp3", shown=True)
M4A: Final = FileKind("audio/mp4", "m4a", shown=True)
MP4: Final = FileKind("video/mp4", "mp4", shown=True)
MOV: Final = FileKind("video/quicktime", "mov", shown=True)
PHONE_MOVIE: Final = FileKind("video/3gpp", "3gp", shown=True)
WEBM: Final = FileKind("video/webm", "webm", shown=True)

KINDS: Final[Mapping[str, FileKind]] = {
    kind.media_type: kind
    for kind in (
        *(PICTURE, PDF, TEXT),
        *(WORD, SHEET, SLIDES, OPEN_WORD, OPEN_SHEET, OPEN_SLIDES, OLD_WORD, OLD_SHEET, OLD_SLIDES),
        *(OGG, MP3, M4A, MP4, MOV, PHONE_MOVIE, WEBM),
    )
}
"""By media type."""
