"""Reads a multipart body piece by piece: fields into memory, files to disk as they come. Keeps no file whole."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

import structlog
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from bot.channels.web.arrivals import PostedFile
from bot.messaging.records import storable
from bot.web.chat.forms import (
    LATER,
    MOST_BYTES,
    MOST_BYTES_OF_A_FILE,
    MOST_BYTES_OF_FIELDS,
    MOST_FILES,
    MOST_PARTS,
    NOT_KEPT,
    TOO_BIG,
    TOO_MANY,
    BadForm,
    Form,
    kind_of,
    name_to_tell,
)

log = structlog.get_logger()

UNFINISHED = ".part-"

type Keep = Callable[[str, Path, str], PostedFile]
"""Takes the kind, the finished file and a digest of what it holds."""


class Multipart:
    """One multipart body as it comes in."""

    def __init__(self, folder: Path, keep: Keep, most_files: int) -> None:
        """Write unfinished files into `folder`, and hand each that is whole to `keep`, as many as she may send now."""
        self.form = Form()
        self._most_files = min(most_files, MOST_FILES)
        self._folder = folder
        self._keep = keep
        self._parts = 0
        self._field_bytes = 0
        self._header_name = b""
        self._header_value = b""
        self._headers: dict[bytes, bytes] = {}
        self._part: _Part = _Ignored()

    async def read(self, pieces: AsyncIterator[bytes], boundary: bytes) -> None:
        """Read it to its end.

        Raises:
            BadForm: it is none, or too large.
        """
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._name,
                "on_header_value": self._value,
                "on_header_end": self._header,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_part_end": self._end,
            },
        )
        size = 0
        async for piece in pieces:
            size += len(piece)
            if size > MOST_BYTES:
                raise BadForm(413)
            _parse(parser, piece)

    def close(self) -> None:
        """Removes files that were not received whole."""
        self._part.drop()

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise BadForm(413)
        self._headers = {}

    def _name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _header(self) -> None:
        self._headers[self._header_name.lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" not in options:
            self._part = _Field(self.form, name)
        elif not options[b"filename"]:
            self._part = _Ignored()
        else:
            self._part = self._file(options[b"filename"].decode("utf-8", "replace"))

    def _file(self, name: str) -> _Part:
        kind = kind_of(self._headers.get(b"content-type", b"").decode("latin-1"))
        if kind is None:
            self.form.refuse_kind(name_to_tell(name))
        elif len(self.form.files) >= self._most_files:
            self.form.refuse(TOO_MANY if self._most_files == MOST_FILES else LATER)
        else:
            return _File(self._folder, self.form, partial(self._keep, kind))
        return _Ignored()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if isinstance(self._part, _Field):
            self._field_bytes += end - start
            if self._field_bytes > MOST_BYTES_OF_FIELDS:
                raise BadForm(413)
        self._part.take(data[start:end])

    def _end(self) -> None:
        self._part.finish()
        self._part = _Ignored()


class _Part:
    """One part of a form."""

    def take(self, data: bytes) -> None:
        """Takes the next piece of the part's content."""

    def finish(self) -> None:
        """Ends the part, which has been received whole."""

    def drop(self) -> None:
        """Discards the part, which was not received whole."""


class _Ignored(_Part):
    """A part whose content is skipped."""


class _Field(_Part):
    """A form field, held in memory."""

    def __init__(self, form: Form, name: str) -> None:
        self._form = form
        self._name = name
        self._value = bytearray()

    def take(self, data: bytes) -> None:
        self._value += data

    def finish(self) -> None:
        self._form.fields[self._name] = storable(self._value.decode("utf-8", "replace"))


class _File(_Part):
    """A file, written as it comes. A full disk or too many bytes end the file, not the form."""

    def __init__(self, folder: Path, form: Form, keep: Callable[[Path, str], PostedFile]) -> None:
        self._form = form
        self._keep = keep
        self._size = 0
        self._digest = hashlib.sha256()
        self._path = folder / f"{UNFINISHED}{secrets.token_hex(16)}"
        self._out: BinaryIO | None = None
        try:
            self._out = self._path.open("xb")
            self._path.chmod(0o600)
        except OSError as error:
            self._not_kept(error)

    def take(self, data: bytes) -> None:
        if self._out is None:
            return
        self._size += len(data)
        if self._size > MOST_BYTES_OF_A_FILE:
            self._form.refuse(TOO_BIG)
            self.drop()
            return
        self._digest.update(data)
        try:
            self._out.write(data)
        except OSError as error:
            self._not_kept(error)

    def finish(self) -> None:
        if self._out is None:
            return
        if not self._size:
            self.drop()
            return
        try:
            self._out.close()
            self._out = None
            self._form.files.append(self._keep(self._path, self._digest.hexdigest()))
        except OSError as error:
            self._not_kept(error)

    def drop(self) -> None:
        if self._out is not None:
            with suppress(OSError):
                self._out.close()
            self._out = None
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _not_kept(self, error: OSError) -> None:
        log.error("upload_not_kept", error=error.strerror)
        self._form.refuse(NOT_KEPT)
        self.drop()


def _parse(parser: MultipartParser, piece: bytes) -> None:
    try:
        parser.write(piece)
    except FormParserError as error:
        raise BadForm(400) from error
