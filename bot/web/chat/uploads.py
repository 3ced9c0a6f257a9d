"""Where files wait until they are fetched, and how a posted form gets there."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from bot.channels.web.arrivals import PostedFile
from bot.files.on_disk import RESERVE_OF_WORDS, has_room, sync
from bot.messaging.records import storable
from bot.web.chat.forms import MOST_BYTES, MOST_BYTES_OF_FIELDS, MOST_PARTS, BadForm, Form
from bot.web.chat.multipart import UNFINISHED, Multipart

LONGEST_UPLOAD_SECONDS = 24 * 3600
MOST_DIGITS = 15
NAME_BYTES = 16


@dataclass(frozen=True, slots=True)
class Uploads:
    """Files wait as `<folder>/web-<name>`, a name that nobody can guess, until they are fetched from there."""

    folder: Path
    reserve_bytes: int = RESERVE_OF_WORDS

    def make_folder(self) -> None:
        """Make it for its owner alone, and remove what was never finished."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for unfinished in self.folder.glob(f"{UNFINISHED}*"):
            if time.time() - unfinished.stat().st_mtime > LONGEST_UPLOAD_SECONDS:
                unfinished.unlink(missing_ok=True)

    async def read(self, request: Request, most_files: int) -> Form:
        """Read a form, and keep as many of its files as she may send now.

        Raises:
            BadForm: it is none, or too large.
            ClientDisconnect: the connection broke; nothing is kept.
        """
        media_type, options = parse_options_header(request.headers.get("content-type"))
        if media_type == b"application/x-www-form-urlencoded":
            return Form(fields=await _read_fields(request))
        if media_type != b"multipart/form-data" or not options.get(b"boundary"):
            raise BadForm(415)
        if _number(request.headers.get("content-length")) > MOST_BYTES:
            raise BadForm(413)

        def keep(kind: str, unfinished: Path, digest: str) -> PostedFile:
            name = f"web-{secrets.token_hex(NAME_BYTES)}"
            unfinished.replace(self.folder / name)
            return PostedFile(kind, name, digest)

        multipart = Multipart(self.folder, keep, most_files if self.has_room() else 0)
        try:
            await multipart.read(request.stream(), options[b"boundary"])
        except BaseException:
            self.forget(multipart.form.files)
            raise
        finally:
            multipart.close()
        await asyncio.to_thread(self._sync, multipart.form.files)
        return multipart.form

    def has_room(self) -> bool:
        """Whether files may come without taking the last of the disk."""
        return has_room(self.folder, self.reserve_bytes)

    def forget(self, files: Iterable[PostedFile]) -> None:
        """Remove files that nobody will fetch."""
        for file in files:
            (self.folder / file.file_id).unlink(missing_ok=True)

    def _sync(self, files: Iterable[PostedFile]) -> None:
        """Have them on the disk before anybody is told that they arrived."""
        for path in [self.folder / file.file_id for file in files] + ([self.folder] if files else []):
            sync(path)


async def _read_fields(request: Request) -> dict[str, str]:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES_OF_FIELDS:
            raise BadForm(413)
    try:
        sent = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_PARTS)
        return {name: storable(value) for name, value in sent}
    except ValueError as error:
        raise BadForm(400) from error


def _number(length: str | None) -> int:
    is_number = length and length.isascii() and length.isdigit() and len(length) <= MOST_DIGITS
    return int(length) if length and is_number else 0
