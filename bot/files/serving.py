"""`/files/<name>` and `/files/<name>/thumb`: kept files, for whoever has a signed address, and harmless to open.

A browser is told what each file is and that it must believe it, that nothing in it may run, load or be framed, and
that whatever is no picture, sound or film is to be saved and not opened. Wrong, old and unknown addresses answer the
same.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from actions.cases.ports import Clock
from actions.store.cases.files import FileRow, file_by_name
from actions.store.engine.database import Database
from bot.files.kinds import KINDS, PICTURE, FileKind
from bot.files.links import FileLinks
from bot.files.store import NAME, FileStore

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
