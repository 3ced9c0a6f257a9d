"""What a form of the chat may hold, and what was in one. Knows nothing of how it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.channels.web.arrivals import PostedFile, clean
from bot.conversation.screen import Line, line

MOST_BYTES_OF_A_FILE: Final = 20 * 1024 * 1024
MOST_FILES: Final = 10
MOST_BYTES_OF_FIELDS: Final = 128 * 1024
MOST_PARTS: Final = 100
"""More files than are taken may be chosen in one go: they are left out, and what was typed beside them is kept."""
MOST_BYTES: Final = MOST_FILES * MOST_BYTES_OF_A_FILE + MOST_BYTES_OF_FIELDS

TOO_BIG = line("web-file-too-big", megabytes=MOST_BYTES_OF_A_FILE // (1024 * 1024))
TOO_MANY = line("web-file-too-many", most=MOST_FILES)
LATER = line("web-file-later")
NOT_KEPT = line("web-file-not-kept")
MOST_NAMED: Final = 3
"""So many files are named in one notice."""
LONGEST_NAME: Final = 40

KINDS: Mapping[str, str] = {"image": "photo", "video": "video", "audio": "voice"}
NEVER_PICTURES = frozenset({"image/svg+xml"})
DOCUMENTS = frozenset(
    {
        "application/pdf",
        "text/plain",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation",
        "application/octet-stream",
        "",
    }
)
"""What a browser may call a document. Nobody believes it: what it really is shows when it is fetched."""


class BadForm(Exception):
    """What was posted is no form, or larger than any form of ours may be. `status` is the answer's."""

    def __init__(self, status: int) -> None:
        """Keeps the key of the notice with which the form is answered."""
        super().__init__(f"no form of ours ({status})")
        self.status = status


def kind_refused(names: Sequence[str]) -> Line:
    """The notice of files of a kind that is never taken: which they are."""
    return line("web-file-kind", files=", ".join(names))


@dataclass(slots=True)
class Form:
    """What was posted. `refused`: why files were left out, each reason once; everything else is kept."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[PostedFile] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    _of_no_kind: list[str] = field(default_factory=list)

    def refuse_kind(self, name: str) -> None:
        """Leaves a file out that is of a kind that is never taken, and keeps what it is called."""
        if name not in self._of_no_kind and len(self._of_no_kind) < MOST_NAMED:
            self._of_no_kind.append(name)
            said = kind_refused(self._of_no_kind)
            self.refused[:] = [*(one for one in self.refused if one.key != said.key), said]

    def refuse(self, why: Line) -> None:
        """Leaves a file out, and keeps why."""
        if why not in self.refused:
            self.refused.append(why)


def name_to_tell(name: str) -> str:
    """What her own device calls a file, short enough for a notice."""
    plain = clean(name).replace("\\", "/").rpartition("/")[2]
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME // 2]}…{plain[1 - LONGEST_NAME // 2 :]}"


def kind_of(media_type: str) -> str | None:
    """Our kind of what a browser calls a file; None for what is never taken."""
    named = media_type.partition(";")[0].strip().lower()
    if named in NEVER_PICTURES:
        return None
    family = named.partition("/")[0]
    return KINDS.get(family) or ("document" if named in DOCUMENTS else None)
