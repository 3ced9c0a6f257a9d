"""The pages for the public, put together: the numbers and the list share what they have read."""

from __future__ import annotations

from fastapi import APIRouter

from actions.regency.model import Regency
from bot.configuration.case_links import CaseLinks
from bot.web.case.context import CaseDoor
from bot.web.chat.context import ChatDoor
from bot.web.public.context import PublicDoor
from bot.web.public.reports.routes import public_router
from bot.web.public.statistics.routes import statistics_router


def public_routers(chat: ChatDoor, links: CaseLinks, regency: Regency) -> list[APIRouter]:
    """Returns the routers of `/statistik` and `/laporan`."""
    door = PublicDoor(CaseDoor(chat, links, regency))
    return [statistics_router(door), public_router(door)]
