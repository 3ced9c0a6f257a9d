"""Reads films and sounds made of boxes (MP4, MOV, 3GP, M4A), and blots out the boxes that say where and by whom.

ISO 14496-12: a box is its length, its name, and what is in it. A box renamed `free` is passed over by every player,
and nothing behind it moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.events import FileRefusal
from bot.files.inspection.found import Content
from bot.files.kinds import M4A, MOV, MP4, PHONE_MOVIE, FileKind
from bot.files.refused import FileRefused

TELLING = frozenset({b"udta", b"meta", b"uuid"})
"""Place, maker, phone, author (3GPP TS 26.244, 8; QuickTime File Format, metadata)."""
OPENED = frozenset({b"moov", b"trak", b"moof"})
SOUND_BRANDS = frozenset({b"M4A ", b"M4B "})
REFUSED_BRANDS = frozenset({b"avif", b"avis", b"crx ", b"jp2 ", b"jpx "})
HEAD_BYTES, LONG_HEAD_BYTES = 8, 16
MOST_BOXES = 20_000


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its name, where its head begins, where its content begins, and where it ends."""

    name: bytes
    begins: int
    inside: int
    ends: int


def read_boxes(content: Content) -> FileKind:
    """A film or a sound.

    Raises:
        Refused: it is cut off, of more boxes than a film has, or something else that is made of them.
    """
    brand = content[8:12]
    if brand in REFUSED_BRANDS:
        raise FileRefused(FileRefusal.KIND)
    names = {box.name for box in _all_boxes(content, 0, len(content), [MOST_BOXES])}
    if not names & {b"moov", b"moof"}:
        raise FileRefused(FileRefusal.BROKEN)
    if brand in SOUND_BRANDS or not _has_film(content):
        return M4A
    if brand == b"qt  ":
        return MOV
    return PHONE_MOVIE if brand[:2] == b"3g" else MP4


def telling_boxes(content: Content) -> list[Box]:
    """The boxes to be blotted out, wherever they stand."""
    return [box for box in _all_boxes(content, 0, len(content), [MOST_BOXES]) if box.name in TELLING]


def boxes(content: Content, begins: int, ends: int) -> Iterator[Box]:
    """The boxes side by side from here to there.

    Raises:
        Refused: one ends beyond its surroundings, so the file is cut off or was never one.
    """
    at = begins
    while at + HEAD_BYTES <= ends:
        length, name, inside = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8], at + HEAD_BYTES
        if length == 1:
            length, inside = int.from_bytes(content[at + 8 : at + 16]), at + LONG_HEAD_BYTES
        elif length == 0:
            length = ends - at
        if length < inside - at or at + length > ends:
            raise FileRefused(FileRefusal.BROKEN)
        yield Box(name, at, inside, at + length)
        at += length


def _all_boxes(content: Content, begins: int, ends: int, left: list[int]) -> Iterator[Box]:
    for box in boxes(content, begins, ends):
        left[0] -= 1
        if left[0] < 0:
            raise FileRefused(FileRefusal.TOO_LARGE)
        yield box
        if box.name in OPENED:
            yield from _all_boxes(content, box.inside, box.ends, left)


def _has_film(content: Content) -> bool:
    """Whether a track is to be seen and not only heard: its handler says `vide`."""
    return content.find(b"vide", max(content.find(b"hdlr"), 0)) >= 0
