"""The folder in which files are kept: under random names, for the owner alone, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from bot.files.on_disk import has_room, sync

NAME: Final = re.compile(r"[0-9a-f]{32}")
ARRIVING: Final = "arriving"
THUMB: Final = "-thumb"
RESERVE_BYTES: Final = 200 * 1024 * 1024
"""What files leave free on the disk: citizens' words must still fit when no picture does."""


@dataclass(frozen=True, slots=True)
class FileStore:
    """Files in `<folder>/aa/<name>`, where the name begins with aa. Everything here blocks, and none of it decides.

    Attributes:
        folder: `<data dir>/files`.
        reserve_bytes: of the disk, what is left free.
    """

    folder: Path
    reserve_bytes: int = RESERVE_BYTES

    def prepare(self) -> None:
        """Make the folder, and throw away what was only half there when the last process ended."""
        shutil.rmtree(self.folder / ARRIVING, ignore_errors=True)
        (self.folder / ARRIVING).mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)

    def has_room(self) -> bool:
        """Whether a file may come without taking the last of the disk."""
        return has_room(self.folder, self.reserve_bytes)

    def path(self, name: str, *, thumb: bool = False) -> Path:
        """Where a file is kept, or its thumbnail.

        Raises:
            ValueError: it is no name of ours.
        """
        if not NAME.fullmatch(name):
            raise ValueError("no name of a kept file")
        return self.folder / name[:2] / (f"{name}{THUMB}" if thumb else name)

    def arriving(self, name: str, part: str = "raw") -> Path:
        """Where a file lies while it comes and is looked at; `part` is raw, clean or thumb."""
        return self.folder / ARRIVING / f"{self.path(name).name}-{part}"

    def create(self, name: str) -> BinaryIO:
        """The file into which one is to be received; what an earlier try left is written over."""
        path = self.arriving(name)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb")

    def keep(self, name: str, *, is_rewritten: bool, has_thumb: bool) -> tuple[int, str, int]:
        """Put what has arrived in its place, durably.

        Returns:
            Its length, its SHA-256, and the length of its thumbnail (0 without).
        """
        place = self.path(name)
        place.parent.mkdir(exist_ok=True, mode=0o700)
        thumb_bytes = 0
        if has_thumb:
            _move(self.arriving(name, "thumb"), self.path(name, thumb=True))
            thumb_bytes = self.path(name, thumb=True).stat().st_size
        _move(self.arriving(name, "clean" if is_rewritten else "raw"), place)
        for folder in (place.parent, self.folder):
            sync(folder)
        with place.open("rb") as kept:
            return place.stat().st_size, hashlib.file_digest(kept, "sha256").hexdigest(), thumb_bytes

    def clear(self, name: str) -> None:
        """Throw away what is still arriving under this name."""
        for part in ("raw", "clean", "thumb"):
            self.arriving(name, part).unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Throw away what is kept under this name."""
        self.clear(name)
        self.path(name).unlink(missing_ok=True)
        self.path(name, thumb=True).unlink(missing_ok=True)


def _move(source: Path, place: Path) -> None:
    """Whole or not at all: first on the disk, then by its name."""
    sync(source)
    source.replace(place)
