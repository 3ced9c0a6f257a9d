"""Speaks with SP4N-LAPOR!, as long as this process is the one that does: sends, takes in, asks where cases stand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import structlog
from aiohttp import ClientSession

from actions.store.engine.database import is_away
from bot.integrations.sp4n.following import StatusFollower
from bot.integrations.sp4n.http import open_session
from bot.integrations.sp4n.port import ComplaintSystem, NotTaken
from bot.integrations.sp4n.receiving import ReportReceiver
from bot.integrations.sp4n.sending import ExchangeSender
from bot.integrations.sp4n.state import Sp4nState
from bot.observability.faults import place_of

log = structlog.get_logger()

SEND_EVERY_SECONDS: Final = 2.0
RECEIVE_EVERY_SECONDS: Final = 60.0
FOLLOW_EVERY_SECONDS: Final = 20.0
LONGEST_PAUSE_SECONDS: Final = 900.0
"""Between two tries while they do not answer; each is twice as long as the one before."""


@dataclass(frozen=True, slots=True)
class Sp4nBridge:
    """The parts, and what opens the other system on a session."""

    open_system: Callable[[ClientSession], ComplaintSystem]
    sender: ExchangeSender
    receiver: ReportReceiver
    follower: StatusFollower
    state: Sp4nState

    async def run(self) -> None:
        """Speak with it until cancelled."""
        async with open_session() as session:
            system = self.open_system(session)
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._again(self.sender.queue_what_waits, SEND_EVERY_SECONDS, once=True))
                    group.create_task(self._again(lambda: self.sender.send_due(system), SEND_EVERY_SECONDS))
                    group.create_task(self._again(lambda: self.receiver.receive(system), RECEIVE_EVERY_SECONDS))
                    group.create_task(self._again(lambda: self.follower.follow(system), FOLLOW_EVERY_SECONDS))
            finally:
                self.state.stands_by()

    async def _again(self, work: Callable[[], Awaitable[object]], every_seconds: float, *, once: bool = False) -> None:
        """Do it again and again, with pauses that grow while it fails; `once`: until it was done."""
        pause = every_seconds
        while True:
            try:
                await work()
            except NotTaken as failure:
                log.info("sp4n_not_answered", why=failure.why)
                self.state.failed(failure.why)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            except Exception as error:  # noqa: BLE001 - what waits goes on waiting
                what = "sp4n_waits_for_database" if is_away(error) else "sp4n_waits"
                log.error(what, error=type(error).__name__, where=place_of(error))
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                pause = every_seconds
                if once:
                    return
            await asyncio.sleep(pause)
