"""Durable turns per CPU-second: `python -m tests.bench.turns [--citizens 1000] [--database sqlite|postgresql]`.

Each citizen holds a whole talk: her story, Lewati, Tidak tahu, Kirim, and has a case at the end. What is counted is
the processor time of this process from inbox rows that are there to dialogue, cases and outbox rows committed; that
of writing the inbox is told beside it, and that of a PostgreSQL server. Understanding and sending are left out.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from actions.store.engine import schema
from bot.configuration.settings import read_settings
from bot.conversation.events import Said
from bot.conversation.turn_context import Understood
from bot.main.assembly import Service, assemble
from bot.messaging.inbox import SqlInbox
from bot.messaging.outbox_message import OutboxMessage
from bot.messaging.ports import Arrival
from bot.messaging.turn_plan import TurnPlan
from bot.messaging.turns import TurnWorker
from bot.observability.logs import set_up_logs
from bot.understanding.keywords import KeywordUnderstanding
from tests.bench.machine import machine
from tests.postgres import PostgresServer, running_postgres

TALK = ("lampu jalan di depan rumah saya mati sudah dua minggu", "Lewati", "Tidak tahu", "Kirim")
UPDATES_A_POLL = 100
WARM_UP_CITIZENS = 50


@dataclass(frozen=True, slots=True)
class DeafListener:
    """Understands nothing, at once."""

    async def listen(self, plans: Sequence[TurnPlan]) -> list[list[Understood]]:
        """Nothing, for each event."""
        return [[Understood.nothing() for _ in plan.events] for plan in plans]


@dataclass(frozen=True, slots=True)
class MuteChannel:
    """A channel that nothing is sent over."""

    name: str = "telegram"
    plain: bool = False

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Never asked to."""
        raise NotImplementedError

    async def show_typing(self, chat: str) -> None:
        """Do nothing."""


@dataclass
class Bench:
    """A service without doors, and how much processor time each part of it has taken."""

    inbox: SqlInbox
    worker: TurnWorker
    updates: int = 0
    turns: int = 0
    writing_seconds: float = 0.0
    working_seconds: float = 0.0

    async def talk(self, citizens: range) -> None:
        """All of these hold one talk, side by side."""
        for words in TALK:
            began = time.process_time()
            for first in range(0, len(citizens), UPDATES_A_POLL):
                await self.inbox.put([self._arrival(one, words) for one in citizens[first : first + UPDATES_A_POLL]])
            written = time.process_time()
            while worked := await self.worker.work_batch():
                self.turns += worked
            self.writing_seconds += written - began
            self.working_seconds += time.process_time() - written

    def _arrival(self, citizen: int, words: str) -> Arrival:
        self.updates += 1
        said = Said(id=f"t{self.updates}", at=datetime.now(UTC), text=words, ref=f"{self.updates}", name="Siti")
        return Arrival("telegram", str(citizen), str(self.updates), self.updates, said)


async def measure(citizens: int, server: PostgresServer | None = None) -> None:
    """Run it and print what came of it; on this server, or else on SQLite."""
    service = assemble(read_settings())
    await schema.upgrade(service.database)
    bench = bench_of(service)
    await bench.talk(range(WARM_UP_CITIZENS))
    counted = replace(bench, turns=0, writing_seconds=0.0, working_seconds=0.0)
    before = server.cpu_seconds() if server else 0.0
    await counted.talk(range(WARM_UP_CITIZENS, WARM_UP_CITIZENS + citizens))
    await service.database.close()
    print(machine())
    kept_in = "PostgreSQL (synchronous commit)" if server else "SQLite (WAL, full sync)"
    print(f"{counted.turns} turns of {citizens} citizens, {citizens} cases, {kept_in}")
    print(f"from inbox row to outbox row: {counted.turns / counted.working_seconds:.0f} turns a CPU-second")
    both = counted.writing_seconds + counted.working_seconds
    print(f"writing the inbox too:        {counted.turns / both:.0f} turns a CPU-second")
    if server:
        print(f"the server beside it:         {server.cpu_seconds() - before:.1f} s, while the bench took {both:.1f} s")


def bench_of(service: Service) -> Bench:
    """A bench over this service; it understands nothing and sends nothing."""
    channel: Any = MuteChannel()
    deaf: Any = DeafListener()
    understanding: Any = KeywordUnderstanding(())
    worker = replace(service.worker({channel.name: channel}, understanding, lambda _: None), understanding_service=deaf)
    return Bench(SqlInbox(service.database, service.clock, lambda: None), worker)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--citizens", type=int, default=1000)
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="lapor-turns-") as folder, ExitStack() as stack:
        postgres = stack.enter_context(running_postgres(durable=True)) if asked.database == "postgresql" else None
        url = postgres.new_database() if postgres else ""
        os.environ |= {"LAPOR_DATA_DIR": folder, "LAPOR_DATABASE_URL": url, "LAPOR_NLU": "off"}
        set_up_logs()  # as the service does, a line a turn, on stderr
        asyncio.run(measure(asked.citizens, postgres))
