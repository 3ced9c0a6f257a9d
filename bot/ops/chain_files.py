"""What of the chain of events is kept outside the database, in the folder `chain` of the data folder.

`roots.txt` has each day's root, `links-<day>.txt` the links it was made over, `sealed.txt` the installation's id since
all its events have links. Whoever can change the database alone changes none of them. Backups hold them as well.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = "chain"
ROOTS = "roots.txt"
SEALED = "sealed.txt"
OWNER_ONLY = 0o600

type LinkLine = tuple[str, int, str]
"""Number of a case, number of its event, and the link."""


class WrongChainFile(ValueError):
    """A file in the folder is damaged; the message names it."""


@dataclass(frozen=True, slots=True)
class ChainFiles:
    """Reads and writes the folder, and blocks. Writing replaces a file as a whole, readable for its owner alone."""

    data_dir: Path

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self.data_dir / FOLDER

    def roots(self) -> Mapping[date, str]:
        """Each day's root, in hexadecimal.

        Raises:
            WrongChainFile: the file is damaged.
        """
        lines = self._lines(ROOTS)
        try:
            return {date.fromisoformat(day): root for day, root in (line.split() for line in lines)}
        except ValueError as error:
            raise WrongChainFile(f"{self.folder / ROOTS} is damaged; restore it from a backup") from error

    def links(self, day: date) -> Sequence[LinkLine] | None:
        """What a day's root was made over; None where this machine has not kept it.

        Raises:
            WrongChainFile: the file is damaged.
        """
        name = _links_of(day)
        if not (self.folder / name).exists():
            return None
        try:
            return [(ticket, int(number), link) for ticket, number, link in map(str.split, self._lines(name))]
        except ValueError as error:
            raise WrongChainFile(f"{self.folder / name} is damaged; restore it from a backup") from error

    def sealed(self) -> str:
        """The id of the installation all of whose events have links; "" before."""
        return "".join(self._lines(SEALED))

    def keep_sealed(self, installation: str) -> None:
        """Writes that every event of this installation has a link."""
        if self.sealed() != installation:
            self._write(SEALED, [installation])

    def keep_day(self, day: date, root: str, links: Iterable[LinkLine]) -> None:
        """Writes a day's links and then its root; a day that is there stays as it is.

        Raises:
            WrongChainFile: the file of roots is damaged.
        """
        known = dict(self.roots())
        if day in known:
            return
        self._write(_links_of(day), [f"{ticket} {number} {link}" for ticket, number, link in links])
        self._write(ROOTS, [f"{one.isoformat()} {known[one]}" for one in sorted(known)] + [f"{day.isoformat()} {root}"])

    def _lines(self, name: str) -> list[str]:
        file = self.folder / name
        return file.read_text(encoding="ascii", errors="replace").splitlines() if file.exists() else []

    def _write(self, name: str, lines: Iterable[str]) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.folder / f".{name}-{secrets.token_hex(4)}"
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="ascii") as writing:
            writing.writelines(f"{line}\n" for line in lines)
            writing.flush()
            os.fsync(writing.fileno())
        part.replace(self.folder / name)


def _links_of(day: date) -> str:
    return f"links-{day.isoformat()}.txt"
