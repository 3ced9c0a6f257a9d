"""All pages of the desk. A new one is a module with a function that makes its router, named here."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.desk import queue_router
from bot.web.desk_account import account_router
from bot.web.desk_acting import deeds_router
from bot.web.desk_case import case_router
from bot.web.desk_counter import counter_router
from bot.web.desk_door import DeskDoor
from bot.web.desk_redact import redact_router
from bot.web.desk_search import search_router
from bot.web.desk_settings import settings_router
from bot.web.desk_settings_groups import groups_router
from bot.web.desk_settings_people import people_router


def desk_routers(door: DeskDoor) -> list[APIRouter]:
    """Their routers."""
    makers = (
        queue_router,
        search_router,
        counter_router,
        settings_router,
        groups_router,
        people_router,
        redact_router,
        case_router,
        deeds_router,
        account_router,
    )
    return [make(door) for make in makers]
