"""The files of a regency as an admin changes them at the desk: the same files, checked as a start checks them.

A file is written whole or not at all, under a lock that every process of this machine takes, and only where nobody has
changed it since it was read.
"""

from __future__ import annotations

import errno
import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from actions.regency.declaration import WrongDeclaration
from actions.regency.files import FALLING_BACK, found, load
from actions.regency.model import Regency
from bot import shipped
from bot.texts.own import read_own_texts
from bot.understanding.answers import read_answers
from bot.web.desk.settings.edit import typed_lines
from bot.web.desk.settings.journal import BOM, LOCK, alone, write_together
from bot.web.desk.settings.wordings import wording_files

SHEETS: Final = ("agencies.csv", "routing.csv", "hotlines.csv", "categories.csv")
TABLES: Final = FALLING_BACK
EDITABLE: Final = ("deadlines.toml", *SHEETS, *(name for name in TABLES if name != "deadlines.toml"))
"""What an admin changes here, beside the files of each language; in the order in which it is shown."""


class FileChangedMeanwhile(Exception):
    """Somebody else has changed the file since it was read; nothing was written."""


@dataclass(frozen=True, slots=True)
class RegencyFile:
    """A file as it stands; `is_own`: the regency has one of its own, and not the project's."""

    name: str
    text: str
    is_own: bool

    @property
    def print(self) -> str:
        """A digest of the file's content, by which a later change is noticed."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(slots=True)
class RegencyFiles:
    """The regency's files, as far as an admin changes them.

    Attributes:
        folder: the regency's own.
        defaults: the project's, for what the regency has not.
        lock: a file that whoever writes holds.
        languages: that are spoken here; each has files of its own.
    """

    folder: Path
    defaults: Path
    lock: Path
    languages: Sequence[str]
    names: tuple[str, ...] = field(init=False)
    _in_force: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Note what the files hold now, as the service has read them."""
        self.names = (*EDITABLE, *wording_files(self.languages))
        self._in_force = self._prints()

    def waiting(self) -> list[str]:
        """The files that hold something else by now than what is in force."""
        return [name for name, now in self._prints().items() if now != self._in_force[name]]

    def _prints(self) -> Mapping[str, str]:
        return {name: self.read(name).print for name in self.names}

    def read(self, name: str) -> RegencyFile:
        """A file as it stands now.

        Raises:
            KeyError: it is none that is changed here.
            OSError: it cannot be read.
        """
        if name not in self.names:
            raise KeyError(name)
        is_own, file = (self.folder / name).exists(), found(name, self.folder, self.defaults)
        held = (
            file.read_bytes() if file.exists() or name in EDITABLE else b""
        )  # a language may have no words of its own
        return RegencyFile(name, held.decode("utf-8-sig", "surrogateescape"), is_own)

    def check(self, name: str, text: str) -> Regency:
        """What the regency would be with this file.

        Raises:
            WrongDeclaration: a start would refuse it.
        """
        return self.check_together({name: text})

    def check_together(self, changed: Mapping[str, str]) -> Regency:
        """What the regency would be with these files, by their names; errors as in `check`."""
        with tempfile.TemporaryDirectory(prefix="lapor-settings-") as made:
            trial = Path(made)
            there = {file.name for file in self.folder.iterdir() if file.is_file()}
            there |= {each for each in self.names if (self.folder / each).is_file()}
            for each in there | set(changed):
                (trial / each).parent.mkdir(exist_ok=True)
                if each not in changed:
                    (trial / each).symlink_to((self.folder / each).resolve())
            for name, text in changed.items():
                (trial / name).write_bytes(text.encode("utf-8", "surrogatepass"))
            return self._load(trial)

    def check_all(self) -> None:
        """Read the files as the next start will; errors as in `check`."""
        self._load(self.folder)

    def _load(self, folder: Path) -> Regency:
        regency = load(folder, self.defaults)
        read_answers(folder, self.defaults, regency.languages)
        read_own_texts(folder, self.defaults, regency.languages)
        return regency

    def save(self, name: str, text: str, known: str) -> None:
        """Write it, if it still holds what `known` names; what came in a wheel is no regency's own, and stays.

        Raises:
            FileChangedMeanwhile: it does not.
            WrongDeclaration: a start would refuse it.
            OSError: it cannot be written.
        """
        self.save_together({name: text}, {name: known})

    def save_together(self, changed: Mapping[str, str], known: Mapping[str, str]) -> None:
        """Write several files, all of them or none, whenever this process ends; `known` and errors as in `save`."""
        if not shipped.IS_CLONE and self.folder == self.defaults:
            raise OSError(errno.EROFS, "it comes with the program; ./lapor init data makes files of your own")
        with alone(self.lock, self.folder):
            for name in changed:
                if self.read(name).print != known[name]:
                    raise FileChangedMeanwhile(name)
            self.check_together(changed)
            write_together(self.lock, self.folder, changed)


def as_written(file: RegencyFile, typed: str) -> str:
    """What was typed into a form, with the ends of lines that the file has."""
    plain = typed_lines(typed).removeprefix(BOM)
    plain = plain if plain.endswith("\n") or not plain else f"{plain}\n"
    return plain.replace("\n", "\r\n") if "\r\n" in file.text else plain


__all__ = [
    "LOCK",
    "SHEETS",
    "FileChangedMeanwhile",
    "RegencyFile",
    "RegencyFiles",
    "WrongDeclaration",
    "as_written",
]
