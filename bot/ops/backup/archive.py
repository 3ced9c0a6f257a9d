"""The file that a backup is: a tar whose last member lists every other with its SHA-256. Knows no database.

A tar that was cut off has no such list, and one that was changed does not fit it: neither is ever restored.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bot.files.on_disk import sync

MANIFEST = "manifest.json"
FORMAT = 1
PIECE_BYTES = 1024 * 1024
OWNER_ONLY = 0o600


class BrokenBackup(Exception):
    """A file that is no whole, unchanged backup; the message says why."""


class _Hashing:
    """Reads a file, and knows the digest of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


@dataclass(slots=True)
class Writer:
    """Adds members one after the other; none of them tells whose machine or account it came from."""

    _tar: tarfile.TarFile
    digests: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, path: Path) -> bool:
        """Add a file; False when it is not there any more."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return False
        with file:
            status = os.fstat(file.fileno())
            self._put(_member(name, status.st_size, int(status.st_mtime)), file)
        return True

    def add_bytes(self, name: str, content: bytes) -> None:
        """Adds a member whose content is already in memory."""
        self._put(_member(name, len(content)), io.BytesIO(content))

    def finish(self, about: Mapping[str, object]) -> None:
        """Add the list of all members, and what else is to be known of them."""
        content = json.dumps({"format": FORMAT, **about, "sha256": self.digests}, indent=1).encode()
        self._tar.addfile(_member(MANIFEST, len(content)), io.BytesIO(content))

    def _put(self, member: tarfile.TarInfo, file: IO[bytes]) -> None:
        hashing = _Hashing(file)
        self._tar.addfile(member, hashing)
        self.digests[member.name] = hashing.digest.hexdigest()


@contextmanager
def writing(place: Path) -> Iterator[Writer]:
    """A new archive, for its owner alone: under a name of its own until it is whole and on the disk, then in place.

    Raises:
        OSError: it cannot be written; nothing of it is left.
    """
    part = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
        sync(place.parent)
    finally:
        part.unlink(missing_ok=True)


def unpack(archive: Path, folder: Path) -> Mapping[str, object]:
    """Unpack a whole backup into an empty folder, for its owner alone, and return its manifest.

    Raises:
        BrokenBackup: it is none, or is not as it was written.
        OSError: it cannot be read, or the folder not be written.
    """
    found: dict[str, str] = {}
    manifest: Mapping[str, object] = {}
    try:
        with tarfile.open(archive, "r:") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                if content is None:
                    raise BrokenBackup(f"{archive} holds something that is no file")
                with content:
                    if member.name == MANIFEST:
                        manifest = _manifest(content.read())
                        continue
                    found[member.name] = _put_down(content, _place(folder, member.name))
    except tarfile.TarError as error:
        raise BrokenBackup(f"{archive} is no tar, or was cut off") from error
    if not manifest:
        raise BrokenBackup(f"{archive} is no backup of lapor, or was cut off")
    if found != manifest["sha256"]:
        raise BrokenBackup(f"{archive} is not as it was written: a part of it is missing or was changed")
    return manifest


def _member(name: str, size: int, changed: int = 0) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, changed, OWNER_ONLY
    return member


def _manifest(content: bytes) -> Mapping[str, object]:
    try:
        manifest = json.loads(content)
        known = manifest["format"] == FORMAT and isinstance(manifest["sha256"], dict)
    except (ValueError, TypeError, LookupError) as error:
        raise BrokenBackup("its list of contents cannot be read") from error
    if not known:
        raise BrokenBackup("it was made by a newer version of lapor; bring lapor up to date")
    return dict(manifest)


def _place(folder: Path, name: str) -> Path:
    """Where a member goes: below the folder, whatever it calls itself.

    Raises:
        BrokenBackup: it wants to go elsewhere.
    """
    place = folder / name
    if name.startswith("/") or ".." in Path(name).parts or place == folder:
        raise BrokenBackup("a part of it would lie outside the data folder")
    return place


def _put_down(content: IO[bytes], place: Path) -> str:
    """Write a member, durably, and return its digest."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        while piece := content.read(PIECE_BYTES):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()
