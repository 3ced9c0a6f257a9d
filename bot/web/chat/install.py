"""What an installed page needs: manifest, service worker, the page without a connection, icons, and notices."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from actions.store.messages.visitors import subscribe, unsubscribe
from bot.messaging.posts import posted_body
from bot.messaging.records import storable
from bot.web.chat.context import ChatContext
from bot.web.chat.push import is_push_service
from bot.web.chat.visit import visit_of
from bot.web.shared.origin import is_from_elsewhere

COLOUR = "#0b5c58"
PAPER = "#f4f1ea"
ICONS = (
    ("icon.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "maskable"),
)
OFFLINE_ASSETS = ("chat.css", "icon.svg", "offline.js")
MOST_BYTES_OF_A_SUBSCRIPTION = 4096
WORDS_MARK = b"/*words*/{}"


def install_router(context: ChatContext) -> APIRouter:
    """`/static/…`, `/manifest.webmanifest`, `/sw.js`, `/offline`, `POST /chat/notices`."""
    router = APIRouter()

    @router.get("/static/{name}")
    async def static(request: Request, name: str) -> Response:
        return context.assets.answer(request, name)

    @router.get("/manifest.webmanifest")
    async def manifest(lang: str = "") -> Response:
        return JSONResponse(_manifest(context, lang), media_type="application/manifest+json", headers=AN_HOUR)

    @router.get("/sw.js")
    async def worker(lang: str = "") -> Response:
        body = context.assets.body("worker.js").replace(WORDS_MARK, json.dumps(_worker_words(context, lang)).encode())
        return Response(body, media_type="text/javascript", headers={"cache-control": "no-cache"})

    @router.get("/offline")
    async def offline(lang: str = "") -> Response:
        return HTMLResponse(context.page.offline(_language(context, lang)), headers=AN_HOUR)

    @router.post("/chat/notices")
    async def notices(request: Request) -> Response:
        return Response(status_code=await _subscribe(context, request))

    return router


AN_HOUR = {"cache-control": "public, max-age=3600"}


def _language(context: ChatContext, asked: str) -> str:
    spoken = context.around.catalogue.languages
    return asked if asked in spoken else spoken[0]


def _manifest(context: ChatContext, lang: str) -> dict[str, object]:
    language = _language(context, lang)
    words = context.page.words.of(language)
    return {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "lang": language,
        "name": words["title"],
        "short_name": "Lapor",
        "description": words["about"],
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": COLOUR,
        "icons": [
            {"src": context.assets.address(name), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in ICONS
        ],
    }


def _worker_words(context: ChatContext, lang: str) -> dict[str, object]:
    language = _language(context, lang)
    words = context.page.words.of(language)
    return {
        "title": words["title"],
        "news": words["push"],
        "icon": context.assets.address("icon-192.png"),
        "offline": f"/offline?lang={language}",
        "assets": [context.assets.address(name) for name in OFFLINE_ASSETS],
    }


async def _subscribe(context: ChatContext, request: Request) -> int:
    """Begin or end notices at an address; the status of the answer."""
    visit = visit_of(request, context)
    if is_from_elsewhere(request, context.around.public_url) or visit.visitor is None:
        return 403
    if not context.limits.messages.take(visit.visitor):
        return 429
    asked = await _asked(request)
    endpoint = asked.get("endpoint")
    if not isinstance(endpoint, str) or not is_push_service(endpoint) or storable(endpoint) != endpoint:
        return 400
    async with context.around.database.writing() as connection:
        if asked.get("stop"):
            await unsubscribe(connection, [endpoint])
        else:
            await subscribe(connection, visit.visitor, endpoint, context.now())
    return 204


async def _asked(request: Request) -> dict[str, object]:
    body = await posted_body(request, MOST_BYTES_OF_A_SUBSCRIPTION) or b""
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return asked if isinstance(asked, dict) else {}
