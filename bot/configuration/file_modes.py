"""Who else on this machine may read or write what the service keeps: looked at before anything is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.configuration.settings import WrongSetting

UMASK: Final = 0o077
FOR_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
WRITABLE: Final = stat.S_IWGRP | stat.S_IWOTH
BESIDE_A_DATABASE: Final = ("", "-wal", "-shm", "-journal", ".lock", ".chat.lock")
BACKUPS: Final = "*.tar"


@dataclass(frozen=True, slots=True)
class OpenPath:
    """A file or folder that others may read or enter. `is_ours`: the service may close it."""

    path: Path
    is_ours: bool

    @property
    def wanted(self) -> int:
        """The mode that it should have."""
        return 0o700 if self.path.is_dir() else 0o600

    def close(self) -> bool:
        """Leave it to its owner alone; False where the system does not allow it."""
        try:
            self.path.chmod(self.wanted)
        except OSError:
            return False
        return True


def keep_to_ourselves() -> None:
    """What this process and its children make from now on is for its owner alone."""
    os.umask(UMASK)


def check_folders(data_dir: Path, database: Path | None) -> None:
    """Whether nobody else can put files where data is kept.

    Args:
        data_dir: where data is kept.
        database: the SQLite file; None for a server's database.

    Raises:
        WrongSetting: somebody can; nothing in there can be trusted.
    """
    for folder in dict.fromkeys([data_dir, *([database.parent] if database else [])]):
        mode = _mode(folder)
        if mode is not None and mode & WRITABLE:
            raise WrongSetting(
                f"others on this machine can write in {folder}, where data is kept; look who did, then close it: "
                f"chmod go-w {folder}"
            )


def open_to_others(data_dir: Path, database: Path | None, backup: Path | None = None) -> Iterator[OpenPath]:
    """The data folder, the files of the database, and backups, as far as others may read them.

    Args:
        data_dir: where data is kept, and maybe backups.
        database: the SQLite file; None for a server's database.
        backup: where the last backup was written; None where there is none.
    """
    files = [database.with_name(f"{database.name}{ending}") for ending in BESIDE_A_DATABASE] if database else []
    backups = sorted(data_dir.glob(BACKUPS)) if data_dir.is_dir() else []
    for path in dict.fromkeys([data_dir, *files, *backups, *([backup] if backup else [])]):
        mode = _mode(path)
        if mode is not None and mode & FOR_OTHERS and not path.is_symlink():
            yield OpenPath(path, is_ours=path.stat().st_uid == os.geteuid())


def _mode(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None
