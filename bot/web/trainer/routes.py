"""All pages of the trainers that are about words and labels."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.trainer.context import TrainerContext
from bot.web.trainer.data.routes import data_router
from bot.web.trainer.data.rules import rules_router
from bot.web.trainer.export import export_router
from bot.web.trainer.imports.routes import import_router
from bot.web.trainer.inbox.routes import trainer_router
from bot.web.trainer.inbox.settle import settle_router
from bot.web.trainer.inbox.suspicious import suspicious_router


def trainer_routers(context: TrainerContext) -> list[APIRouter]:
    """The inbox, what is to be saved, and the rest."""
    makers = (trainer_router, settle_router, data_router, suspicious_router, rules_router, import_router, export_router)
    return [make(context) for make in makers]
