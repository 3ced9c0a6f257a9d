"""Opens the door of other systems, Open311, on the web server."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from bot.integrations.open311.context import Open311Context
from bot.integrations.open311.filing import RequestFiling
from bot.integrations.open311.routes import open311_router
from bot.main.assembly import Service
from bot.web.chat.context import ChatContext


def open311_routers(service: Service, chat: ChatContext, count: Callable[[str], None]) -> list[APIRouter]:
    """`/open311/v2`; `count` is told the channel of each case that is filed."""
    secret_key = service.links.secret_key
    filing = RequestFiling(service.database, service.effect_runner, service.rules(), service.notifiers(), secret_key)
    return [open311_router(Open311Context(chat, filing, count=count))]
