"""Opens the door of other systems, Open311, on the web server."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from bot.integrations.open311.context import Open311Door
from bot.integrations.open311.filing import Filing
from bot.integrations.open311.routes import open311_router
from bot.main.assembly import Service
from bot.web.chat.context import ChatDoor


def open311_routers(service: Service, chat: ChatDoor, count: Callable[[str], None]) -> list[APIRouter]:
    """`/open311/v2`; `count` is told the channel of each case that is filed."""
    secret_key = service.links.secret_key
    filing = Filing(service.database, service.desk, service.rules(), service.tellers(), secret_key)
    return [open311_router(Open311Door(chat, filing, count=count))]
