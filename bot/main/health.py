"""How the service is: what `/health/ready` says, and what Prometheus reads of the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from actions.cases.ports import Clock
from actions.store.engine.database import Database
from actions.store.messages.messages import backlog
from bot.main.telegram_wiring import TelegramDoor
from bot.observability.metrics import Metrics
from bot.understanding.port import Understanding
from bot.web.shared.health import WELL, Health


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class HealthWatch:
    """Looks at the parts of a running service."""

    database: Database
    understanding: Understanding
    telegram: TelegramDoor | None
    metrics: Metrics
    has_sms: bool = False
    clock: Clock = _now

    async def look(self) -> Health:
        """How it stands now; also brings the gauges up to date."""
        condition = await self._looked()
        self.metrics.set_health(
            database=condition.database == "ok",
            understanding=condition.is_understood,
            channels={name: state in WELL for name, state in condition.channels.items() if state != "off"},
        )
        return condition

    async def _looked(self) -> Health:
        try:
            async with self.database.reading() as connection:
                waiting = await backlog(connection)
        except (SQLAlchemyError, OSError):
            return self._condition("down")
        self.metrics.backlog(waiting, self.clock())
        return self._condition("ok")

    def _condition(self, database: str) -> Health:
        telegram = self.telegram.state if self.telegram else "off"
        return Health(
            database=database,
            understanding=self.understanding.state.value,
            channels={"telegram": telegram, "web": "on"} | ({"sms": "on"} if self.has_sms else {}),
            answers=database == "ok",
        )
