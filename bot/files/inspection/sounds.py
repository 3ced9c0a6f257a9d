"""Reads sounds, and WebM films, as far as it takes to be sure of them. They are kept as they came."""

from __future__ import annotations

from bot.conversation.events import FileRefusal
from bot.files.inspection.found import Content
from bot.files.kinds import MP3, OGG, WEBM, FileKind
from bot.files.refused import FileRefused

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
