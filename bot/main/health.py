"""How the service is: what `/health/ready` says, and what Prometheus reads of the moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from actions.cases.ports import Clock
from actions.store.engine.database import Database
from actions.store.integrations.sp4n import sp4n_backlog
from actions.store.messages.costs import billed_since
from actions.store.messages.messages import backlog
from actions.store.messages.reply_windows import count_held
from bot.channels.declaration import OFF, ChannelState
from bot.observability.metrics import Metrics
from bot.understanding.port import Understanding
from bot.web.shared.health import Health


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class HealthWatch:
    """Looks at the parts of a running service; `states` tells how it stands with each channel."""

    database: Database
    understanding: Understanding
    states: Callable[[], Mapping[str, ChannelState]]
    metrics: Metrics
    clock: Clock = _now

    async def look(self) -> Health:
        """How it stands now; also brings the gauges up to date."""
        channels = self.states()
        condition = await self._looked(channels)
        self.metrics.set_health(
            database=condition.database == "ok",
            understanding=condition.is_understood,
            channels={name: state.is_well for name, state in channels.items() if state != OFF},
        )
        return condition

    async def _looked(self, channels: Mapping[str, ChannelState]) -> Health:
        try:
            async with self.database.reading() as connection:
                waiting = await backlog(connection)
                held = await count_held(connection)
                exchanges = await sp4n_backlog(connection)
                billed = await billed_since(connection, f"{self.clock().astimezone(UTC):%Y-%m}")
        except (SQLAlchemyError, OSError):
            return self._condition("down", channels)
        self.metrics.backlog(waiting, self.clock())
        self.metrics.billed(billed)
        self.metrics.held(held)
        self.metrics.sp4n_waiting(exchanges.waiting)
        return self._condition("ok", channels)

    def _condition(self, database: str, channels: Mapping[str, ChannelState]) -> Health:
        return Health(
            database=database,
            understanding=self.understanding.state.value,
            channels=channels,
            answers=database == "ok",
        )
