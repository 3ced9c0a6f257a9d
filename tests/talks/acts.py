"""What a citizen does, as a line of a talk file says it. Pure.

A line is what she types, unless it begins with one of these:

| `[Kirim]` | presses a button that she sees |
| `[tombol lama Kirim]` | presses a button that is no longer to be seen, as on a phone that has not caught up |
| `[lokasi -1.2571 116.6712]` | shares a position |
| `[foto] words`, `[video]`, `[suara]`, `[dokumen]`, `[album 3] words` | sends files, with words below the first |
| `[stiker]` | sends a sticker |
| `[ubah 1] words` | edits her first message |
| `[panjang 5000] A sentence.` | types a sentence over and over, so many letters in all; a phone cuts that in pieces |
| `[balas Kirim] words` | answers the latest message that has this button |
| `[masuk grup]`, `[grup] words` | brings the bot into a group, and writes there |
| `[sejam kemudian]`, `[sehari kemudian]`, `[seminggu kemudian]` | nothing happens for so long |
| `[petugas: jawab] words` | an officer does something to the first report; `[petugas: jawab {tiket 2}]` |
| `[20 hari kemudian]` | day by day, the service doing each day what is due |
| `[mulai ulang]` | the service is stopped, and started again |

`{tiket}` is the number that was filed first, `{tiket 2}` the second; `{tiket salah}` the first with a slip.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

MOST_LETTERS_OF_A_PHONE = 4096


@dataclass(frozen=True, slots=True)
class Says:
    """Words, or a command."""

    text: str


@dataclass(frozen=True, slots=True)
class Presses:
    """A button by its label; `old`: it can no longer be seen."""

    label: str
    old: bool = False


@dataclass(frozen=True, slots=True)
class SharesPlace:
    """A pin."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class SendsFiles:
    """Files of one kind; several are an album."""

    kind: str
    count: int = 1
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SendsSticker:
    """Something without words."""


@dataclass(frozen=True, slots=True)
class Edits:
    """Her message of this number, from 1, now reads differently."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Replies:
    """Words that answer the latest message with this button."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class BringsBotIntoGroup:
    """The bot becomes a member."""


@dataclass(frozen=True, slots=True)
class SaysInGroup:
    """Words in that group."""

    text: str


@dataclass(frozen=True, slots=True)
class TimePasses:
    """Nothing happens."""

    span: timedelta


@dataclass(frozen=True, slots=True)
class OfficeActs:
    """An officer does something to a case; `words` are what she types, `parent` is what it may be merged into.

    `to`: the code of an agency, or the name of a body outside.
    """

    who: str
    action: str
    ticket: str
    words: str = ""
    to: str = ""
    parent: str = "{tiket}"


@dataclass(frozen=True, slots=True)
class DaysPass:
    """She does nothing for so many days, and the service does what is due."""

    days: int


@dataclass(frozen=True, slots=True)
class Restarts:
    """The service does, not she."""


type Act = (
    Says
    | Presses
    | SharesPlace
    | SendsFiles
    | SendsSticker
    | Edits
    | Replies
    | BringsBotIntoGroup
    | SaysInGroup
    | TimePasses
    | OfficeActs
    | DaysPass
    | Restarts
)

SPANS = {
    "sejam kemudian": timedelta(hours=1, minutes=5),
    "sehari kemudian": timedelta(days=1),
    "seminggu kemudian": timedelta(days=7),
}
KINDS = {"foto": "photo", "video": "video", "suara": "voice", "dokumen": "document"}
OFFICERS = "petugas lain|petugas|pimpinan|verifikator|penengah|moderator"
NUMBER = r"(-?\d+(?:\.\d+)?)"

PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], Act]], ...] = (
    (rf"\[lokasi {NUMBER},? {NUMBER}\]", lambda m: SharesPlace(float(m[1]), float(m[2]))),
    (r"\[(foto|video|suara|dokumen)\](?: (.*))?", lambda m: SendsFiles(KINDS[m[1]], caption=m[2] or "")),
    (r"\[album (\d+)\](?: (.*))?", lambda m: SendsFiles("photo", int(m[1]), m[2] or "")),
    (r"\[stiker\]", lambda _: SendsSticker()),
    (r"\[ubah (\d+)\] (.*)", lambda m: Edits(int(m[1]), m[2])),
    (r"\[balas ([^]]+)\] (.*)", lambda m: Replies(m[1], m[2])),
    (r"\[masuk grup\]", lambda _: BringsBotIntoGroup()),
    (r"\[grup\] (.*)", lambda m: SaysInGroup(m[1])),
    (r"\[mulai ulang\]", lambda _: Restarts()),
    (rf"\[({'|'.join(SPANS)})\]", lambda m: TimePasses(SPANS[m[1]])),
    (
        rf"\[({OFFICERS}): (\w+)(?: (\{{tiket[^}}]*\}}))?(?: ke ([^\]]+))?\](?: (.*))?",
        lambda m: OfficeActs(m[1], m[2], m[3] or "{tiket}", m[5] or "", m[4] or ""),
    ),
    (r"\[(\d+) hari kemudian\]", lambda m: DaysPass(int(m[1]))),
    (r"\[tombol lama ([^]]+)\]", lambda m: Presses(m[1], old=True)),
    (r"\[panjang (\d+)\] (.*)", lambda m: Says(repeated(m[2], int(m[1])))),
    (r"\[([^]]+)\]", lambda m: Presses(m[1])),
)


def act_of(line: str) -> Act:
    """What a line says."""
    for pattern, command in PATTERNS:
        if found := re.fullmatch(pattern, line, re.DOTALL):
            return command(found)
    return Says(line)


def repeated(sentence: str, letters: int) -> str:
    """A sentence over and over, each time with its number, until it is so long."""
    text, count = "", 0
    while len(text) < letters:
        count += 1
        text += f"{sentence} ({count}) "
    return text.strip()


def as_a_phone_sends(command: Act) -> list[Act]:
    """Words that are too long for one message arrive in pieces, each cut between two words."""
    if not isinstance(command, Says):
        return [command]
    rest, sent = command.text, list[Act]()
    while len(rest) > MOST_LETTERS_OF_A_PHONE:
        end = rest.rfind(" ", 0, MOST_LETTERS_OF_A_PHONE)
        sent.append(Says(rest[:end]))
        rest = rest[end + 1 :]
    return [*sent, Says(rest)]
