"""The real worker of turns, with an understanding that is at hand."""

from __future__ import annotations

from collections.abc import Mapping

from bot.assembly import Service
from bot.delivery.listening import Listener
from bot.delivery.ports import Channel
from bot.delivery.turns import TurnWorker


def a_worker(service: Service, channels: Mapping[str, Channel], listener: Listener) -> TurnWorker:
    """As `Service.worker` makes it, but names of places are not learned anew for every talk."""
    return TurnWorker(
        database=service.database,
        channels=channels,
        talk=service.talk,
        listener=listener,
        desk=service.desk,
        signer=service.signer,
        clock=service.clock,
        tell=lambda _: None,
        tellers=service.tellers(),
    )
