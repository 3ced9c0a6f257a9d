"""A small town for tests of delivery: the real parts around one database, with people who write."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from actions.cases.case import Case
from actions.cases.ports import Chance
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.links import seal_with
from actions.store.engine.database import Database
from actions.store.engine.tables import inbox, outbox
from actions.store.messages.messages import load_records, put_in_outbox
from bot.configuration.secret_key import chain_keys_of
from bot.configuration.settings import Settings
from bot.conversation.events import Event, Pressed, Said
from bot.main.assembly import Service, assemble
from bot.messaging.inbox import SqlInbox
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Arrival, Channel
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.records import ChatRecord, read_outgoing, read_record, write_outgoing
from bot.messaging.sender import Sender
from bot.messaging.turns import TurnWorker
from bot.messaging.understanding_service import UnderstandingRules, UnderstandingService
from bot.services.effect_runner import EffectRunner
from bot.understanding.port import Understanding
from bot.understanding.understood import Place, When
from tests.fakes.channels import RememberingChannel
from tests.fakes.understandings import SureUnderstanding
from tests.patience import PATIENCE_SECONDS
from tests.talks.flows import flow_of

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
STORY = "lampu jalan di jl provinsi mati sudah dua minggu"


@cache
def assembled() -> Service:
    """The regency in `data/`, read once, over the questions of most talks; it opens no database."""
    folder = tempfile.mkdtemp(prefix="town-")
    settings = Settings(_env_file=None, data_dir=folder, nlu="off", secret_key="a key for tests")
    chance = Chance(random.Random(7).randrange, bytes)  # noqa: S311
    return assemble(settings, clock=lambda: NOON, chance=chance, flow=flow_of())


def a_service(file: Path) -> Service:
    """The same, with a database that waits for nobody."""
    settings = assembled().settings.model_copy(update={"database_url": f"sqlite:///{file}"})
    database = Database(settings.database_url, busy_seconds=0.05)
    seal_with(database, chain_keys_of(assembled().links.secret_key))
    return replace(assembled(), settings=settings, database=database)


def a_desk(kind: type[EffectRunner] = EffectRunner, **changes: Any) -> EffectRunner:
    """The real desk, or one of another temper, but for what is named."""
    effect_runner = assembled().effect_runner
    return kind(**({field.name: getattr(effect_runner, field.name) for field in fields(effect_runner)} | changes))


class OneRoad:
    """Knows one road."""

    def find(self, text: str) -> Place:
        """The road, where it is named."""
        return Place(road="Jl. Provinsi") if "jl provinsi" in text else Place()


def never(text: str, today: date) -> When:
    """No time is found in any words."""
    return When()


def a_listener(understanding: Understanding | None = None) -> UnderstandingService:
    """Understands with this, and with few rules."""
    service = assembled()
    rules = UnderstandingRules(OneRoad(), never, service.regency.time_zone)
    return UnderstandingService(understanding or SureUnderstanding(), rules, service.answers, service.regency)


@dataclass(slots=True)
class Town:
    """One database, one channel, and what works between them."""

    database: Database
    channel: RememberingChannel = field(default_factory=RememberingChannel)
    understanding: Understanding = field(default_factory=SureUnderstanding)
    now: datetime = NOON
    count: int = 0

    @property
    def channels(self) -> Mapping[str, Channel]:
        """The one channel by its name."""
        return {self.channel.name: self.channel}

    def worker(self, database: Database | None = None, **changes: Any) -> TurnWorker:
        """The real worker, but for what is named."""
        service = assembled()
        parts: dict[str, Any] = {
            "database": database or self.database,
            "channels": self.channels,
            "understanding_service": a_listener(self.understanding),
            "turn_handler": service.turn_handler(self.channels, effect_runner=changes.pop("effect_runner", None)),
            "clock": lambda: self.now,
            "tell": lambda _: None,
        }
        return TurnWorker(**(parts | changes))

    def sender(self, **changes: Any) -> Sender:
        """The real sender, in no hurry and without limits, but for what is named."""
        parts: dict[str, Any] = {"database": self.database, "channel": self.channel, "rate_limiter": RateLimiter()}
        return Sender(**(parts | {"first_pause_seconds": 0.001} | changes))

    # What people do -----------------------------------------------------------------------------------------

    def said(self, text: str, chat: str = "siti", **changes: Any) -> Arrival:
        """Somebody writes."""
        self.count += 1
        return self.arrival(Said(id=f"e{self.count}", at=self.now, text=text, ref=f"m{self.count}"), chat, **changes)

    def pressed(self, press: str, chat: str = "siti", **changes: Any) -> Arrival:
        """Somebody presses a button that was shown to her."""
        self.count += 1
        signed = assembled().signer.sign(chat, press)
        event = Pressed(id=f"e{self.count}", at=self.now, press=signed)
        return self.arrival(event, chat, press_id=f"p{self.count}", **changes)

    def arrival(self, event: Event, chat: str = "siti", **changes: Any) -> Arrival:
        """Something happens in a chat, after all that happened before."""
        self.count += 1
        known = Arrival(self.channel.name, chat, f"u{self.count}", self.count, event)
        return replace(known, **changes)

    async def arrives(self, *arrivals: Arrival) -> None:
        """These are in the inbox."""
        await SqlInbox(self.database, lambda: self.now, lambda: None).put(arrivals)

    async def works(self, worker: TurnWorker | None = None) -> None:
        """Every turn that waits is worked."""
        worker = worker or self.worker()
        while await worker.work_batch():
            pass

    async def is_cut(self, after_steps: int) -> None:
        """A worker begins, and is ended after so many steps of the loop, wherever it then is."""
        await self.states()  # with the database open: a driver that is cut while it opens it outlives the loop
        working = asyncio.create_task(self.worker().work_batch())
        for _ in range(after_steps):
            await asyncio.sleep(0)
        working.cancel()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)
        await self.lets_go()

    async def lets_go(self) -> None:
        """Wait until nobody holds a chat: a server notices in its own time that a session is gone."""
        if self.database.is_sqlite:
            return
        held = text(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )
        async with asyncio.timeout(PATIENCE_SECONDS), self.database.reading() as connection:
            while (await connection.execute(held)).scalar_one():
                await asyncio.sleep(0.01)

    async def has_a_card(self, chat: str = "siti") -> str:
        """Somebody has told her story and sees the card; returns the press of its Kirim."""
        arrival = self.said(STORY, chat)
        await self.arrives(arrival)
        await self.works()
        return f"send@{arrival.event.id}"

    def passes(self, span: timedelta) -> None:
        """It is so much later."""
        self.now += span

    async def is_to_read(self, text: str, chat: str = "siti", ref: str = "", edits: str = "") -> None:
        """A message waits in the outbox."""
        self.count += 1
        outgoing = OutboxMessage(OutboxMessageKind.EDIT if edits else OutboxMessageKind.MESSAGE, text)
        row = {"channel": self.channel.name, "chat": chat, "ref": ref or f"r{self.count}", "edits": edits}
        async with self.database.writing() as connection:
            await put_in_outbox(connection, [row | {"message": write_outgoing(outgoing), "created_at": self.now}])

    # What came of it ----------------------------------------------------------------------------------------

    async def cases(self) -> list[Case]:
        """Every case, newest first."""
        async with self.database.reading() as connection:
            return await SqlCaseBook(connection).latest(None)

    async def letters(self, chat: str = "siti") -> list[OutboxMessage]:
        """What is to be sent to a chat, answers to presses left out."""
        query = select(outbox.c.message).where(outbox.c.chat == chat).order_by(outbox.c.id)
        async with self.database.reading() as connection:
            messages = [read_outgoing(message) for message in (await connection.execute(query)).scalars()]
        return [message for message in messages if message.kind is not OutboxMessageKind.ANSWER]

    async def record(self, chat: str = "siti") -> ChatRecord:
        """Where a talk stands."""
        key = (self.channel.name, chat)
        async with self.database.reading() as connection:
            return read_record((await load_records(connection, [key])).get(key))

    async def states(self) -> list[tuple[str, str]]:
        """What became of each arrival: its update and its state."""
        query = select(inbox.c.update_id, inbox.c.state).order_by(inbox.c.id)
        async with self.database.reading() as connection:
            return [(row.update_id, row.state) for row in await connection.execute(query)]

    async def unsent(self) -> list[tuple[str, str]]:
        """What became of each message: its chat and its state."""
        query = select(outbox.c.chat, outbox.c.state).order_by(outbox.c.id)
        async with self.database.reading() as connection:
            return [(row.chat, row.state) for row in await connection.execute(query)]
