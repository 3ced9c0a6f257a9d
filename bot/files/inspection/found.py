"""What a look at a file finds: a kind that is kept as it came, or a picture that is written anew."""

from __future__ import annotations

import mmap
from dataclasses import dataclass

from bot.files.kinds import FileKind

type Content = bytes | mmap.mmap
"""A whole file; a slice of it is bytes."""


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture, by the name that Pillow has for its format."""

    format: str


type Found = FileKind | FoundPicture
