"""How the service is: what `/health/ready` says and what Prometheus counts."""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from sqlalchemy.exc import SQLAlchemyError

from actions.store.database import Database
from actions.store.letters import backlog
from bot.telegram_door import TelegramDoor
from bot.understanding.port import Understanding
from bot.web.health import Condition


class Metrics:
    """What is counted. Labels hold nothing of a citizen's."""

    def __init__(self) -> None:
        """A registry of its own: two services in one process do not mix."""
        self.registry = CollectorRegistry()
        self.turns = Counter("lapor_turns_total", "Turns worked", registry=self.registry)
        self.failed_turns = Counter("lapor_failed_turns_total", "Turns that failed", registry=self.registry)
        self.turn_seconds = Histogram("lapor_turn_batch_seconds", "Time of a batch of turns", registry=self.registry)
        self.inbox = Gauge("lapor_inbox_waiting", "Messages that wait to be worked", registry=self.registry)
        self.outbox = Gauge("lapor_outbox_waiting", "Messages that wait to be sent", registry=self.registry)
        self.set_aside = Gauge("lapor_inbox_set_aside", "Messages that could not be worked", registry=self.registry)


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks at the parts of a running service."""

    database: Database
    understanding: Understanding
    telegram: TelegramDoor | None
    metrics: Metrics
    has_sms: bool = False

    async def look(self) -> Condition:
        """How it stands now; also brings the gauges up to date."""
        try:
            async with self.database.reading() as connection:
                waiting = await backlog(connection)
        except (SQLAlchemyError, OSError):
            return self._condition("down")
        self.metrics.inbox.set(waiting.inbox)
        self.metrics.outbox.set(waiting.outbox)
        self.metrics.set_aside.set(waiting.set_aside)
        return self._condition("ok")

    def _condition(self, database: str) -> Condition:
        telegram = self.telegram.state if self.telegram else "off"
        return Condition(
            database=database,
            understanding=self.understanding.state.value,
            channels={"telegram": telegram, "web": "on"} | ({"sms": "on"} if self.has_sms else {}),
            answers=database == "ok",
        )
