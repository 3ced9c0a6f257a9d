"""Puts the files of a mail where those of browsers wait until they are fetched, before the mail counts as taken."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from bot.channels.email.bodies import AttachedFile
from bot.channels.email.incoming import IncomingMail
from bot.files.on_disk import has_room, sync

log = structlog.get_logger()

NAME_LETTERS: Final = 32


@dataclass(frozen=True, slots=True)
class MailFiles:
    """Keeps files in a folder, each under a name that nobody guesses and that is the same when the mail comes again.

    Attributes:
        folder: where the service's own upload source finds them (`BrowserPage.uploads`).
        key: makes the names.
    """

    folder: Path
    key: bytes

    def keep(self, mail: IncomingMail) -> Sequence[str]:
        """Write the files of a mail to the disk, for good; returns their names.

        Where the disk is full they have names all the same: she is told that they could not be fetched.
        """
        names = [self._name(mail, number) for number in range(len(mail.files))]
        try:
            self._write_all(dict(zip(names, mail.files, strict=True)))
        except OSError as error:
            log.warning("mail_files_not_kept", error=type(error).__name__)
        return names

    def _write_all(self, files: Mapping[str, AttachedFile]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if files and has_room(self.folder):
            for name, file in files.items():
                self._write(name, file.content)
            sync(self.folder)

    def _name(self, mail: IncomingMail, number: int) -> str:
        drawn = hmac.digest(self.key, f"file {mail.key} {number}".encode(), "sha256").hex()
        return f"web-{drawn[:NAME_LETTERS]}"

    def _write(self, name: str, content: bytes) -> None:
        unfinished = self.folder / f"{name}.part"
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(content)
        sync(unfinished)
        unfinished.replace(self.folder / name)
