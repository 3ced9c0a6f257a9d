"""What may be sent, and what it gets: the refusal's key, or the media type under which it is kept."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.files import parts
from tests.unit.files.parts import box, film, gif, jpeg, mp3, office, ogg, old_office, open_document, pdf, png, zipped

EMPTY, BROKEN, LARGE, KIND = "file-empty", "file-broken", "file-too-large-inside", "file-kind"
PROGRAM, MACROS, DISGUISED, LOCKED = "file-program", "file-macros", "file-disguised", "file-locked"
PICTURE = "image/jpeg"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCRIPT = b"<script>alert(document.cookie)</script>"

type Make = Callable[[], bytes]

PICTURES: dict[str, tuple[str, Make]] = {
    "a photo": (PICTURE, jpeg),
    "a photo with place, camera and note": (PICTURE, parts.jpeg_with_place),
    "a photo in CMYK": (PICTURE, lambda: jpeg(mode="CMYK")),
    "a photo that comes progressively": (PICTURE, lambda: jpeg(progressive=True)),
    "a photo with a phone's film behind it": (PICTURE, lambda: jpeg() + film()),
    "a photo cut off in the middle": (BROKEN, lambda: jpeg(640, 480)[:2000]),
    "the head of a photo": (BROKEN, lambda: jpeg()[:20]),
    "a photo of four billion dots": (LARGE, lambda: parts.jpeg_that_says(65_500, 65_500)),
    "a photo with a zip behind it": (DISGUISED, lambda: jpeg() + zipped({"run.exe": b"MZ"})),
    "a photo with a script in its note": (DISGUISED, lambda: jpeg(comment=SCRIPT)),
    "a photo that is a PDF": (DISGUISED, lambda: jpeg(comment=b"%PDF-1.4 1 0 obj")),
    "a photo with PHP behind it": (DISGUISED, lambda: jpeg() + b"<?php system($_GET[0]); ?>"),
    "a PNG": (PICTURE, png),
    "a PNG with texts": (PICTURE, parts.png_with_texts),
    "a PNG of sixteen bits": (PICTURE, parts.png_of_sixteen_bits),
    "a PNG with a palette and a hole": (PICTURE, lambda: png(mode="P", transparency=0)),
    "a PNG in black and white": (PICTURE, lambda: png(mode="1")),
    "a PNG one can see through": (PICTURE, lambda: png(mode="RGBA")),
    "a PNG in grey one can see through": (PICTURE, lambda: png(mode="LA")),
    "a PNG of nine hundred million dots": (LARGE, lambda: parts.png_that_says(30_000, 30_000)),
    "a PNG with too little in it": (BROKEN, lambda: parts.png_that_says(500, 500)),
    "a PNG whose note swells to 100 MB": (BROKEN, parts.png_with_swelling_text),
    "a WebP": (PICTURE, lambda: parts.saved(parts.a_picture(), "WEBP")),
    "a WebP that says it is huge": (BROKEN, lambda: parts.webp_that_says(16_000_000, 16_000_000)),
    "a GIF": (PICTURE, gif),
    "a GIF of 10,000 frames": (PICTURE, lambda: gif(frames=10_000)),
    "a GIF of four billion dots": (LARGE, lambda: gif(65_535, 65_535)),
    "a GIF that is JavaScript": (DISGUISED, lambda: b"GIF89a/*" + gif()[8:] + b"*/=1;alert(1)"),
    "a GIF with a page behind it": (DISGUISED, lambda: gif() + b"<html><body onload=alert(1)>"),
    "an iPhone's HEIC": (PICTURE, parts.heic),
    "a HEIC cut off in the middle": (BROKEN, lambda: parts.heic()[:-200]),
    "an AVIF": (KIND, lambda: box(b"ftyp", b"avif", bytes(4), b"avifmif1") + bytes(100)),
}

PROGRAMS: dict[str, tuple[str, Make]] = {
    "nothing": (EMPTY, bytes),
    "a Windows program": (PROGRAM, lambda: b"MZ\x90\0" + bytes(200)),
    "a Linux program": (PROGRAM, lambda: b"\x7fELF\x02\x01\x01" + bytes(200)),
    "an Apple program": (PROGRAM, lambda: b"\xcf\xfa\xed\xfe" + bytes(200)),
    "a Java class": (PROGRAM, lambda: b"\xca\xfe\xba\xbe" + bytes(200)),
    "an Android program": (KIND, lambda: zipped({"AndroidManifest.xml": b"\x03\0", "classes.dex": b"dex\n035"})),
    "a shell script": (PROGRAM, lambda: b"#!/bin/sh\nrm -rf /\n"),
    "a batch file": (PROGRAM, lambda: b"@echo off\r\ndel C:\\*.*\r\n"),
    "a Windows shortcut": (PROGRAM, lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(100)),
    "an internet shortcut": (PROGRAM, lambda: b"[InternetShortcut]\r\nURL=http://example.org\r\n"),
    "a page as .jpg": (PROGRAM, lambda: b"<!DOCTYPE html><html>" + SCRIPT + b"</html>"),
    "a page behind a byte order mark": (PROGRAM, lambda: b"\xef\xbb\xbf \n<html>" + SCRIPT),
    "a page in UTF-16": (PROGRAM, lambda: "<html><script>alert(1)</script>".encode("utf-16")),
    "a page that begins as words": (PROGRAM, lambda: b"Jalan rusak\n" + SCRIPT),
    "an SVG with a script": (PROGRAM, lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"),
    "an XML with an entity that grows": (PROGRAM, lambda: b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa">]>'),
    "PHP": (PROGRAM, lambda: b"<?php system('id'); ?>"),
    "PostScript": (PROGRAM, lambda: b"%!PS-Adobe-3.0\n(a) run\n"),
    "a zip": (KIND, lambda: zipped({"a.txt": b"a"})),
    "a zip in a zip in a zip": (KIND, lambda: zipped({"a": zipped({"b": zipped({"c": bytes(1_000_000)})})})),
    "a RAR": (KIND, lambda: b"Rar!\x1a\x07\x01\0" + bytes(100)),
    "a 7z": (KIND, lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100)),
    "a gzip": (KIND, lambda: b"\x1f\x8b\x08\0" + bytes(100)),
    "dots at random": (KIND, lambda: bytes(range(255, 0, -1)) * 4),
    "words with a NUL": (KIND, lambda: b"Jalan\0rusak"),
    "RTF": (KIND, lambda: rb"{\rtf1\ansi{\object\objdata 0105}}"),
}

DOCUMENTS: dict[str, tuple[str, Make]] = {
    "words": ("text/plain", "Jalan di depan rumah rusak · 2 minggu.\n".encode),
    "words in UTF-16": ("text/plain", lambda: "Jalan rusak".encode("utf-16")),
    "a Word file": (WORD, office),
    "an Excel file": (SHEET, lambda: office("xl")),
    "a Word file with macros (.docm)": (MACROS, lambda: office(word__vbaProject_dot_bin=b"Sub AutoOpen()")),
    "an Excel file with a macro sheet": (MACROS, lambda: office("xl", xl__macrosheets__sheet1_dot_xml="<s/>")),
    "a Word file that says it has macros": (
        MACROS,
        lambda: zipped({parts.CONTENT_TYPES: "application/vnd.ms-word.document.macroEnabled", "word/a.xml": "<w/>"}),
    ),
    "a Word file with a program in it": (MACROS, lambda: office(word__embeddings__oleObject1_dot_bin=b"MZ")),
    "a Word file with a template elsewhere": (
        MACROS,
        lambda: office(word___rels__settings_dot_xml_dot_rels='<R Type="x/attachedTemplate" TargetMode="External"/>'),
    ),
    "a Word file with a part above its folder": (
        DISGUISED,
        lambda: zipped({parts.CONTENT_TYPES: "<Types/>", "word/a.xml": "<w/>", "word/../../../etc/cron.d/a": "x"}),
    ),
    "a Word file that swells to 2 GB": (LARGE, parts.office_that_swells),
    "a Word file of 6,000 parts": (
        LARGE,
        lambda: zipped({parts.CONTENT_TYPES: "<T/>", **{f"word/{n}": "" for n in range(6_000)}}),
    ),
    "a Word file with a password": (LOCKED, lambda: old_office("EncryptedPackage", "EncryptionInfo")),
    "a Word file with a zip's password": (LOCKED, parts.office_with_a_lock),
    "a Word file cut off": (BROKEN, lambda: office()[:-30]),
    "a Word file with a wrong sum": (BROKEN, lambda: office(word__a=b"aaaa" * 99).replace(b"word/a", b"word/b", 1)),
    "an old Word file": ("application/msword", lambda: old_office("WordDocument")),
    "an old Word file with macros": (MACROS, lambda: old_office("WordDocument", "_VBA_PROJECT")),
    "an old Word file with a program in it": (MACROS, lambda: old_office("WordDocument", "\x01Ole10Native")),
    "a Windows installer": (KIND, lambda: old_office("\u4840\u3b3f\u43f2")),
    "a LibreOffice file": ("application/vnd.oasis.opendocument.text", open_document),
    "a LibreOffice file with macros": (MACROS, lambda: open_document(Basic="Sub Main")),
    "a PDF": ("application/pdf", lambda: pdf(b"<< /Type /Catalog >>")),
    "a PDF whose packed page spells /JS by chance": (
        "application/pdf",
        lambda: pdf(b"<< /Length 9 >>\nstream\n\x01/JS \x02\x03\nendstream"),
    ),
    "a PDF with JavaScript": (MACROS, lambda: pdf(b"<< /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>")),
    "a PDF that spells JavaScript oddly": (MACROS, lambda: pdf(b"<< /S /Java#53cript >>")),
    "a PDF that packs its JavaScript": (MACROS, lambda: pdf(parts.packed_objects(b"<< /S /JavaScript /JS (a) >>"))),
    "a PDF that starts a program": (MACROS, lambda: pdf(b"<< /S /Launch /F (cmd.exe) >>")),
    "a PDF with a file in it": (MACROS, lambda: pdf(b"<< /Type /EmbeddedFile >>")),
    "a PDF with a zip behind it": (DISGUISED, lambda: pdf() + zipped({"a.exe": b"MZ"})),
    "a PDF cut off": (BROKEN, lambda: pdf(end=b"")),
}

SOUNDS_AND_FILMS: dict[str, tuple[str, Make]] = {
    "a voice from Telegram": ("audio/ogg", ogg),
    "a film in Ogg": (KIND, lambda: ogg(b"\x80theora")),
    "an MP3": ("audio/mpeg", mp3),
    "an MP3 with notes": ("audio/mpeg", lambda: mp3(b"TIT2" + bytes(60))),
    "the notes of an MP3 alone": (BROKEN, lambda: mp3(b"TIT2" + bytes(60))[:70]),
    "an M4A": ("audio/mp4", lambda: film(b"M4A ", b"soun")),
    "a film": ("video/mp4", film),
    "a film with its place": ("video/mp4", parts.film_with_place),
    "a film of an iPhone": ("video/quicktime", lambda: film(b"qt  ")),
    "a film of an old phone": ("video/3gpp", lambda: film(b"3gp4")),
    "a film cut off": (BROKEN, lambda: film()[:-100]),
    "a film without a table": (BROKEN, lambda: box(b"ftyp", b"isom", bytes(4)) + box(b"mdat", bytes(100))),
    "a film of 30,000 boxes": (LARGE, lambda: film(notes=[box(b"free")] * 30_000)),
    "a film that is a page": (DISGUISED, lambda: film() + box(b"free", b"<html><body>" + SCRIPT)),
    "a WebM": ("video/webm", parts.webm),
    "a Matroska": (KIND, lambda: parts.webm(b"matroska")),
}

TABLE = PICTURES | PROGRAMS | DOCUMENTS | SOUNDS_AND_FILMS
