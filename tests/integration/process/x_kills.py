"""Citizens who write by X: some in public first, and an admin who sets a new token when the service asks for one."""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import ClassVar, override

from httpx import AsyncClient, HTTPError

from tests.fakes.sms import Sms
from tests.fakes.x import FakeX, Json
from tests.integration.process.door_kills import OpenDoor, Townsfolk
from tests.integration.process.surroundings import free_port

CHOICE = re.compile(r"^(\d+)\) (.+)$", re.MULTILINE)
PLENTY = 1_000_000
TOKEN_SECONDS = 30.0
"""Of an access token, so that tokens are exchanged again and again between kills."""


@dataclass
class XTown(Townsfolk[Sms]):
    """What they write is posted until it is acknowledged, and now and then once more.

    `mended`: how often an admin had to set a new token.
    """

    citizens: ClassVar[Sequence[str]] = [f"18000000000000000{number:02}" for number in range(8)]
    at_once: ClassVar[int] = 8
    patience_seconds: ClassVar[float | None] = 30.0
    settling_seconds: ClassVar[float] = 1.5

    provider: FakeX
    service: AsyncClient
    mentioned: list[str] = field(default_factory=list)
    mended: int = 0

    def mends_tokens(self, database: Path) -> dict[str, object]:
        """A new token where the service says that one may be lost, as health and doctor tell an admin."""
        if not database.exists():
            return {}
        with closing(sqlite3.connect(database)) as connection:
            found = connection.execute("SELECT is_lost OR refreshing_since IS NOT NULL FROM channel_tokens").fetchone()
        if found is None or not found[0]:
            return {}
        self.mended += 1
        return {"x_refresh_token": self.provider.authorizes_anew()}

    @override
    def heard_by(self, citizen: str) -> Sequence[Sms]:
        came = [one for one in self.provider.sent if one.to == citizen]
        return [one for one, _ in groupby(came)]

    @override
    def came_to(self, citizen: str) -> Sequence[tuple[str, str]]:
        came = zip(self.provider.names, self.provider.sent, strict=True)
        return [(name, one.text) for name, one in came if one.to == citizen]

    @override
    def read(self, heard: Sequence[Sms]) -> str:
        return "\n".join(one.text for one in heard)

    @override
    async def tells(self, citizen: str, story: str, number: int) -> None:
        """One in four writes it where everybody reads it, and says in a message that it may be used."""
        if self.dice.random() < 0.25:
            self.mentioned.append(citizen)
            await self._bring(self.provider.mentions(f"@lapor_penajam {story}", citizen))
            await self._bring(self.provider.said("pakai unggahan saya", citizen))
        else:
            await self._bring(self.provider.said(story, citizen))

    @override
    async def answers(self, citizen: str, heard: Sequence[Sms]) -> None:
        """Kirim and Lewati by their words, anything else by its number; a place is left out."""
        offered = {words: number for number, words in CHOICE.findall(self.read(heard))}
        number = next(iter(offered.values()), "kirim")
        said = next((words for words in ("Kirim", "Lewati") if words in offered), number)
        await self._bring(self.provider.said(said, citizen))

    async def _bring(self, activity: Json) -> None:
        times = 1 + (self.dice.random() < 0.3)
        while times:
            with suppress(HTTPError):
                times -= (await self.provider.posts(self.service, activity))[0] == 200
            await asyncio.sleep(0.05)


@asynccontextmanager
async def x_door(dice: random.Random) -> AsyncIterator[OpenDoor]:
    """The provider, and who writes through it."""
    port = free_port()
    async with (
        FakeX(time.time, messages_a_quarter=PLENTY, messages_a_day=PLENTY, lifetime=TOKEN_SECONDS) as provider,
        AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=15) as client,
    ):
        town = XTown(dice, provider, client)
        yield OpenDoor(town, dict(provider.settings), port, town.mends_tokens)
