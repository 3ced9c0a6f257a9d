"""The web app: routers put together, and nothing of FastAPI's that shows more than it must."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI


def make_app(routers: Iterable[APIRouter]) -> FastAPI:
    """The app of these routers, without pages about itself."""
    app = FastAPI(title="lapor", docs_url=None, redoc_url=None, openapi_url=None)
    for router in routers:
        app.router.routes.extend(router.routes)  # `include_router` would read every route's signature once more
    return app
