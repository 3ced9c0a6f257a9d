"""The installation's secret: given, or made at the first start and kept where only its owner reads it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "secret-key"
BYTES = 32


def secret_key(given: str | None, data_dir: Path) -> bytes:
    """The key that signs buttons and links.

    Two processes that start at once agree: whoever links the finished file first wins.

    Args:
        given: LAPOR_SECRET_KEY, where it is set.
        data_dir: where a made key is kept, mode 0600.
    """
    if given:
        return given.encode()
    file = data_dir / NAME
    if not file.exists():
        made = data_dir / f".{NAME}-{os.getpid()}-{secrets.token_hex(4)}"
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as writing:
            writing.write(secrets.token_hex(BYTES))
            writing.flush()
            os.fsync(writing.fileno())
        try:
            os.link(made, file)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return file.read_text(encoding="ascii").strip().encode()
