"""One `start` on one SQLite file: a lock that the system lets go when its process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.failures import CommandFailed


@contextmanager
def only_one(file: Path | None) -> Iterator[None]:
    """Hold the lock of this database file; a server's database (None) has none.

    Raises:
        CommandFailed: another process holds it, or it cannot be written beside the database.
    """
    if file is None:
        yield
        return
    descriptor = _open(file.with_name(f"{file.name}.lock"))
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandFailed(
                f"another start is already running on {file}; stop that one, or give this one its own LAPOR_DATA_DIR"
            ) from None
        yield
    finally:
        os.close(descriptor)


def _open(lock: Path) -> int:
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise CommandFailed(
            f"{lock} cannot be written ({reason}); make its folder, or change LAPOR_DATABASE_URL"
        ) from error
