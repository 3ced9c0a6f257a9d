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
        CommandFailed: another process holds it.
    """
    if file is None:
        yield
        return
    descriptor = os.open(file.with_name(f"{file.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
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
