"""The pages for the public, put together: the numbers and the list share what they have read."""

from __future__ import annotations

from fastapi import APIRouter

from actions.regency.model import Regency
from bot.links import CaseLinks
from bot.web.case_door import CaseDoor
from bot.web.chat_door import ChatDoor
from bot.web.public_door import PublicDoor
from bot.web.public_list import public_router
from bot.web.statistics import statistics_router


def public_routers(chat: ChatDoor, links: CaseLinks, regency: Regency) -> list[APIRouter]:
    """`/statistik` and `/laporan`."""
    door = PublicDoor(CaseDoor(chat, links, regency))
    return [statistics_router(door), public_router(door)]
