"""What each file gets for what is in it, whatever it is called."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import pytest
from PIL import Image

from bot.files.inspection.content import look
from bot.files.inspection.disguise import FoundPicture
from bot.files.inspection.movies import telling_boxes
from bot.files.inspection.pictures import LONGEST_SIDE, LONGEST_SIDE_OF_THUMB, get_ready, write_anew
from bot.files.kinds import KINDS, PDF, PICTURE, FileRefused
from tests.unit.files import parts
from tests.unit.files.hostile import PICTURES, TABLE

WRITTEN_BY_US = {0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
"""Start, JFIF, quantisation, frame, Huffman, scan: a JPEG of ours has no other segments."""


def gets(content: bytes) -> str:
    try:
        found = look(content)
        if isinstance(found, FoundPicture):
            rewritten(content)
            return PICTURE.media_type
    except FileRefused as refused:
        return refused.refusal.value
    return found.media_type


def rewritten(content: bytes) -> tuple[bytes, bytes]:
    found = look(content)
    assert isinstance(found, FoundPicture)
    clean, thumb = io.BytesIO(), io.BytesIO()
    get_ready(found.format)
    write_anew(io.BytesIO(content), found.format, clean, thumb)
    return clean.getvalue(), thumb.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def segments(content: bytes) -> Iterator[int]:
    place = 0
    while content[place] == 0xFF:
        marker = content[place + 1]
        yield marker
        if marker == 0xDA:
            return
        place += 2 if marker == 0xD8 else 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]


@pytest.mark.thorough
@pytest.mark.parametrize("name", TABLE)
def test_each_file_gets_what_the_table_says(name: str) -> None:
    expected, make = TABLE[name]
    assert gets(make()) == expected


def test_the_table_is_long_enough() -> None:
    assert sum(expected.startswith("file-") for expected, _ in TABLE.values()) >= 25
    assert {expected for expected, _ in TABLE.values() if not expected.startswith("file-")} <= KINDS.keys()


@pytest.mark.parametrize("name", [name for name, (expected, _) in PICTURES.items() if expected == PICTURE.media_type])
def test_a_picture_has_nothing_but_dots(name: str) -> None:
    for content in rewritten(PICTURES[name][1]()):
        assert set(segments(content)) <= WRITTEN_BY_US
        assert opened(content).mode == "RGB"
        assert not opened(content).getexif()


@pytest.mark.parametrize("word", [b"Ratna", b"rumah", b"Phone", b"Maker", b"Exif", b"http"])
def test_words_beside_the_dots_are_gone(word: bytes) -> None:
    for make in (parts.jpeg_with_place, parts.png_with_texts):
        assert all(word not in content for content in rewritten(make()))


def test_a_turned_picture_stands_upright() -> None:
    clean, _ = rewritten(parts.jpeg_with_place())
    assert opened(clean).size == (32, 64)


@pytest.mark.thorough
def test_a_large_picture_becomes_smaller() -> None:
    clean, thumb = rewritten(parts.jpeg(4000, 3000))
    assert opened(clean).size == (LONGEST_SIDE, 1920)
    assert opened(thumb).size == (LONGEST_SIDE_OF_THUMB, 240)


def test_a_long_strip_keeps_its_shape() -> None:
    clean, thumb = rewritten(parts.png(5000, 20))
    assert opened(clean).size == (2560, 10)
    assert opened(thumb).size == (320, 1)


def test_sixteen_bits_become_eight_and_not_white() -> None:
    clean, _ = rewritten(parts.png_of_sixteen_bits())
    darkest, brightest = opened(clean).convert("L").getextrema()
    assert darkest < 8
    assert 230 < brightest < 256


def test_what_can_be_seen_through_lies_on_white_paper() -> None:
    hole = Image.new("RGBA", (16, 16), (255, 0, 0, 0))
    clean, _ = rewritten(parts.saved(hole, "PNG"))
    assert opened(clean).getpixel((8, 8)) == (255, 255, 255)


def test_a_films_place_is_among_what_is_blotted_out() -> None:
    content = parts.film_with_place()
    blotted = b"".join(content[box.begins : box.ends] for box in telling_boxes(content))
    assert b"-01.2583+116.8000" in blotted
    assert b"Phone 12" in blotted


def test_only_pictures_sounds_and_films_are_shown_by_a_page() -> None:
    assert {kind.media_type.partition("/")[0] for kind in KINDS.values() if kind.shown} == {"image", "audio", "video"}
    assert not PDF.shown


@pytest.mark.parametrize("depth", [30, 5_000])
def test_a_film_of_boxes_within_boxes_is_refused(depth: int) -> None:
    inside = b""
    for _ in range(depth):
        inside = struct.pack(">I4s", len(inside) + 8, b"moov") + inside
    head = struct.pack(">I4s4sI", 16, b"ftyp", b"mp42", 0)
    assert gets(head + inside) == "file-broken"
