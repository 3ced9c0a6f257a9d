"""Reads sounds and films as far as it takes to be sure of them, and blots out boxes that say where and by whom.

ISO 14496-12: a box is its length, its name, and what is in it. A box renamed `free` is passed over by every player,
and nothing behind it moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.events import FileRefusal
from bot.files.inspection.disguise import Content
from bot.files.kinds import M4A, MOV, MP3, MP4, OGG, PHONE_MOVIE, WEBM, FileKind, FileRefused

VOICES = (b"OpusHead", b"\x01vorbis", b"Speex   ")
FIRST_PAGE_BYTES = 128
WEBM_HEAD_BYTES = 256

SYNC = 0xFFE0
KILOBITS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
HERTZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
LAYER_3 = 1


def read_ogg(content: Content) -> FileKind:
    """Ogg with a voice in it (RFC 7845, RFC 5334); a film is refused.

    Raises:
        Refused: it holds something else.
    """
    if not any(voice in content[:FIRST_PAGE_BYTES] for voice in VOICES):
        raise FileRefused(FileRefusal.KIND)
    return OGG


def read_webm(content: Content) -> FileKind:
    """WebM, which says so in its head; other Matroska is refused.

    Raises:
        Refused: it is no WebM.
    """
    if b"\x42\x82\x84webm" not in content[:WEBM_HEAD_BYTES]:
        raise FileRefused(FileRefusal.KIND)
    return WEBM


def read_mp3(content: Content) -> FileKind:
    """MP3, with notes before it or without.

    Raises:
        Refused: no sound follows the notes.
    """
    begins = 0
    if content[:3] == b"ID3":
        begins = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    if not is_mp3(content, begins):
        raise FileRefused(FileRefusal.BROKEN)
    return MP3


def is_mp3(content: Content, at: int) -> bool:
    """Whether two frames of MPEG layer 3 stand there, the second where the first ends (ISO 11172-3, 2.4.1)."""
    first = _frame_bytes(content[at : at + 4])
    return first > 0 and _frame_bytes(content[at + first : at + first + 4]) > 0


def _frame_bytes(head: bytes) -> int:
    """The length of the frame with this head; 0 when it is none."""
    if len(head) < 4 or int.from_bytes(head[:2]) & SYNC != SYNC:  # noqa: PLR2004 - a head is four bytes
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, frequency, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if layer != LAYER_3 or version not in HERTZ or frequency == 3 or not 0 < rate < 15:  # noqa: PLR2004 - reserved
        return 0
    kilobits = KILOBITS[3 if version == 3 else 2][rate]  # noqa: PLR2004 - MPEG 1
    samples = 144 if version == 3 else 72  # noqa: PLR2004 - an eighth of a frame's
    return samples * kilobits * 1000 // HERTZ[version][frequency] + padding


TELLING = frozenset({b"udta", b"meta", b"uuid"})
"""Place, maker, phone, author (3GPP TS 26.244, 8; QuickTime File Format, metadata)."""
OPENED = frozenset({b"moov", b"trak", b"moof"})
SOUND_BRANDS = frozenset({b"M4A ", b"M4B "})
REFUSED_BRANDS = frozenset({b"avif", b"avis", b"crx ", b"jp2 ", b"jpx "})
HEAD_BYTES, LONG_HEAD_BYTES = 8, 16
MOST_BOXES = 20_000
MOST_BOXES_INSIDE_ANOTHER = 16
"""A film needs three; what goes deeper was made to exhaust whoever reads it."""


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
        Refused: it is cut off, of more boxes than a film has, or deeper ones, or something else that is made of them.
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


def _all_boxes(content: Content, begins: int, ends: int, left: list[int], depth: int = 0) -> Iterator[Box]:
    if depth > MOST_BOXES_INSIDE_ANOTHER:
        raise FileRefused(FileRefusal.BROKEN)
    for box in boxes(content, begins, ends):
        left[0] -= 1
        if left[0] < 0:
            raise FileRefused(FileRefusal.TOO_LARGE)
        yield box
        if box.name in OPENED:
            yield from _all_boxes(content, box.inside, box.ends, left, depth + 1)


def _has_film(content: Content) -> bool:
    """Whether a track is to be seen and not only heard: its handler says `vide`."""
    return content.find(b"vide", max(content.find(b"hdlr"), 0)) >= 0
