"""`/files/<name>` and `/files/<name>/thumb`: kept files, for whoever has a signed address, and harmless to open.

A browser is told what each file is and that it must believe it, that nothing in it may run, load or be framed, and
that whatever is no picture, sound or film is to be saved and not opened. Wrong, old and unknown addresses answer the
same.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from actions.cases.ports import Clock
from actions.people.secret_key import accepted
from actions.store.cases.files import FileRow, file_by_name
from actions.store.engine.database import Database
from bot.files.kinds import KINDS, PICTURE, FileKind
from bot.files.store import NAME, FileStore

DAY_SECONDS: Final = 24 * 3600
KEY_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Makes and checks addresses below `/files/`. `secret_key` is the installation's."""

    secret_key: bytes

    def file(self, name: str, now: datetime) -> str:
        """Where the whole file is, until the end of tomorrow (UTC)."""
        return f"/files/{name}?{self._query(name, now)}"

    def thumb(self, name: str, now: datetime) -> str:
        """Where its thumbnail is, for as long. The address is the same all day, so that browsers keep what they got."""
        return f"/files/{name}/thumb?{self._query(name, now)}"

    def opens(self, name: str, until: str, key: str, now: datetime) -> bool:
        """Whether an address was made here for this file, and is still good."""
        good = [_key(secret, name, until).encode() for secret in accepted(self.secret_key)]
        is_ours = any(hmac.compare_digest(key.encode(), one) for one in good)
        return is_ours and int(until) > now.timestamp()

    def _query(self, name: str, now: datetime) -> str:
        until = str((int(now.timestamp()) // DAY_SECONDS + 2) * DAY_SECONDS)
        return f"until={until}&k={_key(self.secret_key, name, until)}"


def _key(secret_key: bytes, name: str, until: str) -> str:
    digest = hmac.digest(secret_key, f"file {name} {until}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:KEY_BYTES]).decode().rstrip("=")


HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=86400, immutable",
}
LETTERS_OF_NAME = 8


def files_router(database: Database, store: FileStore, links: FileLinks, clock: Clock) -> APIRouter:
    """The routes of kept files."""
    router = APIRouter(prefix="/files")

    async def find(request: Request, name: str) -> FileRow | None:
        until, key = request.query_params.get("until", ""), request.query_params.get("k", "")
        if not NAME.fullmatch(name) or not links.opens(name, until, key, clock()):
            return None
        async with database.reading() as connection:
            row = await file_by_name(connection, name)
        return row if row and row.state == "kept" and row.media_type in KINDS else None

    @router.get("/{name}")
    async def whole(request: Request, name: str) -> Response:
        row = await find(request, name)
        return _answer(store, row.name, KINDS[row.media_type]) if row else _nothing()

    @router.get("/{name}/thumb")
    async def thumb(request: Request, name: str) -> Response:
        row = await find(request, name)
        return _answer(store, row.name, PICTURE, thumb=True) if row and row.thumb_bytes else _nothing()

    return router


def _answer(store: FileStore, name: str, kind: FileKind, *, thumb: bool = False) -> Response:
    """The file, with its length, and in pieces where a player asks for them."""
    path = store.path(name, thumb=thumb)
    if not path.is_file():
        return _nothing()
    return FileResponse(
        path,
        media_type=f"{kind.media_type}; charset=utf-8" if kind.media_type.startswith("text/") else kind.media_type,
        filename=f"lapor-{name[:LETTERS_OF_NAME]}.{kind.ending}",
        content_disposition_type="inline" if kind.shown else "attachment",
        headers=HEADERS,
    )


def _nothing() -> Response:
    return Response(status_code=404, headers={"Cache-Control": "no-store"})
