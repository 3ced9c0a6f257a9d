"""Citizens whose every word is marked, their cases, one that accuses an agency, and everybody else who comes near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.integration.operations.marked_gateways import PAYMENT
from tests.integration.operations.marks import LAT, LON, pin_mark

AGENCY = "dpupr"
HOLE = "aspal berlubang dalam di jl provinsi km 5 kelurahan waru"
ACCUSED, IN_TRUST = "dishub", "inspektorat"
AT_THE_DESK: Mapping[str, tuple[str, ...]] = {
    "liaison": ("--role", "liaison", "--agency", AGENCY),
    "elsewhere": ("--role", "agency_admin", "--agency", ACCUSED),
    "holder": ("--role", "liaison", "--agency", IN_TRUST),
    "auditor": ("--role", "auditor"),
    "moderator": ("--role", "moderator"),
    "admin": ("--role", "admin"),
}
"""People who sign in at the desk, and as what they were added."""
PROVIDERS = "of another agency, signed in by a provider"
FILTER = "penandapilihan"
"""How an officer calls a part of her list; nobody else reads it."""
ANSWERED = "penandajawaban"
"""What officers write to a reporter; nobody else reads it."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A reporter and what of hers is like nothing else. Her pin is near the others', its decimals are her own."""

    name: str
    words: str
    photo: str
    lat: float
    lon: float
    is_named: bool = False
    is_secret: bool = False
    matter: str = HOLE

    @property
    def story(self) -> str:
        """What she tells."""
        return f"{self.matter}, {self.words} hampir jatuh"

    @property
    def said(self) -> Mapping[str, str]:
        """Marks in what she wrote."""
        return {f"words of {self.name}": self.words, f"words below the photo of {self.name}": self.photo}

    @property
    def told(self) -> Mapping[str, str]:
        """Marks in where she put her pin."""
        return {f"lat of {self.name}": pin_mark(self.lat), f"lon of {self.name}": pin_mark(self.lon)}


RATNA = Marked("Penandaratna", "zamrudratna", "kuningratna", LAT, LON, is_named=True)
SARI = Marked("Penandasari", "zamrudsari", "kuningsari", -1.2892847, 116.5126138)
WATI = Marked("Penandawati", "zamrudwati", "kuningwati", -1.2893428, 116.5125234, is_secret=True)
MARKED = (RATNA, SARI, WATI)
YANTI = Marked("Penandayanti", "zamrudyanti", "kuningyanti", -1.2894563, 116.5124879, is_secret=True, matter=PAYMENT)
"""She accuses the agency of whom others sign in elsewhere, have a group and read mail."""
EVERYBODY = (*MARKED, YANTI)


@dataclass(slots=True)
class Walked:
    """What everybody could read, when all was done.

    Attributes:
        tickets, chats: of each reporter, by her name.
        messages: what each chat of Telegram holds, everything that was ever edited too, and what every other door
            sent; by the name of who reads it.
        own: what each who accuses somebody by another door was sent herself; by her number.
        pages: what each address answered, by who asked for it.
        printed: what each command printed.
        files: under which names photos are kept.
    """

    folder: Path
    tickets: dict[str, str] = field(default_factory=dict)
    chats: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
