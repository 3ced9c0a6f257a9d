"""What is to be on the disk before anybody is told that it is kept, and how much of the disk is left to words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

RESERVE_OF_WORDS: Final = 1024**3
"""With fewer bytes than these free no file that people send is taken: words and cases must still find room."""


def sync(path: Path) -> None:
    """Return once what a file holds, or the names that a folder has, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def has_room(folder: Path, reserve_bytes: int = RESERVE_OF_WORDS) -> bool:
    """Whether a file may come here without taking the last of the disk."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize >= reserve_bytes
