"""Writes several files of the regency as one: a journal first, then each file whole.

Whoever starts and finds the journal ends what was begun, so that no start ever sees one file without the other.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from bot.training.corpus.writing import write_whole

LOCK: Final = "settings.lock"
"""In the data dir; every process that writes these files holds it."""
BOM: Final = "\ufeff"
READABLE: Final = 0o644
_JOURNAL: Final = ".writing"
"""What the journal's name has behind that of the lock, beside which it lies."""


@contextmanager
def alone(lock: Path, folder: Path) -> Iterator[None]:
    """Nobody else on this machine writes the files of this folder meanwhile; what was begun before is ended first."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        journal = _journal(lock)
        if journal.exists():
            _write(folder, json.loads(journal.read_text("utf-8")))
            journal.unlink(missing_ok=True)
        yield


def end_what_was_begun(lock: Path, folder: Path) -> None:
    """Write the rest of what a process was writing when it was killed; nothing where it was writing nothing.

    Raises:
        OSError: a file cannot be written.
    """
    if _journal(lock).exists():
        with alone(lock, folder):
            pass


def write_together(lock: Path, folder: Path, texts: Mapping[str, str]) -> None:
    """Write these texts into the files of these names; whoever calls is `alone`.

    Raises:
        OSError: one cannot be written; they hold what they held before.
    """
    before = {name: (folder / name).read_bytes() for name in texts if (folder / name).exists()}
    if len(texts) > 1:
        write_whole(_journal(lock), json.dumps(dict(texts)))
    try:
        _write(folder, texts)
    except OSError:
        for name, content in before.items():
            with suppress(OSError):
                write_whole(folder / name, content.decode("utf-8", "surrogateescape"))
        raise
    finally:
        _journal(lock).unlink(missing_ok=True)


def _journal(lock: Path) -> Path:
    return lock.with_name(f"{lock.name}{_JOURNAL}")


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """Each file whole, with the mark of byte order and the mode that it has."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else READABLE
        had_mark = path.exists() and path.read_bytes().startswith(BOM.encode())
        write_whole(path, f"{BOM if had_mark else ''}{text}")
        path.chmod(mode)
