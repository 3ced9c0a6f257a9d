"""Decodes a picture and writes its dots anew, as JPEG: whatever else was in the file is not in the new one."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import suppress
from typing import BinaryIO, Final

from PIL import (
    GifImagePlugin,
    Image,
    ImageCms,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from bot.conversation.events import FileRefusal
from bot.files.refused import FileRefused

LONGEST_SIDE: Final = 2560
LONGEST_SIDE_OF_THUMB: Final = 320
MOST_DOTS: Final = 64_000_000
MOST_DOTS_OF_JPEG: Final = 220_000_000
"""A JPEG is decoded at a half, a quarter or an eighth, so phones' largest pictures pass."""
QUALITY, QUALITY_OF_THUMB = 85, 75
ORIENTATION = 0x0112
PAPER = (255, 255, 255)
SIXTEEN_TO_EIGHT_BITS = 1 / 256
TURNS: Final[Mapping[int, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What each orientation asks for (CIPA DC-008, 4.6.4)."""
LOADED_EARLY = (
    *(GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin),
    TiffImagePlugin,  # reads a camera's notes
)
"""Pillow would load these while it decodes, when the child can open nothing any more."""
SRGB = ImageCms.createProfile("sRGB")


def get_ready(picture_format: str) -> None:
    """Load what decodes this format, while files may still be opened."""
    Image.MAX_IMAGE_PIXELS = None  # counted below, by format
    Image.preinit()
    if picture_format == "HEIF":
        import pillow_heif  # noqa: PLC0415 - 26 MB of libraries, for one format

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener(thumbnails=False)


def write_anew(source: BinaryIO, picture_format: str, clean: BinaryIO, thumb: BinaryIO) -> tuple[int, int]:
    """Write the picture and its thumbnail; of several frames, the first.

    Returns:
        Width and height of the new picture, in dots.

    Raises:
        Refused: it is broken, or has too many dots.
    """
    picture = _decoded(source, picture_format)
    _save(picture, clean, QUALITY)
    small = picture.copy()
    small.thumbnail((LONGEST_SIDE_OF_THUMB, LONGEST_SIDE_OF_THUMB))
    _save(small, thumb, QUALITY_OF_THUMB)
    return picture.size


def _decoded(source: BinaryIO, picture_format: str) -> Image.Image:
    """The picture the right way up, in plain colours, no larger than is kept."""
    try:
        with Image.open(source, formats=_formats(picture_format)) as opened:
            _refuse_too_many_dots(opened, picture_format)
            turn, profile = _turn(opened), opened.info.get("icc_profile")
            opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            opened.load()
            picture = _in_colours(_shrunk(opened), profile)
    except (FileRefused, MemoryError):
        raise
    except Exception as error:  # whatever a broken picture makes of its decoder
        raise FileRefused(FileRefusal.BROKEN) from error
    return picture.transpose(turn) if turn is not None else picture


def _refuse_too_many_dots(picture: Image.Image, picture_format: str) -> None:
    width, height = picture.size
    if width * height > (MOST_DOTS_OF_JPEG if picture_format == "JPEG" else MOST_DOTS):
        raise FileRefused(FileRefusal.TOO_LARGE)


def _formats(picture_format: str) -> list[str]:
    return ["JPEG", "MPO"] if picture_format == "JPEG" else [picture_format]


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """How it must be turned; notes that cannot be read turn nothing."""
    with suppress(Exception):
        return TURNS.get(picture.getexif().get(ORIENTATION, 1))
    return None


def _shrunk(picture: Image.Image) -> Image.Image:
    """At most as large as is kept, in a mode that can be made smaller."""
    if picture.mode.startswith(("I", "F")):
        picture = picture.convert("I").point(lambda dot: dot * SIXTEEN_TO_EIGHT_BITS).convert("L")
    elif picture.mode in {"1", "P", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "PA" else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return picture


def _in_colours(picture: Image.Image, profile: object) -> Image.Image:
    """In sRGB on white paper, as a new picture that knows nothing of the old."""
    if isinstance(profile, bytes) and picture.mode in {"RGB", "CMYK"}:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = ImageCms.profileToProfile(picture, given, SRGB, outputMode="RGB") or picture
    paper = Image.new("RGB", picture.size, PAPER)
    if picture.mode in {"RGBA", "LA", "La", "RGBa"}:
        seen = picture.convert("RGBA")
        paper.paste(seen, mask=seen.getchannel("A"))
    else:
        paper.paste(picture.convert("RGB"))
    return paper


def _save(picture: Image.Image, into: BinaryIO, quality: int) -> None:
    written = io.BytesIO()  # so that a full disk is told from a picture that cannot be written
    picture.save(written, "JPEG", quality=quality, optimize=True)
    into.write(written.getbuffer())
