"""Where the language model is served now: a file in the data folder, so that commands share one server."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.understanding.fallback_breaker import PROBE_TEXT
from bot.understanding.port import CannotUnderstand
from bot.understanding.rasa.client import PATIENCE_SECONDS, RasaUnderstanding

_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A server on this machine.

    Attributes:
        port: on 127.0.0.1.
        token: what its requests must bear.
        pid: of the process that keeps it alive.
        threshold_sure: of its model, 0 to 1.
    """

    port: int
    token: str
    pid: int
    threshold_sure: float

    def __repr__(self) -> str:
        """The address without its token, so that no log holds it."""
        return f"ServerAddress(port={self.port}, pid={self.pid})"

    def write(self, file: Path) -> None:
        """Write it, whole or not at all, for its owner's eyes alone.

        Raises:
            OSError: it cannot be written.
        """
        _write_for_owner(file, json.dumps(asdict(self)))

    @classmethod
    def read(cls, file: Path) -> ServerAddress | None:
        """The address in the file; None where there is none."""
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            port, token, pid = int(found["port"]), str(found["token"]), int(found["pid"])
            return cls(port, token, pid, float(found["threshold_sure"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def understanding(
        self, known_categories: frozenset[str] | None = None, *, patience_seconds: float = PATIENCE_SECONDS
    ) -> RasaUnderstanding:
        """Returns a client of the server at this address."""
        return RasaUnderstanding(
            f"http://127.0.0.1:{self.port}",
            self.token,
            self.threshold_sure,
            known_categories=known_categories,
            patience_seconds=patience_seconds,
        )


def write_token(token: str, address: Path) -> Path:
    """Lay the token where the server reads it, for its owner's eyes alone: beside the address; returns the file.

    Raises:
        OSError: it cannot be written.
    """
    file = address.with_name(f"{address.name}.token")
    file.parent.mkdir(parents=True, exist_ok=True)
    _write_for_owner(file, token)
    return file


def _write_for_owner(file: Path, text: str) -> None:
    """Whole or not at all."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "w") as written:
        written.write(text)
    unfinished.replace(file)


@contextlib.contextmanager
def published(address: ServerAddress, file: Path) -> Iterator[None]:
    """Lets others find the server as long as the block lasts.

    Raises:
        OSError: the file cannot be written.
    """
    address.write(file)
    try:
        yield
    finally:
        if ServerAddress.read(file) == address:
            file.unlink(missing_ok=True)


async def answering(file: Path) -> ServerAddress | None:
    """The address in the file, if a server answers there; one that was killed has left its file behind."""
    address = ServerAddress.read(file)
    if address is None:
        return None
    async with address.understanding() as understanding:
        try:
            await understanding.understand([PROBE_TEXT])
        except CannotUnderstand:
            return None
    return address


@contextlib.contextmanager
def held_lock(file: Path) -> Iterator[bool]:
    """Whether this process now holds the lock; the system lets go of it however the process ends.

    Raises:
        OSError: the file cannot be made.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY), "wb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
