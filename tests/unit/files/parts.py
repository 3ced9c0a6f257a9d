"""Makes files of every kind byte by byte: good ones, and such as somebody who means harm would send."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

import pillow_heif
from PIL import Image, PngImagePlugin

CONTENT_TYPES = "[Content_Types].xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def a_picture(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """Not of one colour, so that it does not vanish in a codec."""
    grey = Image.linear_gradient("L").resize((width, height))
    return grey.convert(mode)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """As a file of this kind."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def jpeg(width: int = 64, height: int = 48, mode: str = "RGB", **options: object) -> bytes:
    return saved(a_picture(width, height, mode), "JPEG", **options)


def jpeg_with_place() -> bytes:
    """As a phone writes it: turned by a quarter, with camera, place and a note."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F], notes[0x0110] = 6, "Maker", "Phone 12"
    notes.get_ifd(0x8825).update({1: "S", 2: (1.0, 15.0, 30.0), 3: "E", 4: (116.0, 48.0, 0.0)})
    return jpeg(64, 32, exif=notes, comment=b"rumah Bu Ratna", xmp=b"<x:xmpmeta>rumah</x:xmpmeta>")


def png(width: int = 64, height: int = 48, mode: str = "RGB", **options: object) -> bytes:
    return saved(a_picture(width, height, mode), "PNG", **options)


def png_with_texts() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Bu Ratna")
    texts.add_text("Comment", "rumah Bu Ratna " * 50, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", "<x>rumah</x>")
    return png(pnginfo=texts)


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is this large."""
    body = zlib.compress(bytes(1000))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def png_with_swelling_text() -> bytes:
    """Its note is a hundred megabytes once it is unpacked."""
    text = b"Comment\0\0" + zlib.compress(bytes(100_000_000))
    whole = png()
    return whole[:33] + _chunk(b"zTXt", text) + whole[33:]


def png_of_sixteen_bits() -> bytes:
    rows = b"".join(b"\0" + b"".join(struct.pack(">H", x * 1000) for x in range(64)) for _ in range(48))
    head = struct.pack(">IIBBBBB", 64, 48, 16, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def jpeg_that_says(width: int, height: int) -> bytes:
    """A JPEG whose frame says it is this large."""
    whole = jpeg()
    place = whole.index(b"\xff\xc0") + 5
    return whole[:place] + struct.pack(">HH", height, width) + whole[place + 4 :]


def webp_that_says(width: int, height: int) -> bytes:
    canvas = struct.pack("<I", 0) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    still = saved(a_picture(), "WEBP")[12:]
    chunks = b"VP8X" + struct.pack("<I", 10) + canvas + still
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def gif(width: int = 2, height: int = 2, frames: int = 1) -> bytes:
    """A GIF that says it is this large, of so many frames of two dots by two."""
    one = saved(a_picture(2, 2, "P"), "GIF")
    begins = one.index(b"\x2c\0\0\0\0\x02\0\x02\0")
    return one[:6] + struct.pack("<HH", width, height) + one[10:begins] + one[begins:-1] * frames + one[-1:]


def heic(width: int = 64, height: int = 64) -> bytes:
    file = io.BytesIO()
    pillow_heif.from_pillow(a_picture(width, height)).save(file)
    return file.getvalue()


def zipped(parts: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return file.getvalue()


def office(folder: str = "word", **more: str | bytes) -> bytes:
    """A document of today's Office; `more` parts have __ for / and _dot_ for a dot in their names."""
    parts = {CONTENT_TYPES: "<Types/>", f"{folder}/document.xml": "<w/>"}
    return zipped(parts | {name.replace("__", "/").replace("_dot_", "."): part for name, part in more.items()})


def open_document(**more: str) -> bytes:
    media_type = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": media_type, "content.xml": "<c/>"} | {f"{name}/a": part for name, part in more.items()})


def office_that_swells() -> bytes:
    """A Word file that says it is two gigabytes inside."""
    whole = bytearray(office(word__media__image1_dot_png=bytes(5_000_000)))
    entry = whole.rindex(b"PK\x01\x02")
    whole[entry + 24 : entry + 28] = struct.pack("<I", 2_000_000_000)
    return bytes(whole)


def office_with_a_lock() -> bytes:
    whole = bytearray(office())
    entry = whole.index(b"PK\x01\x02")
    whole[entry + 8] |= 1
    return bytes(whole)


def old_office(*streams: str) -> bytes:
    """A file of Office before 2007, as far as its directory."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return OLE + bytes(504) + entries + bytes(512)


def pdf(*objects: bytes, end: bytes = b"%%EOF\n") -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + body + b"trailer << /Root 1 0 R >>\n" + end


def packed_objects(content: bytes) -> bytes:
    body = zlib.compress(content)
    return b"<< /Type /ObjStm /N 1 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def box(name: bytes, *content: bytes) -> bytes:
    inside = b"".join(content)
    return struct.pack(">I", len(inside) + 8) + name + inside


def film(brand: bytes = b"isom", handler: bytes = b"vide", notes: Sequence[bytes] = ()) -> bytes:
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(12))))
    head = box(b"ftyp", brand, bytes(4), b"isommp42")
    return head + box(b"moov", box(b"mvhd", bytes(100)), track, *notes) + box(b"mdat", bytes(range(256)) * 8)


def film_with_place() -> bytes:
    place = box(b"udta", box(b"\xa9xyz", b"\0\x15\x15\xc7-01.2583+116.8000/"))
    maker = box(b"meta", bytes(4), b"com.apple.quicktime.make Phone 12")
    return film(notes=(place, maker))


def webm(document: bytes = b"webm") -> bytes:
    name = b"\x42\x82" + bytes([0x80 | len(document)]) + document
    return b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(name)]) + name + b"\x18\x53\x80\x67" + bytes(64)


def ogg(codec: bytes = b"OpusHead") -> bytes:
    return b"OggS\0\x02" + bytes(20) + b"\x01\x13" + codec + bytes(64)


def mp3(notes: bytes = b"") -> bytes:
    """Two frames of 128 kbit/s at 44,100 Hz, behind notes of this content."""
    size = bytes(len(notes) >> shift & 0x7F for shift in (21, 14, 7, 0))
    head = b"ID3\x04\0\0" + size + notes if notes else b""
    return head + (b"\xff\xfb\x90\x64" + bytes(413)) * 2
