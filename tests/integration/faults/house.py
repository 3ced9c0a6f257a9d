"""The house that faults come upon: the real service, a Telegram of one's own, and people who write."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import Meaning
from tests.fakes.telegram_people import Citizen
from tests.integration.process.books import NOTE_WAITING
from tests.integration.process.kills import waiting
from tests.integration.process.reporting import lead_to_filing, next_press, open_labels
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import free_port, until

STORY = "lampu jalan di jalan Provinsi Km 5 Petung mati sudah dua minggu"
CARD, SKIP = "Laporan Anda", "Lewati"
SORRY = "Maaf, ada gangguan di pihak kami"
WEBHOOK_SECRET = "a-secret-that-opens-nothing-else"


@dataclass
class House:
    """A running service, its Telegram, and where it keeps things; `telegram` outlives several services."""

    telegram: FakeTelegram
    service: Service
    settings: dict[str, object] = field(default_factory=dict)

    def citizen(self, name: str = "Siti") -> Citizen:
        """Somebody whom the service does not know yet."""
        return self.telegram.citizen(name)

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """What stands in the database."""
        with closing(sqlite3.connect(f"file:{self.service.database}?mode=ro", uri=True)) as reading:
            return reading.execute(question, values).fetchall()

    def write(self, statement: str, *values: object) -> None:
        """Change something in the database, as a person with a tool would; what comes into the inbox waits, too."""
        with closing(sqlite3.connect(self.service.database, timeout=20)) as writing, writing:
            writing.execute(statement, values)
            writing.execute(NOTE_WAITING)

    def cases_of(self, citizen: Citizen) -> list[str]:
        """The numbers of her cases, oldest first."""
        question = "SELECT ticket FROM cases WHERE reporter = ? ORDER BY id"
        return [ticket for (ticket,) in self.rows(question, f"telegram:{citizen.id}")]

    def story_of(self, ticket: str) -> str:
        """The words of a case."""
        [(story,)] = self.rows("SELECT story FROM case_words WHERE ticket = ?", ticket)
        return str(story)

    def place_of(self, ticket: str) -> str:
        """Where it is, in her words."""
        [(place,)] = self.rows("SELECT place FROM cases WHERE ticket = ?", ticket)
        return str(place or "")

    async def is_at_rest(self) -> None:
        """Everything is worked and sent."""
        await until(lambda: waiting(self.service.database) == 0, "everything is worked and sent")


@asynccontextmanager
async def a_house(folder: Path, its: FakeTelegram | None = None, **settings: object) -> AsyncIterator[House]:
    """The service in this folder, polling; with a Telegram that is given, it is only this service that comes and goes.

    Ends like `running_service`: by SIGTERM, with exit 0, and nobody left behind.
    """
    if its is None:
        async with FakeTelegram() as telegram, a_house(folder, telegram, **settings) as house:
            yield house
        return
    given = {
        "telegram_token": its.token,
        "telegram_api_url": its.url,
        "secret_key": "the-same-after-every-start",
        **settings,
    }
    async with running_service(folder, **given) as service:
        yield House(its, service, given)


def by_webhook() -> dict[str, object]:
    """Settings of a service that is posted its updates."""
    port = free_port()
    return {
        "telegram_mode": "webhook",
        "telegram_webhook_secret": WEBHOOK_SECRET,
        "public_url": f"http://127.0.0.1:{port}",
        "port": port,
    }


async def hears(citizen: Citizen, words: str = "") -> Meaning:
    """The next thing that she hears with these words in it; waiting for the card, she skips what else is asked.

    Raises:
        AssertionError: it did not come.
    """
    meaning: list[Meaning] = []
    while new := await citizen.hears(quiet=0):
        meaning += new
        if found := [one for one in new if words in one.text]:
            return found[0]
        if words == CARD and SKIP in new[-1].labels:
            await citizen.presses(SKIP)
    raise AssertionError(f"not heard: {words!r}, but {[one.text for one in meaning]}")


async def tells(citizen: Citizen, story: str = STORY) -> int:
    """She tells her story, and sees the card; returns the id of her message."""
    told = await citizen.says(story)
    await hears(citizen, CARD)
    return told


async def sends_it(citizen: Citizen, since_message: int, *filed_before: str) -> str:
    """She presses what leads on from the card that she has read until her report is filed; returns its number."""
    press = next_press(open_labels(citizen, since_message), knows_category=True)
    if press:
        await citizen.presses(press)
    return await lead_to_filing(citizen, since_message, filed_before=filed_before)


def times_heard(citizen: Citizen, words: str) -> int:
    """How many messages with these words reached her; an edit is none."""
    return sum(words in meaning.text and not meaning.edited for meaning in citizen.private.meaning)
