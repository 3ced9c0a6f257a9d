"""The roles that fetching needs filled: where a channel's files come from, and who looks at them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.files.kinds import FileKind


class FetchingFailed(Exception):
    """A source could not give a file; the subclass says what to do about it. Holds nothing of the file's."""


class TryLater(FetchingFailed):
    """Try again, at the earliest after `seconds`.

    `asked`: the source named the seconds itself, so that they are kept to the letter and do not grow.
    """

    def __init__(self, seconds: float, *, asked: bool = False) -> None:
        """Remember how long to wait."""
        super().__init__(f"later, again in {seconds:g} s")
        self.seconds = seconds
        self.asked = asked


class FileGone(FetchingFailed):
    """The source does not know it any more; it may have been mistaken, so it is asked a few times."""


class NeverThere(FetchingFailed):
    """There never was a file: in a terminal a word stands for one. Nobody is to be told."""


class FileSource(Protocol):
    """Where the files of one channel come from."""

    def stream(self, file_id: str) -> AsyncGenerator[bytes]:
        """A file, piece by piece.

        Raises:
            FetchingFailed: with what to do about it; also in the middle.
            Refused: it is larger than a file may be.
        """
        ...

    async def discard(self, file_id: str) -> None:
        """The file is kept elsewhere, or not wanted; to discard it twice is no harm."""
        ...


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is. `is_rewritten`: what is to be kept was written anew, beside the file that came."""

    kind: FileKind
    is_rewritten: bool = False
    width: int = 0
    height: int = 0


class StorageFull(Exception):
    """There is no room on the disk; what was written of this file is gone."""


class Examiner(Protocol):
    """Looks at files that may be anything."""

    async def examine(self, raw: Path, clean: Path, thumb: Path) -> Examined:
        """Look at `raw`; a picture is written anew to `clean`, and small to `thumb`.

        Raises:
            Refused: it is not kept.
            StorageFull: there was no room for what was to be written.
            TryLater: it could not be looked at, through no fault of its own.
        """
        ...
