"""The real worker of turns, with an understanding that is at hand."""

from __future__ import annotations

from collections.abc import Mapping

from bot.main.assembly import Service
from bot.messaging.ports import Channel
from bot.messaging.turns import TurnWorker
from bot.messaging.understanding_service import UnderstandingService


def a_worker(
    service: Service, channels: Mapping[str, Channel], understanding_service: UnderstandingService
) -> TurnWorker:
    """As `Service.worker` makes it, but names of places are not learned anew for every talk."""
    return TurnWorker(
        database=service.database,
        channels=channels,
        understanding_service=understanding_service,
        turn_handler=service.turn_handler(channels),
        clock=service.clock,
        tell=lambda _: None,
        notifiers=service.notifiers(),
    )
