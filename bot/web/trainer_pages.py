"""All pages of the trainers that are about words and labels."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.trainer import trainer_router
from bot.web.trainer_data import data_router
from bot.web.trainer_door import TrainerDoor


def trainer_routers(door: TrainerDoor) -> list[APIRouter]:
    """The inbox, what is to be saved, and the rest."""
    return [trainer_router(door), data_router(door)]
