"""All pages of the trainers that are about words and labels."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.trainer import trainer_router
from bot.web.trainer_data import data_router
from bot.web.trainer_door import TrainerDoor
from bot.web.trainer_export import export_router
from bot.web.trainer_import import import_router
from bot.web.trainer_rules import rules_router
from bot.web.trainer_settle import settle_router
from bot.web.trainer_suspicious import suspicious_router


def trainer_routers(door: TrainerDoor) -> list[APIRouter]:
    """The inbox, what is to be saved, and the rest."""
    makers = (trainer_router, settle_router, data_router, suspicious_router, rules_router, import_router, export_router)
    return [make(door) for make in makers]
