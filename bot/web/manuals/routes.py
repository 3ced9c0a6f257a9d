"""`/panduan`: the manuals, in the reader's language, from files that were built ahead."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from bot.web.chat.transcript import asked_language
from bot.web.manuals.site import KINDS, address, languages, pages

SHORTLY: Final = {"cache-control": "public, max-age=300"}


def manuals_router() -> APIRouter:
    """The pages, the same for everybody: they hold nothing of a case or a person."""
    router = APIRouter()

    @router.get("/panduan")
    async def first(request: Request) -> Response:
        """The list of manuals, in the language that was asked for, else as the browser wishes."""
        wished = asked_language(request.headers.get("accept-language", ""), languages())
        asked = request.query_params.get("lang") or wished or languages()[0]
        return RedirectResponse(address(asked), 303, headers={"vary": "accept-language"})

    @router.get("/panduan/{name:path}")
    async def page(name: str) -> Response:
        """A page, or what it loads; the folder of a language leads to its list."""
        file = pages().get(name)
        if file is not None:
            return FileResponse(file, media_type=KINDS[file.suffix], headers=SHORTLY)
        if name.strip("/") in {"", *languages()}:
            return RedirectResponse(address(name.strip("/") or languages()[0]), 303)
        return Response(status_code=404)

    return router
